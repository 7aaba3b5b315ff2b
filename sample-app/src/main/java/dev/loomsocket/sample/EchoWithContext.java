package dev.loomsocket.sample;

import dev.loomsocket.websocket.Compression;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;

/**
 * The same as {@link Echo}, but messages are compressed with what the connection's earlier ones
 * said (RFC 7692 §7.1.1): smaller, at the price of some memory for each connection.
 */
@WebSocketEndpoint(
    value = "/echo/context",
    maxMessageSize = 16 * 1024 * 1024,
    compression = @Compression(contextTakeover = true))
public final class EchoWithContext {
  @OnMessage
  String text(String message) {
    return message;
  }

  @OnMessage
  byte[] binary(byte[] message) {
    return message;
  }
}
