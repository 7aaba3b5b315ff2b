package dev.loomsocket.browser;

import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.time.Duration;

/** A way into a room that remembers, from whatever page. */
@WebSocketEndpoint(value = "/ticks", allowedOrigins = "*")
final class Ticks {
  /** One of many messages. */
  record Tick(String type, int n) {
    Tick(int n) {
      this("tick", n);
    }
  }

  /** Makes a room remember so many messages. */
  static Room remembering(Room room, int messages) {
    return room.history(messages, Duration.ofHours(1));
  }

  @OnOpen
  void join(Session session) {
    session.join("ticks");
  }
}
