package dev.loomsocket.sample;

import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;

/**
 * Answers every message, text and binary, with exactly what came; messages may have up to 16 MiB.
 */
@WebSocketEndpoint(value = "/echo", maxMessageSize = 16 * 1024 * 1024)
public final class Echo {
  @OnMessage
  String text(String message) {
    return message;
  }

  @OnMessage
  byte[] binary(byte[] message) {
    return message;
  }
}
