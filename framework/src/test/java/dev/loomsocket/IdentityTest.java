package dev.loomsocket;

import static dev.loomsocket.RawClient.request;
import static dev.loomsocket.RawClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.Request;
import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.OnHandshake;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sends a request or opens a WebSocket, and how that reaches handlers and endpoints. */
class IdentityTest {
  private static final String SECRET = "s3cret-t0ken";

  private static RunningApp app;

  /** For everybody. */
  @WebSocketEndpoint(value = "/open", subprotocols = "chat", logTraffic = true)
  static class Open {
    @OnHandshake
    void login(Handshake handshake) {
      assertFalse(handshake.subprotocols().contains(SECRET));
      assertFalse(handshake.toString().contains(SECRET));
    }

    @OnOpen
    String open(Session session, Handshake handshake) {
      return name(session.user()) + " " + name(handshake.user()) + " " + session.subprotocol();
    }

    @OnMessage
    String text(String text, Session session) {
      return text + session;
    }
  }

  /** For those who are somebody. */
  @WebSocketEndpoint("/known")
  static class Known {
    @OnOpen
    String open(Principal user) {
      return user.getName();
    }
  }

  /** Calls everybody Bob. */
  @WebSocketEndpoint("/bob")
  static class Bob {
    @OnHandshake
    Principal login() {
      return () -> "Bob";
    }

    @OnOpen
    String open(Principal user, Session session, Handshake handshake) {
      return user.getName() + " " + name(session.user()) + " " + name(handshake.user());
    }
  }

  private static String name(Optional<Principal> user) {
    return user.map(Principal::getName).orElse("nobody");
  }

  private static Optional<Principal> authenticate(Request request) {
    String token = request.bearerToken().orElse("");
    return switch (token) {
      case "" -> Optional.empty();
      case SECRET -> Optional.of(() -> "Ann");
      case "broken" -> throw new IllegalStateException("on purpose");
      default -> throw new HttpException(401, "this token is not good");
    };
  }

  @BeforeAll
  static void start() {
    app =
        Loomsocket.app()
            .authenticate(IdentityTest::authenticate)
            .endpoint(Open.class)
            .endpoint(Known.class)
            .endpoint(Bob.class)
            .get("/me", request -> Response.text(name(request.user())))
            .port(0)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  private static HttpAnswer get(String path, String... headers) {
    try (RawClient client = RawClient.connect(app.port())) {
      String lines = String.join("\r\n", headers);
      String head = "GET " + path + " HTTP/1.1\r\nHost: localhost";
      return client.send(request(headers.length == 0 ? head : head + "\r\n" + lines)).answer();
    }
  }

  private static RawClient open(String path, String header) {
    String plain = new String(RawClient.handshake(path), StandardCharsets.US_ASCII);
    String head = plain.replace("\r\n\r\n", "\r\n" + header + "\r\n\r\n");
    return RawClient.connect(app.port()).send(RawClient.ascii(head));
  }

  @Test
  void aHandlerKnowsWhoAsks() {
    assertEquals("Ann", get("/me", "Authorization: Bearer " + SECRET).text());
    assertEquals("nobody", get("/me").text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: bearer  s3cret-t0ken ",
        "authorization: BEARER s3cret-t0ken",
      })
  void theSchemeIsWrittenInAnyCase(String header) {
    assertEquals("Ann", get("/me", header).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Basic s3cret-t0ken",
        "Authorization: Bearer",
        "Authorization: Bearer ",
        "Authorization: Bearers3cret-t0ken",
        "Sec-WebSocket-Protocol: bearer, s3cret-t0ken",
      })
  void otherHeadersHaveNoToken(String header) {
    assertEquals("nobody", get("/me", header).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/me", "/nowhere", "/index.html", "/open"})
  void aRefusalIsTheAnswerWhateverWasAskedFor(String path) {
    HttpAnswer answer = get(path, "Authorization: Bearer wrong");
    assertEquals(401, answer.status());
    assertEquals("this token is not good\n", answer.text());
  }

  @Test
  void aFailureIs500WithoutDetailAndOneWarning() {
    try (Warnings warnings = Warnings.take()) {
      HttpAnswer answer = get("/me", "Authorization: Bearer broken");
      assertEquals(500, answer.status());
      assertFalse(answer.text().contains("purpose"), answer.text());
      try (RawClient client = open("/open", "Authorization: Bearer broken")) {
        assertEquals(500, client.answer().status());
      }
      assertEquals(
          List.of(
              "app.authenticate for GET /me failed java.lang.IllegalStateException: on purpose",
              "app.authenticate for GET /open failed java.lang.IllegalStateException: on purpose"),
          warnings.messages());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Authorization: Bearer s3cret-t0ken                   | Ann Ann Optional.empty
          Sec-WebSocket-Protocol: bearer, s3cret-t0ken         | Ann Ann Optional[bearer]
          Sec-WebSocket-Protocol: bearer, s3cret-t0ken, chat   | Ann Ann Optional[chat]
          Sec-WebSocket-Protocol: chat, bearer, s3cret-t0ken   | Ann Ann Optional[chat]
          Sec-WebSocket-Protocol: chat                         | nobody nobody Optional[chat]
          Accept: */*                                          | nobody nobody Optional.empty
          """)
  void aWebSocketKnowsWhoOpensIt(String header, String greeting) {
    try (RawClient client = open("/open", header)) {
      String head = client.head();
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      assertFalse(head.contains(SECRET), head);
      String chosen = greeting.replaceAll(".*Optional(\\[(.*)]|\\.empty)", "$2");
      assertEquals(
          !chosen.isEmpty(), head.contains("\r\nSec-WebSocket-Protocol: " + chosen + "\r\n"), head);
      assertEquals(greeting, client.frame().text());
    }
  }

  @Test
  void aRefusalOfAWebSocketIsAnHttpAnswer() {
    try (RawClient client = open("/open", "Sec-WebSocket-Protocol: bearer, wrong")) {
      HttpAnswer answer = client.answer();
      assertEquals(401, answer.status());
      assertEquals("this token is not good\n", answer.text());
    }
  }

  @Test
  void anEndpointWhoseMethodsTakeAPrincipalIsForThoseWhoAreKnown() {
    try (RawClient client = open("/known", "Authorization: Bearer " + SECRET)) {
      client.head();
      assertEquals("Ann", client.frame().text());
    }
    try (RawClient client = open("/known", "Accept: */*")) {
      assertEquals(401, client.answer().status());
    }
  }

  @Test
  void whoTheEndpointsOwnMethodSaysItIsWins() {
    try (RawClient client = open("/bob", "Authorization: Bearer " + SECRET)) {
      client.head();
      assertEquals("Bob Bob Ann", client.frame().text());
    }
  }

  /** Whatever a server is told to log: of all levels, and of the traffic. */
  @Test
  void aTokenIsNeverLogged() {
    Logger logger = Logger.getLogger("dev.loomsocket");
    Level before = logger.getLevel();
    logger.setLevel(Level.ALL);
    try (Warnings log = Warnings.take()) {
      for (String header :
          List.of(
              "Sec-WebSocket-Protocol: bearer, " + SECRET,
              "Authorization: Bearer " + SECRET,
              "Authorization: Bearer " + SECRET + "\r\nOrigin: https://foreign.test",
              "Sec-WebSocket-Protocol: bearer, " + SECRET + ", " + SECRET,
              "Sec-WebSocket-Protocol: bearer, " + SECRET + "\r\nX " + SECRET + ": 1")) {
        try (RawClient client = open("/open", header)) {
          String head = client.head();
          assertFalse(head.contains(SECRET), head);
          if (head.startsWith("HTTP/1.1 101 ")) {
            client.frame();
            client.send(text("hello"), RawClient.close(1000));
            client.frame();
            client.frame();
            assertTrue(client.isEnded());
          }
        }
      }
      Eventually.holds("all is logged", () -> log.messages().size() >= 8);
      assertFalse(log.messages().toString().contains(SECRET), log.messages()::toString);
    } finally {
      logger.setLevel(before);
    }
  }
}
