package dev.loomsocket.session;

import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.TrafficRedactor;
import dev.loomsocket.wire.ClosePayload;
import dev.loomsocket.wire.Opcode;
import dev.loomsocket.wire.ProtocolException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Writes a line for each frame of a session, decoded: <code>received text fin rsv1=deflate 24→41 B
 * "…"</code>. Thread-safe.
 *
 * @param redactor what is shown of a payload
 */
record TrafficLog(Session session, TrafficRedactor redactor) {
  private static final Logger LOG = System.getLogger("dev.loomsocket.traffic");
  private static final int TEXT_SHOWN = 80; // characters
  private static final int BYTES_SHOWN = 32;

  /** A frame as it goes over the wire, without its payload. */
  record Frame(boolean fin, boolean rsv1, int opcode, long length) {}

  /**
   * A frame came.
   *
   * @param decoded the bytes of its payload, inflated
   * @param beginning of these bytes
   */
  void received(Frame frame, long decoded, byte[] beginning) {
    log("received", frame, frame.length, decoded, show(frame.opcode, beginning));
  }

  /**
   * A frame is queued.
   *
   * @param payload before it was compressed
   */
  void sent(Frame frame, byte[] payload) {
    log("sent", frame, payload.length, frame.length, show(frame.opcode, payload));
  }

  private void log(String direction, Frame frame, long from, long to, String payload) {
    StringBuilder line = new StringBuilder(128).append(session.id()).append(' ').append(direction);
    line.append(' ').append(name(frame.opcode)).append(frame.fin ? " fin" : "");
    line.append(frame.rsv1 ? " rsv1=deflate " : " ").append(from);
    if (from != to) {
      line.append('→').append(to);
    }
    line.append(" B ").append(redacted(payload));
    LOG.log(Level.INFO, line::toString);
  }

  private String redacted(String payload) {
    try {
      return redactor.redact(session, payload);
    } catch (RuntimeException e) {
      return "(the redactor failed: " + e + ")";
    }
  }

  private static String name(int opcode) {
    return switch (opcode) {
      case Opcode.CONTINUATION -> "continuation";
      case Opcode.TEXT -> "text";
      case Opcode.BINARY -> "binary";
      case Opcode.CLOSE -> "close";
      case Opcode.PING -> "ping";
      default -> "pong";
    };
  }

  private static String show(int opcode, byte[] payload) {
    return switch (opcode) {
      case Opcode.TEXT -> text(payload);
      case Opcode.CLOSE -> close(payload);
      default -> bytes(payload);
    };
  }

  private static String text(byte[] payload) {
    int shown =
        Math.min(payload.length, 4 * TEXT_SHOWN); // of UTF-8, for as many characters at least
    String text = new String(payload, 0, shown, StandardCharsets.UTF_8);
    StringBuilder quoted = new StringBuilder(TEXT_SHOWN + 8).append('"');
    int end = Math.min(text.length(), TEXT_SHOWN);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) { // a line in the log stays a line
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append(end < text.length() || shown < payload.length ? "…\"" : "\"").toString();
  }

  private static String bytes(byte[] payload) {
    int shown = Math.min(payload.length, BYTES_SHOWN);
    String hex = HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOf(payload, shown));
    return shown < payload.length ? hex + " …" : hex;
  }

  private static String close(byte[] payload) {
    try {
      ClosePayload close = ClosePayload.decode(payload, 0, payload.length);
      return close.code() + " " + text(close.reason().getBytes(StandardCharsets.UTF_8));
    } catch (ProtocolException e) {
      return bytes(payload);
    }
  }
}
