package dev.loomsocket.session;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The text form of an {@link OutgoingMessage}: characters in, UTF-8 out. Half of a surrogate pair
 * waits for the other half; one without becomes a question mark.
 */
final class OutgoingText extends Writer {
  private static final int CHUNK = 8 * 1024; // characters encoded at a time

  private final OutgoingMessage message;
  private char half; // the first half of a pair; 0: none

  OutgoingText(OutgoingMessage message) {
    this.message = message;
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, text.length);
    int end = from + length;
    int at = from;
    while (at < end) {
      int until = Math.min(end, at + CHUNK);
      StringBuilder chunk = new StringBuilder(until - at + 1);
      if (half != 0) {
        chunk.append(half);
        half = 0;
      }
      chunk.append(text, at, until - at);
      char last = chunk.charAt(chunk.length() - 1);
      if (Character.isHighSurrogate(last)) {
        half = last;
        chunk.setLength(chunk.length() - 1);
      }
      message.write(chunk.toString().getBytes(StandardCharsets.UTF_8));
      at = until;
    }
  }

  @Override
  public void flush() throws IOException {
    message.flush();
  }

  @Override
  public void close() throws IOException {
    if (half != 0) {
      half = 0;
      message.write('?');
    }
    message.close();
  }
}
