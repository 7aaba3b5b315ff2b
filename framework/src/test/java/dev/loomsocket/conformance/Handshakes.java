package dev.loomsocket.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Opening handshakes as lines of text. */
final class Handshakes {
  /** One that nothing is wrong with: that of RFC 6455 §1.2. */
  static final List<String> GOOD =
      List.of(
          "GET /default HTTP/1.1",
          "Host: localhost",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "Sec-WebSocket-Version: 13");

  private Handshakes() {}

  /**
   * The good one with changes: {@code Name: value} stands instead of all fields of that name,
   * {@code +Name: value} beside them, {@code -Name} takes them away, any other line stands instead
   * of the first.
   */
  static List<String> with(List<String> changes) {
    List<String> lines = new ArrayList<>(GOOD);
    for (String change : changes) {
      char kind = change.charAt(0);
      if (change.contains(" HTTP/")) {
        lines.set(0, change);
      } else if (kind == '+') {
        lines.add(change.substring(1));
      } else {
        String name = change.substring(kind == '-' ? 1 : 0).split(":")[0];
        lines.removeIf(line -> isField(line, name));
        if (kind != '-') {
          lines.add(change);
        }
      }
    }
    return lines;
  }

  /** A request without a body. */
  static String request(List<String> lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  /** The value of a field among a message's lines. */
  static Optional<String> field(List<String> lines, String name) {
    return fields(lines, name).stream().findFirst();
  }

  /** The values of all fields of that name. */
  static List<String> fields(List<String> lines, String name) {
    return lines.stream()
        .skip(1)
        .filter(line -> isField(line, name))
        .map(line -> line.substring(name.length() + 1).strip())
        .toList();
  }

  private static boolean isField(String line, String name) {
    return line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":");
  }
}
