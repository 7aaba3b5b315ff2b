package dev.loomsocket.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Function;

/** The text of server-sent events (WHATWG HTML §9.2). */
final class EventText {
  private static final byte[] COMMENT = ":\n\n".getBytes(UTF_8);

  private EventText() {}

  /** What no client shows. */
  static byte[] comment() {
    return COMMENT.clone();
  }

  /**
   * An event; name and id may be empty.
   *
   * @throws IllegalArgumentException if name or id have a character that would end them
   */
  static byte[] of(String name, String id, Object data, Function<Object, byte[]> json) {
    StringBuilder text = new StringBuilder();
    field(text, "event", name);
    field(text, "id", id);
    String content =
        data instanceof CharSequence chars ? chars.toString() : new String(json.apply(data), UTF_8);
    int from = 0;
    do {
      int end = lineEnd(content, from);
      text.append("data: ").append(content, from, end).append('\n');
      boolean two = content.startsWith("\r\n", end);
      from = end + (two ? 2 : 1);
    } while (from <= content.length());
    return text.append('\n').toString().getBytes(UTF_8);
  }

  private static int lineEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private static void field(StringBuilder text, String name, String value) {
    if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw new IllegalArgumentException("the " + name + " of an event has one line");
    }
    if (!value.isEmpty()) {
      text.append(name).append(": ").append(value).append('\n');
    }
  }
}
