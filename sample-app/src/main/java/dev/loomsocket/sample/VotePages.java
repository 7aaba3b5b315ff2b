package dev.loomsocket.sample;

import dev.loomsocket.App;
import dev.loomsocket.http.HttpHandler;
import dev.loomsocket.http.Request;
import dev.loomsocket.http.Response;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The pages around {@link Vote}: who is not logged in sees the form and nothing else. */
final class VotePages {
  private static final int LONGEST_NAME = 32;

  private static final String FIRST_PAGE = "/index";

  /** Where a login may lead: a link from elsewhere must not make it lead to another site. */
  private static final Set<String> PAGES = Set.of(FIRST_PAGE, "/same-path.html");

  /** What the template login shows; then it goes on to a page. */
  record Login(String error, String to) {}

  /** What the template index shows. */
  record Index(String user, List<Ballot.Candidate> candidates) {}

  private final Ballot ballot;

  VotePages(Ballot ballot) {
    this.ballot = ballot;
  }

  /** Puts the pages into an app. */
  void addTo(App app) {
    app.authenticate(request -> request.session().get("user").map(name -> (Principal) () -> name));
    app.get(
        "/login", request -> Response.view("login", new Login("", page(request.queryParam("to")))));
    app.post("/login", this::login);
    app.post("/logout", this::logout);
    app.before(FIRST_PAGE, VotePages::guard).get(FIRST_PAGE, this::index);
    app.before("/votes", VotePages::guard);
    app.get("/votes", request -> Response.json(ballot.candidates()));
    app.get(
        Vote.PATH,
        request -> // a WebSocket goes to the endpoint, at the same path
        Response.text("请使用WebSocket协议").withStatus(426).header("Upgrade", "websocket"));
  }

  private static Response guard(Request request, HttpHandler next) throws Exception {
    return request.user().isPresent() ? next.handle(request) : Response.redirect("/login");
  }

  private Response login(Request request) {
    String name = request.form("user").orElse("").strip();
    String to = page(request.form("to"));
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      String error = "A name has 1 to " + LONGEST_NAME + " characters.";
      return Response.view("login", new Login(error, to)).withStatus(422);
    }
    request.session().clear(); // nothing from before goes over
    request.session().put("user", name);
    return Response.redirect(to);
  }

  private Response logout(Request request) {
    request.session().clear();
    return Response.redirect("/login");
  }

  private static String page(Optional<String> wanted) {
    return wanted.filter(PAGES::contains).orElse(FIRST_PAGE);
  }

  private Response index(Request request) {
    String user = request.user().orElseThrow().getName();
    return Response.view("index", new Index(user, ballot.candidates()))
        .header("Cache-Control", "no-store");
  }
}
