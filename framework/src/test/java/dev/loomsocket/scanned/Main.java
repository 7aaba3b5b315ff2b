package dev.loomsocket.scanned;

import dev.loomsocket.Loomsocket;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;

/** The smallest application there is: it serves what is in its package. */
public final class Main {
  private Main() {}

  @WebSocketEndpoint("/upper")
  static class Upper {
    @OnMessage
    String text(String text) {
      return text.toUpperCase(java.util.Locale.ROOT);
    }
  }

  public static void main(String[] args) {
    Loomsocket.run(args);
  }
}
