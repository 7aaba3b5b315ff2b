package dev.loomsocket.sample;

import dev.loomsocket.App;
import dev.loomsocket.http.Request;
import dev.loomsocket.http.Response;

/**
 * Answers for whoever comes by an address: a page for a person, with a way on, and plain text for
 * programs.
 */
final class Visits {
  /** What the template note shows. */
  record Note(String title, String text) {}

  private Visits() {}

  /**
   * Puts the icon that browsers ask for by themselves into an app, and a page for what is not
   * there.
   */
  static void addTo(App app) {
    app.get("/favicon.ico", request -> Response.redirect("/icon.svg"));
    app.error(
        404,
        (request, e) ->
            answer(request, e.getMessage(), new Note("Not found", "Nothing is at this address.")));
  }

  /** The text, or the note for whom it is a page that is wanted. */
  static Response answer(Request request, String text, Note note) {
    boolean page = request.header("Accept").orElse("").contains("text/html");
    Response response = page ? Response.view("note", note) : Response.text(text);
    return response.header("Vary", "Accept");
  }
}
