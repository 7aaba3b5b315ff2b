package dev.loomsocket;

import static dev.loomsocket.RawClient.ascii;
import static dev.loomsocket.RawClient.handshake;
import static dev.loomsocket.RawClient.request;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.HttpFilter;
import dev.loomsocket.http.HttpHandler;
import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Filters, error handlers and hosts, over a loopback socket. */
class HttpFiltersTest {
  private static RunningApp app;

  /** What is also a page. */
  @WebSocketEndpoint("/talk")
  static class Talk {
    @OnMessage
    String echo(String text) {
      return text;
    }
  }

  /** Somewhere only filters decide about. */
  @WebSocketEndpoint("/admin/talk")
  static class AdminTalk extends Talk {}

  private static final class Lost extends IllegalStateException {
    private static final long serialVersionUID = 1;

    Lost(String message) {
      super(message);
    }
  }

  /** A record without a JSON form. */
  record Unwritable() {
    @JsonProperty
    String text() {
      throw new UnsupportedOperationException("the secret of the house");
    }
  }

  @BeforeAll
  static void start() {
    HttpHandler throwing =
        request -> {
          throw new Lost(request.queryParam("why").orElse("nobody knows"));
        };
    HttpFilter guard =
        (request, next) ->
            request.header("X-Pass").isPresent()
                ? next.handle(request)
                : Response.text("who are you?").withStatus(401);
    app =
        Loomsocket.app()
            .endpoint(Talk.class)
            .endpoint(AdminTalk.class)
            .before("/{rest*}", (request, next) -> next.handle(request).header("X-Outer", "yes"))
            .before("/admin/{rest*}", guard)
            .before("/admin/{rest*}", (request, next) -> next.handle(request).header("X-In", "1"))
            .before(
                "/broken/{rest*}",
                (request, next) -> {
                  throw new HttpException(503, "closed");
                })
            .get("/talk", request -> Response.text("请使用WebSocket协议"))
            .get("/admin", request -> Response.text("the boss's desk"))
            .get("/admin/{page}", request -> Response.text(request.pathParam("page")))
            .get("/broken", request -> Response.text("never"))
            .get("/lost", throwing)
            .get(
                "/wrong",
                request -> {
                  throw new UnsupportedOperationException("the secret of the house");
                })
            .get("/unwritable", request -> Response.json(new Unwritable()))
            .get(
                "/unreadable",
                request ->
                    Response.stream(
                        "text/plain",
                        out -> {
                          throw new Lost("in the stream");
                        }))
            .get(
                "/orders/{id}",
                request -> Response.text("" + request.pathParam("id", Long::valueOf)))
            .post("/form", request -> Response.text(request.form("a").orElse("none")))
            .get(
                "/who-are-you",
                request -> {
                  throw new HttpException(401, "who?").header("WWW-Authenticate", "Bearer");
                })
            .error(405, (request, e) -> Response.text("mine: " + e.getMessage()))
            .get("/gone", request -> Response.text("my own words").withStatus(404))
            .error(IllegalStateException.class, (r, e) -> Response.text("state"))
            .error(
                Lost.class,
                (request, e) -> {
                  if (e.getMessage().equals("again")) {
                    throw e;
                  }
                  return Response.text("lost: " + e.getMessage()).withStatus(410);
                })
            .error(404, (request, e) -> Response.html("<p>no " + request.path()))
            .error(500, (request, e) -> Response.text("sorry").withStatus(500))
            .onHost(
                "admin.example.com",
                site ->
                    site.before(
                            "/{rest*}", (request, next) -> next.handle(request).header("H", "1"))
                        .get("/who", request -> Response.text("admin"))
                        .error(404, (request, e) -> Response.text("not at the admin's")))
            .onHost("*.example.com", site -> site.get("/who", request -> Response.text("any")))
            .get("/who", request -> Response.text("everybody"))
            .port(0)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  private static HttpAnswer get(String path, String... headers) {
    try (RawClient client = RawClient.connect(app.port())) {
      return client.send(ascii("GET " + path + " HTTP/1.1\r\n"), request(headers)).answer();
    }
  }

  private static HttpAnswer get(String path) {
    return get(path, "Host: localhost");
  }

  @Test
  void aFilterAnswersOrPassesOnAndMayChangeTheAnswer() {
    HttpAnswer refused = get("/admin/x");
    assertEquals(401, refused.status());
    assertEquals("yes", refused.header("X-Outer"));
    assertEquals("", refused.header("X-In"));
    HttpAnswer passed = get("/admin/x", "Host: localhost", "X-Pass: 1");
    assertEquals("x", passed.text());
    assertEquals("yes", passed.header("X-Outer"));
    assertEquals("1", passed.header("X-In"));
  }

  @Test
  void aGuardOfAllBelowGuardsThePathItselfToo() {
    assertEquals(401, get("/admin").status());
    assertEquals(401, get("/admin/").status());
    assertEquals(401, get("/%61dmin").status());
    assertEquals(401, get("/admin/a/b").status());
    assertEquals(404, get("/administrator").status());
  }

  @Test
  void whatIsNotFoundPassesThroughFiltersToo() {
    HttpAnswer answer = get("/nowhere");
    assertEquals(404, answer.status());
    assertEquals("yes", answer.header("X-Outer"));
    assertEquals("<p>no /nowhere", answer.text());
  }

  @Test
  void whatAFilterThrowsIsAnAnswerToTheFiltersBeforeIt() {
    HttpAnswer answer = get("/broken");
    assertEquals(503, answer.status());
    assertEquals("closed\n", answer.text());
    assertEquals("yes", answer.header("X-Outer"));
  }

  @Test
  void exceptionsAreAnsweredByTheHandlerOfTheNearestClass() {
    try (Warnings warnings = Warnings.take()) {
      HttpAnswer answer = get("/lost?why=keys");
      assertEquals(410, answer.status());
      assertEquals("lost: keys", answer.text());
      assertEquals(List.of(), warnings.messages());
    }
  }

  @Test
  void whatNobodyExpectedIsLoggedAndGetsThePageFor500() {
    try (Warnings warnings = Warnings.take()) {
      HttpAnswer answer = get("/wrong");
      assertEquals(500, answer.status());
      assertEquals("sorry", answer.text());
      assertEquals(1, warnings.messages().size());
    }
  }

  @Test
  void whatFailsWhileItIsWrittenHasItsPageToo() {
    try (Warnings warnings = Warnings.take()) {
      HttpAnswer answer = get("/unwritable");
      assertEquals(500, answer.status());
      assertEquals("sorry", answer.text());
      assertEquals("yes", answer.header("X-Outer")); // what filters said
      assertEquals("text/plain; charset=utf-8", answer.header("Content-Type"));
      assertEquals(1, warnings.messages().size());
    }
    HttpAnswer lost = get("/unreadable");
    assertEquals(410, lost.status());
    assertEquals("lost: in the stream", lost.text());
  }

  @Test
  void answersOfTheServerItselfHaveTheirPages() {
    try (RawClient client = RawClient.connect(app.port())) {
      HttpAnswer answer =
          client.send(request("DELETE /wrong HTTP/1.1", "Host: localhost")).answer();
      assertEquals(405, answer.status());
      assertEquals("mine: method not allowed", answer.text());
      assertEquals("GET, HEAD, OPTIONS", answer.header("Allow"));
    }
  }

  @Test
  void whoTakesAllExceptionsMeansThoseThatNobodyExpected() {
    HttpHandler wrong =
        request -> {
          throw new IOException("broken");
        };
    try (RunningApp other =
            Loomsocket.app()
                .get("/wrong", wrong)
                .error(Exception.class, (request, e) -> Response.text("any: " + e.getMessage()))
                .port(0)
                .start();
        RawClient client = RawClient.connect(other.port())) {
      assertEquals("any: broken", client.get("/wrong").text());
      HttpAnswer missing = client.get("/nowhere");
      assertEquals(404, missing.status());
      assertEquals("not found\n", missing.text());
    }
  }

  @Test
  void anExceptionBringsItsHeaders() {
    HttpAnswer answer = get("/who-are-you");
    assertEquals(401, answer.status());
    assertEquals("who?\n", answer.text());
    assertEquals("Bearer", answer.header("WWW-Authenticate"));
  }

  @Test
  void aVariableMayBeSomethingElseThanAText() {
    assertEquals("17", get("/orders/17").text());
    assertEquals(404, get("/orders/abc").status());
  }

  @Test
  void whatIsNoFormIs415() {
    try (RawClient client = RawClient.connect(app.port())) {
      client.send(request("POST /form HTTP/1.1", "Host: localhost", "Content-Length: 0"));
      assertEquals("none", client.answer().text());
      client.send(
          request(
              "POST /form HTTP/1.1",
              "Host: localhost",
              "Content-Type: text/plain",
              "Content-Length: 3"),
          ascii("a=b"));
      assertEquals(415, client.answer().status());
    }
  }

  @Test
  void noPathGetsPastWhatStandsInFrontOfAll() {
    for (String path : List.of("/x/../y", "/x/%2e%2e/y", "/%00", "/a%5c..%5cb")) {
      HttpAnswer answer = get(path);
      assertEquals(404, answer.status(), path);
      assertEquals("yes", answer.header("X-Outer"), path);
    }
    assertEquals(401, get("/admin/../x").status());
    assertEquals("not found\n", get("/a%zz").text()); // which no page has to decode
    assertEquals("not found\n", get("/a%ff").text());
  }

  @Test
  void anErrorHandlerThatFailsIsLoggedAndPlain500() {
    try (Warnings warnings = Warnings.take()) {
      HttpAnswer answer = get("/lost?why=again");
      assertEquals(500, answer.status());
      assertEquals("internal server error\n", answer.text());
      assertEquals(1, warnings.messages().size());
    }
  }

  @Test
  void whatAHandlerReturnsIsLeftAsItIs() {
    assertEquals("my own words", get("/gone").text());
  }

  @Test
  void aPlainGetOfAnEndpointGoesToItsHandlerOrIs426() {
    assertEquals("请使用WebSocket协议", get("/talk").text());
    HttpAnswer answer = get("/admin/talk", "Host: localhost", "X-Pass: 1");
    assertEquals("talk", answer.text()); // of /admin/{page}
    try (RunningApp plain = Loomsocket.app().endpoint(Talk.class).port(0).start();
        RawClient client = RawClient.connect(plain.port())) {
      HttpAnswer required = client.get("/talk");
      assertEquals(426, required.status());
      assertEquals("websocket", required.header("Upgrade"));
      assertTrue(required.text().startsWith("This is a WebSocket endpoint"), required.text());
    }
  }

  @Test
  void filtersStandInFrontOfHandshakesToo() {
    try (RawClient client = RawClient.webSocket(app.port(), "/talk")) {
      assertEquals("hi", client.send(RawClient.text("hi")).frame().text());
    }
    try (RawClient client = RawClient.connect(app.port())) {
      HttpAnswer refused = client.send(handshake("/admin/talk")).answer();
      assertEquals(401, refused.status());
      assertEquals("who are you?", refused.text());
      String head = new String(handshake("/admin/talk"), US_ASCII);
      client.send(ascii(head.replace("\r\n\r\n", "\r\nX-Pass: 1\r\n\r\n")));
      assertTrue(client.head().startsWith("HTTP/1.1 101 "));
      assertEquals("hi", client.send(RawClient.text("hi")).frame().text());
    }
  }

  @Test
  void hostsHavePagesOfTheirOwn() {
    assertEquals("everybody", get("/who").text());
    assertEquals("everybody", get("/who", "Host: example.com").text());
    assertEquals("admin", get("/who", "Host: admin.example.com").text());
    assertEquals("admin", get("/who", "Host: ADMIN.example.com.:8080").text());
    assertEquals("1", get("/who", "Host: admin.example.com").header("H"));
    assertEquals("any", get("/who", "Host: a.b.example.com:1").text());
    assertEquals("not at the admin's", get("/lost", "Host: admin.example.com:80").text());
    assertEquals(404, get("/admin", "Host: other.example.com").status());
    assertEquals("everybody", get("/who", "Host: [::1]:80").text());
  }

  @Test
  void endpointsAreOnEveryHost() {
    try (RawClient client = RawClient.connect(app.port())) {
      String head = new String(handshake("/talk"), US_ASCII);
      client.send(ascii(head.replace("Host: localhost", "Host: admin.example.com")));
      assertTrue(client.head().startsWith("HTTP/1.1 101 "));
    }
  }

  @Test
  void whatGuardsAnEndpointGuardsItOnEveryHost() {
    String head = new String(handshake("/admin/talk"), US_ASCII);
    for (String host : List.of("localhost", "admin.example.com", "any.example.com")) {
      try (RawClient client = RawClient.connect(app.port())) {
        client.send(ascii(head.replace("Host: localhost", "Host: " + host)));
        assertEquals(401, client.answer().status(), host);
      }
    }
  }

  @Test
  void mistakesAreToldAtTheStart() {
    App wrong =
        Loomsocket.app()
            .before("admin", (request, next) -> next.handle(request))
            .error(200, (request, e) -> Response.status(200))
            .error(404, (request, e) -> Response.status(404))
            .error(404, (request, e) -> Response.status(404))
            .onHost("http://x", site -> {})
            .onHost("x:80", site -> {})
            .onHost("a.*.com", site -> {})
            .onHost("y", site -> site.get("/", r -> Response.status(204)).get("/", r -> null))
            .port(0);
    StartupException e = assertThrows(StartupException.class, wrong::start);
    assertEquals(7, e.problems().size(), e::getMessage);
    assertTrue(
        e.problems().contains("error 404: there is an error handler for it already: remove one"),
        e::getMessage);
  }
}
