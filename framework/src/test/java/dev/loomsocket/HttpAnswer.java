package dev.loomsocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;

/**
 * One HTTP response as a client understands it.
 *
 * @param head from the status line to the empty line behind the headers
 */
record HttpAnswer(String head, byte[] body) {

  /** Reads a response to anything but HEAD; where it ends, its Content-Length says. */
  static HttpAnswer read(RawClient client) {
    HttpAnswer head = new HttpAnswer(client.head(), new byte[0]);
    boolean hasBody = head.status() >= 200 && head.status() != 204 && head.status() != 304;
    return hasBody
        ? new HttpAnswer(head.head, client.read(Integer.parseInt(head.header("Content-Length"))))
        : head;
  }

  int status() {
    return Integer.parseInt(head.substring("HTTP/1.1 ".length()).substring(0, 3));
  }

  /** The value of a header; empty without it. */
  String header(String name) {
    return String.join(", ", headers(name));
  }

  /** The values of all headers of that name. */
  List<String> headers(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ": ";
    return head.lines()
        .skip(1)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()))
        .toList();
  }

  String text() {
    return new String(body, UTF_8);
  }
}
