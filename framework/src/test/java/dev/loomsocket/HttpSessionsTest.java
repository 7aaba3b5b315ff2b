package dev.loomsocket;

import static dev.loomsocket.RawClient.ascii;
import static dev.loomsocket.RawClient.request;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.OnHandshake;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions of pages and of the WebSockets that these open, over a loopback socket. */
class HttpSessionsTest {
  private static RunningApp app;

  /** Knows who has logged in with a page. */
  @WebSocketEndpoint("/talk")
  static class Talk {
    private Map<String, String> values;

    @OnHandshake
    void enter(Handshake handshake) {
      values = handshake.session();
      if (values.isEmpty()) {
        throw new HttpException(401, "log in first");
      }
    }

    @OnMessage
    String answer(String text, Session session) {
      return values + " " + session.user().orElseThrow().getName();
    }
  }

  @BeforeAll
  static void start() {
    app =
        Loomsocket.app("--session-key=a key of the tests and of no other server")
            .endpoint(Talk.class)
            .authenticate(request -> request.session().get("user").map(name -> () -> name))
            .before(
                "/guarded/{rest*}",
                (request, next) -> {
                  if (request.user().isPresent()) {
                    return next.handle(request);
                  }
                  request.session().put("wanted", request.path());
                  return Response.redirect("/login");
                })
            .get("/", request -> Response.text(request.session().values().toString()))
            .get("/plain", request -> Response.text("plain"))
            .get("/guarded/page", request -> Response.text("hi " + request.user().orElseThrow()))
            .post(
                "/login",
                request -> {
                  Optional<String> wanted = request.session().get("wanted");
                  request.session().clear();
                  request.session().put("user", request.text());
                  return Response.redirect(wanted.orElse("/"));
                })
            .post(
                "/logout",
                request -> {
                  request.session().clear();
                  throw new HttpException(410, "bye");
                })
            .get(
                "/late",
                request ->
                    Response.stream(
                        "text/plain",
                        4,
                        out -> {
                          request.session();
                          try {
                            request.session().put("a", "1");
                          } catch (IllegalStateException e) {
                            out.write(ascii("late"));
                          }
                        }))
            .port(0)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  private static HttpAnswer ask(String line, String cookie, String body) {
    try (RawClient client = RawClient.connect(app.port())) {
      return client
          .send(
              request(
                  line + " HTTP/1.1",
                  "Host: localhost",
                  "Cookie: " + cookie,
                  "Content-Length: " + body.length()),
              ascii(body))
          .answer();
    }
  }

  private static String cookie(HttpAnswer answer) {
    String line = answer.header("Set-Cookie");
    return line.substring(0, line.indexOf(';'));
  }

  private static String login(String user) {
    return cookie(ask("POST /login", "", user));
  }

  @Test
  void whoPutsSomethingInGetsACookieAndSendsItBack() {
    HttpAnswer login = ask("POST /login", "", "Ann");
    assertEquals(303, login.status());
    assertTrue(
        login.header("Set-Cookie").endsWith("; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax"));
    assertEquals("private, no-cache", login.header("Cache-Control"));
    HttpAnswer page = ask("GET /", cookie(login), "");
    assertEquals("{user=Ann}", page.text());
    assertEquals("", page.header("Set-Cookie"));
  }

  @Test
  void whoUsesNoneGetsNone() {
    for (String path : List.of("/", "/plain", "/nowhere")) {
      assertEquals("", ask("GET " + path, "a=b", "").header("Set-Cookie"));
    }
  }

  @Test
  void aFilterMayUseItAndTellWhoItIs() {
    HttpAnswer sent = ask("GET /guarded/page", "", "");
    assertEquals("/login", sent.header("Location"));
    HttpAnswer login = ask("POST /login", cookie(sent), "Ann");
    assertEquals("/guarded/page", login.header("Location"));
    assertEquals("{user=Ann}", ask("GET /", cookie(login), "").text());
    assertEquals(200, ask("GET /guarded/page", cookie(login), "").status());
  }

  @Test
  void whatIsChangedGoesOutWithAnErrorToo() {
    HttpAnswer logout = ask("POST /logout", login("Ann"), "");
    assertEquals(410, logout.status());
    assertTrue(logout.header("Set-Cookie").contains("Max-Age=0"));
  }

  @Test
  void aBrokenCookieIsAnEmptySession() {
    String good = login("Ann");
    assertEquals("{}", ask("GET /", good + "A", "").text());
    assertEquals("{}", ask("GET /", good.substring(0, good.length() - 3), "").text());
  }

  @Test
  void whatWritesTheBodyIsTooLate() {
    assertEquals("late", ask("GET /late", login("Ann"), "").text());
  }

  @Test
  void aHandshakeReadsIt() {
    String head = new String(RawClient.handshake("/talk"), US_ASCII);
    try (RawClient client = RawClient.connect(app.port())) {
      assertEquals(401, client.send(ascii(head)).answer().status());
      client.send(ascii(head.replace("\r\n\r\n", "\r\nCookie: " + login("Ann") + "\r\n\r\n")));
      String accepted = client.head();
      assertTrue(accepted.startsWith("HTTP/1.1 101 "), accepted);
      assertEquals(-1, accepted.indexOf("Set-Cookie"));
      assertEquals("{user=Ann} Ann", client.send(RawClient.text("who?")).frame().text());
    }
  }

  @Test
  void theSessionOfAHandshakeThatNobodyAskedForBeforeIsThereLater() {
    try (RunningApp plain =
            Loomsocket.app("--session-key=a key of the tests and of no other server")
                .endpoint(Later.class)
                .port(0)
                .start();
        RawClient client = RawClient.connect(plain.port())) {
      String head = new String(RawClient.handshake("/later"), US_ASCII);
      client.send(ascii(head.replace("\r\n\r\n", "\r\nCookie: " + login("Bob") + "\r\n\r\n")));
      assertTrue(client.head().startsWith("HTTP/1.1 101 "));
      assertEquals("{user=Bob}", client.send(RawClient.text("who?")).frame().text());
    }
  }

  /** Asks when the handshake is long over. */
  @WebSocketEndpoint("/later")
  static class Later {
    @OnMessage
    String answer(String text, Handshake handshake) {
      return handshake.session().toString();
    }
  }
}
