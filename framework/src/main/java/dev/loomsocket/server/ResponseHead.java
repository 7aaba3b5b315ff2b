package dev.loomsocket.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** The head of one response while it is written (RFC 9112 §4, §5); its text is ISO 8859-1. */
final class ResponseHead {
  private static final int USUAL_SIZE = 256;
  private static final byte[][] STATUS_LINES = new byte[600][]; // from 100 on

  static {
    for (int status = 100; status < STATUS_LINES.length; status++) {
      String line = "HTTP/1.1 " + status + " " + ReasonPhrase.of(status) + "\r\n";
      STATUS_LINES[status] = line.getBytes(ISO_8859_1);
    }
  }

  private byte[] bytes = new byte[USUAL_SIZE];
  private int size;

  /** A head that begins with the line of this status. */
  ResponseHead(int status) {
    byte[] line = STATUS_LINES[status];
    reserve(line.length);
    System.arraycopy(line, 0, bytes, 0, line.length);
    size = line.length;
  }

  /** Adds a line. */
  ResponseHead field(String name, String value) {
    reserve(name.length() + value.length() + 4);
    add(name);
    bytes[size++] = ':';
    bytes[size++] = ' ';
    add(value);
    endLine();
    return this;
  }

  /** Everything so far and the empty line behind it. */
  byte[] bytes() {
    reserve(2);
    endLine();
    return Arrays.copyOf(bytes, size);
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  @SuppressWarnings("deprecation") // it drops the high bytes of characters, of which there are none
  private void add(String text) {
    text.getBytes(0, text.length(), bytes, size);
    size += text.length();
  }

  private void endLine() {
    bytes[size++] = '\r';
    bytes[size++] = '\n';
  }
}
