package dev.loomsocket;

import static dev.loomsocket.RawClient.ascii;
import static dev.loomsocket.RawClient.text;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opening handshakes over a loopback socket, accepted and refused (RFC 6455 §4.2). */
class OpeningHandshakeConversationTest {
  private static RunningApp app;

  @WebSocketEndpoint("/echo")
  static class Echo {
    @OnMessage
    String text(String text) {
      return text;
    }
  }

  @WebSocketEndpoint(
      value = "/chosen",
      subprotocols = {"chat.v2", "chat.v1"},
      allowedOrigins = "https://app.example.com")
  static class Chosen {
    @OnOpen
    String open(Session session) {
      return session.subprotocol().orElse("none");
    }
  }

  @WebSocketEndpoint(value = "/anyone", allowedOrigins = "*")
  static class Anyone {
    @OnOpen
    void open() {}
  }

  @BeforeAll
  static void start() {
    app =
        Loomsocket.app()
            .endpoint(Echo.class)
            .endpoint(Chosen.class)
            .endpoint(Anyone.class)
            .get("/echo", request -> Response.text("a page"))
            .port(0)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  /** A handshake for a path, with more header lines. */
  private static byte[] handshake(String path, String... more) {
    String good = new String(RawClient.handshake(path), US_ASCII);
    String lines = more.length == 0 ? "" : String.join("\r\n", more) + "\r\n";
    return ascii(good.substring(0, good.length() - 2) + lines + "\r\n");
  }

  /** A handshake for /echo that has something else in one place. */
  private static byte[] handshakeWith(String instead, String of) {
    return ascii(new String(RawClient.handshake("/echo"), US_ASCII).replace(of, instead));
  }

  /** The answer to a handshake; refused ones leave the connection as it was. */
  private static HttpAnswer answerTo(byte[] handshake) {
    try (RawClient client = RawClient.connect(app.port())) {
      HttpAnswer answer = client.send(handshake).answer();
      if (answer.status() != 101) {
        assertEquals("", answer.header("Sec-WebSocket-Accept"));
        assertEquals(101, client.send(handshake("/echo")).answer().status(), answer.head());
      }
      return answer;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /echo HTTP/1.1                        | POST /echo HTTP/1.1     | 405 | not a GET
          GET /echo HTTP/1.1                        | GET /nowhere HTTP/1.1   | 404 | no endpoint there
          GET /echo HTTP/1.1                        | GET /echo/ HTTP/1.1     | 404 | no endpoint there
          Connection: Upgrade                       | Connection: keep-alive  | 400 | no Upgrade in Connection
          Connection: Upgrade                       | X: y                    | 400 | no Connection
          Connection: Upgrade                       | Connection: a, uPGRADE  | 101 | one of a list
          Upgrade: websocket                        | Upgrade: h2c, WebSocket | 101 | one of a list
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | X: y                  | 400 | no key
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | Sec-WebSocket-Key: dGhlIHNhbXBsZQ== | 400 | a short key
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | Sec-WebSocket-Key: !!!!IHNhbXBsZSBub25jZQ== | 400 | no base64
          Sec-WebSocket-Version: 13                 | Sec-WebSocket-Version: 8  | 426 | an old version
          Sec-WebSocket-Version: 13                 | Sec-WebSocket-Version: 14 | 426 | a version to come
          Sec-WebSocket-Version: 13                 | X: y                      | 426 | no version
          Sec-WebSocket-Version: 13                 | SEC-WEBSOCKET-VERSION:13  | 101 | names in capitals
          """)
  void whatTheRfcAsksForHasToBeThere(String line, String instead, int status, String what) {
    assertEquals(status, answerTo(handshakeWith(instead, line)).status(), what);
  }

  @Test
  void nothingMayStandThereTwice() {
    assertEquals(400, answerTo(handshake("/echo", "Sec-WebSocket-Key: " + RawClient.KEY)).status());
    assertEquals(426, answerTo(handshake("/echo", "Sec-WebSocket-Version: 13")).status());
    assertEquals(
        400,
        answerTo(handshake("/echo", "Origin: http://localhost", "Origin: http://localhost"))
            .status());
  }

  @Test
  void anotherVersionIsToldWhichOneThereIs() {
    HttpAnswer answer =
        answerTo(handshakeWith("Sec-WebSocket-Version: 7", "Sec-WebSocket-Version: 13"));
    assertEquals(426, answer.status());
    assertEquals("13", answer.header("Sec-WebSocket-Version"));
    assertEquals("websocket", answer.header("Upgrade"));
    assertEquals("Upgrade", answer.header("Connection"));
  }

  @Test
  void anotherMethodIsToldWhichOneThereIs() {
    assertEquals("GET", answerTo(handshakeWith("PUT", "GET")).header("Allow"));
  }

  @Test
  void http10CannotBecomeAWebSocket() {
    try (RawClient client = RawClient.connect(app.port())) {
      assertEquals(400, client.send(handshakeWith("HTTP/1.0", "HTTP/1.1")).answer().status());
      assertTrue(client.isEnded());
    }
  }

  @Test
  void aHandshakeWithABodyIsRefusedAndTheConnectionEnds() {
    for (String body : new String[] {"Content-Length: 7", "Transfer-Encoding: chunked"}) {
      try (RawClient client = RawClient.connect(app.port())) {
        client.send(handshake("/echo", body), text("x"));
        HttpAnswer answer = client.answer();
        assertEquals(400, answer.status());
        assertEquals("close", answer.header("Connection"));
        assertEquals("", client.rest());
      }
    }
  }

  @Test
  void aPageAndAnEndpointMayShareAPath() {
    try (RawClient client = RawClient.connect(app.port())) {
      assertEquals("a page", client.get("/echo").text());
      assertEquals(101, client.send(handshake("/echo")).answer().status());
      assertEquals("hello", client.send(text("hello")).frame().text());
    }
  }

  @Test
  void anEndpointWithoutAPageSaysThatItWantsAnUpgrade() {
    try (RawClient client = RawClient.connect(app.port())) {
      HttpAnswer answer = client.get("/anyone");
      assertEquals(426, answer.status());
      assertEquals("websocket", answer.header("Upgrade"));
      assertEquals("13", answer.header("Sec-WebSocket-Version"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/echo,   http://localhost,            101",
    "/echo,   HTTP://LocalHost:80,         101",
    "/echo,   http://localhost:8080,       403",
    "/echo,   http://localhost.evil.com,   403",
    "/echo,   http://evil.example.com,     403",
    "/echo,   null,                        403",
    "/chosen, http://localhost,            101",
    "/chosen, https://app.example.com,     101",
    "/chosen, https://app.example.com:443, 101",
    "/chosen, http://app.example.com,      403",
    "/chosen, https://app.example.com.evil.com, 403",
    "/anyone, https://evil.example.com,    101",
    "/anyone, null,                        101",
  })
  void onlyPagesOfTheSameOrAnAllowedOriginMayConnect(String path, String origin, int status) {
    assertEquals(status, answerTo(handshake(path, "Origin: " + origin)).status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chat.v1                  | chat.v1",
        "chat.v1, chat.v2         | chat.v1",
        "soap, chat.v2            | chat.v2",
        "soap                     | none",
        "CHAT.V1                  | none",
      })
  void theFirstOfTheClientsSubprotocolsThatIsKnownIsChosen(String offered, String chosen) {
    try (RawClient client = RawClient.connect(app.port())) {
      HttpAnswer answer =
          client.send(handshake("/chosen", "Sec-WebSocket-Protocol: " + offered)).answer();
      assertEquals(101, answer.status());
      assertEquals(chosen.equals("none") ? "" : chosen, answer.header("Sec-WebSocket-Protocol"));
      assertEquals(chosen, client.frame().text());
    }
  }

  @Test
  void aBadListOfSubprotocolsIsRefused() {
    for (String bad : new String[] {"a b", "chat.v1, chat.v1", ""}) {
      HttpAnswer answer = answerTo(handshake("/chosen", "Sec-WebSocket-Protocol: " + bad));
      assertEquals(400, answer.status(), bad);
    }
  }
}
