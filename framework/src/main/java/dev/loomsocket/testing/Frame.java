package dev.loomsocket.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.wire.ClosePayload;
import dev.loomsocket.wire.Opcode;

/**
 * One frame of the server as it came (RFC 6455 §5.2).
 *
 * @param fin true if it is the last one of its message
 * @param opcode 0 continuation, 1 text, 2 binary, 8 Close, 9 Ping, 10 Pong
 */
public record Frame(boolean fin, int opcode, byte[] payload) {
  /** True for Close, Ping and Pong. */
  public boolean isControl() {
    return Opcode.isControl(opcode);
  }

  /** The payload as text. */
  public String text() {
    return new String(payload, UTF_8);
  }

  /**
   * What a Close says; 1005 if it has no code.
   *
   * @throws AssertionError if this is no Close
   */
  public CloseStatus closeStatus() {
    if (opcode != Opcode.CLOSE) {
      throw new AssertionError("expected a Close, but this came: " + this);
    }
    ClosePayload close = ClosePayload.decode(payload, 0, payload.length);
    return new CloseStatus(close.code(), close.reason());
  }

  /** The kind of frame, and what it holds: text, or bytes in hexadecimal. */
  @Override
  public String toString() {
    String kind =
        switch (opcode) {
          case Opcode.CONTINUATION -> "continuation";
          case Opcode.TEXT -> "text";
          case Opcode.BINARY -> "binary";
          case Opcode.CLOSE -> "Close";
          case Opcode.PING -> "Ping";
          case Opcode.PONG -> "Pong";
          default -> "opcode " + opcode;
        };
    String content = opcode == Opcode.TEXT ? Incoming.shown(text()) : Incoming.shown(payload);
    return kind + (fin ? " " : " (not final) ") + content;
  }
}
