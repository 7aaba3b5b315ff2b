package dev.loomsocket.sample;

import dev.loomsocket.App;
import dev.loomsocket.http.HttpHandler;
import dev.loomsocket.http.Request;
import dev.loomsocket.http.Response;
import java.util.stream.Collectors;

/** The pages around {@link Vote}: who is not logged in sees the form and nothing else. */
final class VotePages {
  private static final Template LOGIN = Template.of("login.html");
  private static final Template INDEX = Template.of("index.html");
  private static final Template CANDIDATE = Template.of("candidate.html");
  private static final int LONGEST_NAME = 32;

  private final Logins logins = new Logins();
  private final Ballot ballot;

  VotePages(Ballot ballot) {
    this.ballot = ballot;
  }

  /** Puts the pages into an app. */
  void addTo(App app) {
    app.authenticate(logins::user);
    app.get("/login", request -> Response.html(LOGIN.toString()));
    app.post("/login", this::login);
    app.get("/index", guarded(this::index));
    app.get("/votes", guarded(request -> Response.json(ballot.candidates())));
    app.get(
        Vote.PATH,
        request -> // a WebSocket goes to the endpoint, at the same path
        Response.text("请使用WebSocket协议").withStatus(426).header("Upgrade", "websocket"));
  }

  private static HttpHandler guarded(HttpHandler page) {
    return request ->
        request.user().isPresent() ? page.handle(request) : Response.redirect("/login");
  }

  private Response login(Request request) {
    String name = request.form("user").orElse("").strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      String error = "A name has 1 to " + LONGEST_NAME + " characters.";
      return Response.html(LOGIN.with("error", error).toString()).withStatus(422);
    }
    return logins.login(name, Response.redirect("/index"));
  }

  private Response index(Request request) {
    String candidates =
        ballot.candidates().stream()
            .map(each ->
                CANDIDATE
                    .with("id", each.id())
                    .with("name", each.name())
                    .with("count", each.count())
                    .toString())
            .collect(Collectors.joining());
    String user = request.user().orElseThrow().getName();
    return Response.html(INDEX.with("user", user).withMarkup("candidates", candidates).toString())
        .header("Cache-Control", "no-store");
  }
}
