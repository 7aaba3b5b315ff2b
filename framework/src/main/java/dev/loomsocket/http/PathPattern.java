package dev.loomsocket.http;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A path with places for values: {@code /chat/{room}} takes one segment, {@code /files/{rest*}} all
 * that remains.
 *
 * <p>A path is cut at its slashes first and decoded then, so an escaped slash ({@code %2F}) stays
 * inside the value of a variable; a rest, whose values keep their slashes, does not take one. A
 * variable takes at least one character; a rest may be empty. No value has {@code .} or {@code ..}
 * between its slashes or backslashes, however they were escaped, and none begins with one or with a
 * drive: below a directory that resolves it there is no way up or out, unless a link leads there. A
 * slash at the end of a path counts.
 *
 * <p>The natural order puts the most specific pattern first: from left to right, a literal segment
 * comes before a variable and a variable before a rest. Immutable.
 */
public final class PathPattern implements Comparable<PathPattern> {
  private final String pattern;
  private final List<Segment> segments;
  private final List<String> variables;

  private PathPattern(String pattern, List<Segment> segments, List<String> variables) {
    this.pattern = pattern;
    this.segments = List.copyOf(segments);
    this.variables = List.copyOf(variables);
  }

  /**
   * Reads a pattern. Literal segments are written as they look decoded: {@code /größe}, not {@code
   * /gr%C3%B6...}.
   *
   * @throws IllegalArgumentException if it is not a pattern; the message says why and how to mend
   *     it
   */
  public static PathPattern parse(String pattern) {
    if (!pattern.startsWith("/")) {
      throw wrong(pattern, "does not start with a slash: write \"/" + pattern + "\"");
    }
    List<Segment> segments = new ArrayList<>();
    List<String> variables = new ArrayList<>();
    String[] texts = pattern.substring(1).split("/", -1);
    for (int i = 0; i < texts.length; i++) {
      boolean last = i == texts.length - 1;
      if (texts[i].isEmpty() && !last) {
        throw wrong(pattern, "has two slashes in a row: remove one");
      }
      Segment segment = segment(pattern, texts[i]);
      if (segment.kind == Kind.REST && !last) {
        throw wrong(
            pattern,
            "goes on after {"
                + segment.text
                + "*}: a rest takes all, so it must be the last segment");
      }
      if (segment.kind != Kind.LITERAL) {
        if (variables.contains(segment.text)) {
          throw wrong(pattern, "has the variable " + segment.text + " twice: rename one");
        }
        variables.add(segment.text);
      }
      segments.add(segment);
    }
    return new PathPattern(pattern, segments, variables);
  }

  private static Segment segment(String pattern, String text) {
    if (text.startsWith("{") && text.endsWith("}")) {
      boolean rest = text.endsWith("*}");
      String name = text.substring(1, text.length() - (rest ? 2 : 1));
      if (!isName(name)) {
        throw wrong(
            pattern, "has " + text + ": between the braces stands a name, as in {room} or {rest*}");
      }
      return new Segment(rest ? Kind.REST : Kind.VARIABLE, name);
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' || c == '}') {
        throw wrong(
            pattern,
            "has a brace inside \""
                + text
                + "\": a variable is a whole segment, as in /chat/{room}");
      }
      if (c == '%') {
        throw wrong(
            pattern, "has an escape in \"" + text + "\": write the character that it stands for");
      }
      if (c == '*') {
        throw wrong(
            pattern,
            "has a star in \"" + text + "\": write {rest*} for all that remains of a path");
      }
      if (c == '?' || c == '#' || c == '\\' || c <= ' ' || c == 0x7f) {
        throw wrong(
            pattern, "has a character in \"" + text + "\" that no path can have: remove it");
      }
    }
    if (isDots(text)) {
      throw wrong(
          pattern,
          "has the segment \"" + text + "\", which no client sends: write the path that is meant");
    }
    return new Segment(Kind.LITERAL, text);
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && Character.isJavaIdentifierStart(name.charAt(0))
        && name.chars().allMatch(Character::isJavaIdentifierPart);
  }

  private static boolean isDots(String segment) {
    return segment.equals(".") || segment.equals("..");
  }

  /**
   * True if a directory that is told to resolve it could leave itself. A slash may have been
   * escaped, and to some file systems a backslash is one, and a letter with a colon a drive.
   */
  private static boolean climbs(String value) {
    return value.startsWith("/")
        || value.startsWith("\\")
        || File.separatorChar == '\\' && value.startsWith(":", 1)
        || value.indexOf('.') >= 0
            && Stream.of(value.split("[/\\\\]")).anyMatch(PathPattern::isDots);
  }

  private static IllegalArgumentException wrong(String pattern, String what) {
    return new IllegalArgumentException("the path pattern \"" + pattern + "\" " + what);
  }

  /**
   * The decoded values of the variables, in their order, if the path matches.
   *
   * @param rawPath the path as it came, still percent-encoded; one with a broken escape or bytes
   *     that are not UTF-8 does not match where it has them
   */
  public Optional<Map<String, String>> match(String rawPath) {
    return isLiterally(rawPath) ? Optional.of(Map.of()) : match(rawPath, false);
  }

  /**
   * True if the path matches, or would if its rest could be anything: nothing gets past what stands
   * in front of a rest.
   *
   * @param rawPath the path as it came, still percent-encoded
   */
  public boolean covers(String rawPath) {
    return match(rawPath, true).isPresent();
  }

  /** Most paths are, and need not be cut. */
  private boolean isLiterally(String rawPath) {
    return variables.isEmpty() && pattern.equals(rawPath);
  }

  private Optional<Map<String, String>> match(String rawPath, boolean anyRest) {
    if (!rawPath.startsWith("/")) {
      return Optional.empty();
    }
    Map<String, String> values = variables.isEmpty() ? Map.of() : new LinkedHashMap<>();
    int at = 1;
    for (Segment segment : segments) {
      if (at > rawPath.length()) {
        return Optional.empty();
      }
      int slash = segment.kind == Kind.REST ? -1 : rawPath.indexOf('/', at);
      int end = slash < 0 ? rawPath.length() : slash;
      boolean taken = anyRest && segment.kind == Kind.REST;
      if (!taken && !segment.accept(rawPath.substring(at, end), values)) {
        return Optional.empty();
      }
      at = end + 1;
    }
    return at > rawPath.length()
        ? Optional.of(values.size() < 2 ? Map.copyOf(values) : Collections.unmodifiableMap(values))
        : Optional.empty();
  }

  /** The names of the variables, from left to right. */
  public List<String> variables() {
    return variables;
  }

  /** True if both match the same paths: they differ at most in the names of their variables. */
  public boolean overlapsExactly(PathPattern other) {
    return compareShape(other) == 0;
  }

  @Override
  public int compareTo(PathPattern other) {
    int shape = compareShape(other);
    return shape != 0 ? shape : pattern.compareTo(other.pattern);
  }

  private int compareShape(PathPattern other) {
    int common = Math.min(segments.size(), other.segments.size());
    for (int i = 0; i < common; i++) {
      int order = segments.get(i).compareShape(other.segments.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(segments.size(), other.segments.size());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathPattern that && pattern.equals(that.pattern);
  }

  @Override
  public int hashCode() {
    return pattern.hashCode();
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return pattern;
  }

  /** What a segment matches, the most specific first. */
  private enum Kind {
    LITERAL,
    VARIABLE,
    REST
  }

  /** One segment: a literal's text or a variable's name. */
  private record Segment(Kind kind, String text) {

    boolean accept(String raw, Map<String, String> values) {
      return switch (kind) {
        case LITERAL ->
            raw.equals(text)
                || raw.indexOf('%') >= 0 && decode(raw).filter(text::equals).isPresent();
        case VARIABLE -> !raw.isEmpty() && keep(decode(raw), values);
        case REST -> keep(decodeEach(raw), values);
      };
    }

    private boolean keep(Optional<String> value, Map<String, String> values) {
      value.ifPresent(present -> values.put(text, present));
      return value.isPresent();
    }

    private static Optional<String> decode(String raw) {
      return PercentEncoding.decode(raw)
          .filter(value -> !climbs(value) && value.chars().noneMatch(Character::isISOControl));
    }

    private static Optional<String> decodeEach(String raw) {
      List<String> values = new ArrayList<>();
      for (String segment : raw.split("/", -1)) {
        Optional<String> value = decode(segment).filter(each -> each.indexOf('/') < 0);
        if (value.isEmpty()) {
          return value;
        }
        values.add(value.get());
      }
      return Optional.of(String.join("/", values)).filter(value -> !climbs(value));
    }

    int compareShape(Segment other) {
      int order = kind.compareTo(other.kind);
      return order != 0 || kind != Kind.LITERAL ? order : text.compareTo(other.text);
    }
  }
}
