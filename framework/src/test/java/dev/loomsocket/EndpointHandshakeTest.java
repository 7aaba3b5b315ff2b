package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.OnHandshake;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.QueryParam;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.security.Principal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What endpoints have to say about opening handshakes, over a loopback socket. */
class EndpointHandshakeTest {
  private static RunningApp app;

  @WebSocketEndpoint("/rooms/{number}")
  static class Room {
    @OnOpen
    String open(@PathParam int number, @QueryParam int seat) {
      return number + "/" + seat;
    }
  }

  /** Does what the query wants. */
  @WebSocketEndpoint("/guarded")
  static class Guarded {
    @OnHandshake
    Principal login(Handshake handshake) {
      String name = handshake.queryParam("name").orElse("");
      return switch (name) {
        case "" -> throw new HttpException(401, "who are you?");
        case "fail" -> throw new IllegalStateException("the secret of the house");
        default -> () -> name;
      };
    }

    @OnOpen
    String open(Session session, Principal user) {
      return session.user().orElseThrow().getName() + " is " + user.getName();
    }
  }

  @WebSocketEndpoint("/closed")
  static class Closed {
    @OnHandshake
    boolean login() {
      return false;
    }
  }

  @BeforeAll
  static void start() {
    app =
        Loomsocket.app()
            .endpoint(Room.class)
            .endpoint(Guarded.class)
            .endpoint(Closed.class)
            .port(0)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  /** The answer to a handshake for a path; a refused one leaves the connection as it was. */
  private static HttpAnswer answerTo(String path) {
    try (RawClient client = RawClient.connect(app.port())) {
      HttpAnswer answer = client.send(RawClient.handshake(path)).answer();
      assertEquals("", answer.header("Sec-WebSocket-Accept"));
      assertEquals(404, client.get("/nowhere").status());
      return answer;
    }
  }

  @Test
  void aPathParameterThatDoesNotConvertIs404AndAQueryParameter400() {
    assertEquals(404, answerTo("/rooms/one?seat=1").status());
    assertEquals(400, answerTo("/rooms/1?seat=one").status());
    assertEquals(400, answerTo("/rooms/1?seat=%zz").status());
    try (RawClient client = RawClient.webSocket(app.port(), "/rooms/1?seat=2")) {
      assertEquals("1/2", client.frame().text());
    }
  }

  @Test
  void anEndpointMaySayNo() {
    HttpAnswer no = answerTo("/closed");
    assertEquals(403, no.status());
    HttpAnswer unknown = answerTo("/guarded");
    assertEquals(401, unknown.status());
    assertEquals("who are you?\n", unknown.text());
  }

  @Test
  void anEndpointThatFailsIs500WithoutDetailAndOneWarning() {
    try (Warnings warnings = Warnings.take()) {
      HttpAnswer answer = answerTo("/guarded?name=fail");
      assertEquals(500, answer.status());
      assertFalse(answer.text().contains("secret"), answer.text());
      assertEquals(1, warnings.thrown().size());
    }
  }

  @Test
  void whoTheEndpointSaysItIsIsTheSessionsUser() {
    try (RawClient client = RawClient.webSocket(app.port(), "/guarded?name=Ann")) {
      assertEquals("Ann is Ann", client.frame().text());
    }
  }
}
