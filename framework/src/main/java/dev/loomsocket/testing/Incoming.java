package dev.loomsocket.testing;

import dev.loomsocket.websocket.CloseStatus;
import java.util.HexFormat;

/**
 * What a client receives: messages, and at last the end. Its text is for people who look for a
 * mistake.
 */
sealed interface Incoming {
  int LONGEST_TEXT = 500; // characters
  int LONGEST_BINARY = 32; // bytes

  /** A whole text message. */
  record Text(String text) implements Incoming {
    @Override
    public String toString() {
      return "the text " + shown(text);
    }
  }

  /** A whole binary message. */
  record Binary(byte[] bytes) implements Incoming {
    @Override
    public String toString() {
      return "the binary " + shown(bytes);
    }
  }

  /** The end, with what the server's Close said; 1006 if there was none. */
  record End(CloseStatus status) implements Incoming {
    @Override
    public String toString() {
      String reason = status.reason().isEmpty() ? "" : " (" + status.reason() + ")";
      return "the end of the connection with " + status.code() + reason;
    }
  }

  /** A server that breaks the protocol. */
  record Breach(String what) implements Incoming {
    @Override
    public String toString() {
      return "a breach of the protocol: " + what;
    }
  }

  static String shown(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
  }

  static String shown(byte[] bytes) {
    int shown = Math.min(bytes.length, LONGEST_BINARY);
    String hex = HexFormat.ofDelimiter(" ").formatHex(bytes, 0, shown);
    return hex + (shown < bytes.length ? " … of " + bytes.length + " bytes" : "");
  }
}
