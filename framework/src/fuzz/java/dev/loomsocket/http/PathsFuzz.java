package dev.loomsocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.fuzz.Input;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Fuzzes path patterns and percent-encoding. The input has three lines: two patterns and a path,
 * all in UTF-8.
 */
public final class PathsFuzz {
  private PathsFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    String text = new String(new Input(bytes).rest(), StandardCharsets.UTF_8);
    String[] lines = (text + "\n\n").split("\n", 4);
    Optional<PathPattern> one = pattern(lines[0]);
    Optional<PathPattern> other = pattern(lines[1]);
    String path = lines[2];
    one.ifPresent(pattern -> match(pattern, path));
    one.ifPresent(a -> other.ifPresent(b -> compare(a, b)));
    encoding(path);
  }

  private static Optional<PathPattern> pattern(String text) {
    try {
      PathPattern pattern = PathPattern.parse(text);
      assertEquals(text, pattern.toString());
      assertEquals(pattern, PathPattern.parse(text));
      return Optional.of(pattern);
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().startsWith("the path pattern \"" + text + "\" "), e::getMessage);
      return Optional.empty();
    }
  }

  private static void match(PathPattern pattern, String path) {
    Optional<Map<String, String>> matched = pattern.match(path);
    if (matched.isEmpty()) {
      return;
    }
    Map<String, String> values = matched.get();
    assertEquals(pattern.variables(), values.keySet().stream().toList());
    // the path made of these values, each escaped, is the same path
    StringBuilder again = new StringBuilder();
    for (String segment : pattern.toString().substring(1).split("/", -1)) {
      again.append('/').append(written(segment, values));
    }
    assertEquals(matched, pattern.match(again.toString()), again::toString);
  }

  private static String written(String segment, Map<String, String> values) {
    if (!segment.startsWith("{")) {
      return PercentEncoding.encode(segment);
    }
    boolean rest = segment.endsWith("*}");
    String value = values.get(segment.substring(1, segment.length() - (rest ? 2 : 1)));
    for (String part : value.split("[/\\\\]")) {
      assertFalse(part.equals("..") || part.equals("."), "it climbs");
    }
    assertTrue(rest || !value.isEmpty());
    String encoded = PercentEncoding.encode(value);
    return rest ? encoded.replace("%2F", "/") : encoded;
  }

  private static void compare(PathPattern a, PathPattern b) {
    assertEquals(0, a.compareTo(PathPattern.parse(a.toString())));
    assertEquals(Integer.signum(a.compareTo(b)), -Integer.signum(b.compareTo(a)));
    assertEquals(a.equals(b), a.compareTo(b) == 0);
    assertEquals(a.overlapsExactly(b), b.overlapsExactly(a));
    if (a.variables().isEmpty() && b.variables().isEmpty() && !a.toString().contains("%")) {
      assertEquals(a.equals(b), b.match(a.toString()).isPresent());
    }
  }

  private static void encoding(String text) {
    String encoded = PercentEncoding.encode(text);
    assertTrue(encoded.matches("[A-Za-z0-9._~%-]*"), encoded);
    assertEquals(Optional.of(text), PercentEncoding.decode(encoded));
    PercentEncoding.decode(text)
        .ifPresent(decoded ->
            assertEquals(
                Optional.of(decoded), PercentEncoding.decode(PercentEncoding.encode(decoded))));
  }
}
