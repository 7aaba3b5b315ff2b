package dev.loomsocket;

import static dev.loomsocket.RawClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of connections beyond the limit. */
class ConnectionLimitTest {

  @WebSocketEndpoint("/echo")
  static class Echo {
    @OnMessage
    String text(String text) {
      return text;
    }
  }

  private static RunningApp start(int limit) {
    return Loomsocket.app("--max-connections=" + limit).endpoint(Echo.class).port(0).start();
  }

  @Test
  void oneTooManyIsToldToComeBackLater() {
    try (RunningApp app = start(2);
        RawClient one = RawClient.webSocket(app.port(), "/echo");
        RawClient two = RawClient.webSocket(app.port(), "/echo")) {
      try (RawClient three = RawClient.connect(app.port())) {
        HttpAnswer answer = three.send(RawClient.handshake("/echo")).answer();
        assertEquals(503, answer.status());
        assertEquals("5", answer.header("Retry-After"));
        assertEquals("close", answer.header("Connection"));
        assertEquals("", three.rest());
      }
      assertEquals("still here", one.send(text("still here")).frame().text());
      assertEquals("me too", two.send(text("me too")).frame().text());
    }
  }

  @Test
  void whenOneHasLeftAnotherMayCome() {
    try (RunningApp app = start(1)) {
      for (int i = 0; i < 20; i++) {
        try (RawClient client = RawClient.webSocket(app.port(), "/echo")) {
          assertEquals("hello", client.send(text("hello")).frame().text());
          try (RawClient refused = RawClient.connect(app.port())) {
            assertEquals(503, refused.answer().status());
          }
        }
        Eventually.holds("no connection is left", () -> app.connections() == 0);
      }
    }
  }

  @Test
  void aCrowdAtTheDoorIsNeitherServedNorKept() {
    try (RunningApp app = start(1);
        RawClient inside = RawClient.webSocket(app.port(), "/echo")) {
      List<RawClient> crowd = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        crowd.add(RawClient.connect(app.port()));
      }
      for (RawClient client : crowd) {
        String answer = client.rest();
        assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 503 "), answer);
      }
      assertTrue(app.connections() <= 17, "refusals are bounded, too");
      crowd.forEach(RawClient::close);
      assertEquals("still here", inside.send(text("still here")).frame().text());
      Eventually.holds("only one is left", () -> app.connections() == 1);
    }
  }

  @Test
  void noLimitIsNoLimit() {
    try (RunningApp app = start(Integer.MAX_VALUE);
        RawClient client = RawClient.webSocket(app.port(), "/echo")) {
      assertEquals("hello", client.send(text("hello")).frame().text());
    }
  }
}
