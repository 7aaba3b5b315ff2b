package dev.loomsocket.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.loomsocket.http.HttpException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The header lines of one request, in their order, as the bytes that came: most of them nobody asks
 * for. Immutable. Upper and lower case are the same in names; each byte of a value is one character
 * (ISO 8859-1), and the white space around it does not count.
 */
final class Headers {
  /** So many places tell of a line where its name and its value begin and end. */
  private static final int PLACES = 4;

  private final byte[] block;
  private final int[] places;

  private Headers(byte[] block, int[] places) {
    this.block = block;
    this.places = places;
  }

  /** Takes lines in as they are read; used again for the next request. */
  static final class Builder {
    private int[] places = new int[8 * PLACES];
    private int size;

    /** How many lines there are. */
    int lines() {
      return size / PLACES;
    }

    /**
     * Adds a line, given without its end.
     *
     * @param base where the head begins in the array; there it may be another one for each line
     * @throws HttpException 400 if it is no header line
     */
    void add(byte[] bytes, int base, int from, int to) {
      int nameEnd = FieldLine.nameEnd(bytes, from, to);
      int valueStart = FieldLine.skipBlanks(bytes, nameEnd + 1, to);
      if (size == places.length) {
        places = Arrays.copyOf(places, 2 * size);
      }
      places[size++] = from - base;
      places[size++] = nameEnd - base;
      places[size++] = valueStart - base;
      places[size++] = FieldLine.trimBlanks(bytes, valueStart, to) - base;
    }

    /** The lines that were added since the last time, of the head at that place. */
    Headers take(byte[] bytes, int base, int length) {
      Headers taken =
          new Headers(Arrays.copyOfRange(bytes, base, base + length), Arrays.copyOf(places, size));
      size = 0;
      return taken;
    }
  }

  /** True if there is a line of that name. */
  boolean has(String name) {
    return find(name, 0) >= 0;
  }

  /** The values of all lines of that name. */
  List<String> all(String name) {
    int line = find(name, 0);
    if (line < 0) {
      return List.of();
    }
    int next = find(name, line + PLACES);
    if (next < 0) {
      return List.of(value(line));
    }
    List<String> values = new ArrayList<>();
    for (; line >= 0; line = find(name, line + PLACES)) {
      values.add(value(line));
    }
    return Collections.unmodifiableList(values);
  }

  /** The value of the first line of that name. */
  Optional<String> first(String name) {
    int line = find(name, 0);
    return line < 0 ? Optional.empty() : Optional.of(value(line));
  }

  /**
   * True if the lines of that name, read as one list with commas, have this element in small or
   * capital letters.
   */
  boolean hasToken(String name, String token) {
    for (int line = find(name, 0); line >= 0; line = find(name, line + PLACES)) {
      int end = places[line + 3];
      for (int from = places[line + 2]; from < end; ) {
        int comma = Chars.indexOf(',', block, from, end);
        int to = comma < 0 ? end : comma;
        int start = FieldLine.skipBlanks(block, from, to);
        if (isSame(token, start, FieldLine.trimBlanks(block, start, to))) {
          return true;
        }
        from = to + 1;
      }
    }
    return false;
  }

  /** All values by name, in small letters; upper and lower case are the same in the keys. */
  Map<String, List<String>> toMap() {
    Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int line = 0; line < places.length; line += PLACES) {
      String name = text(places[line], places[line + 1]).toLowerCase(Locale.ROOT);
      map.computeIfAbsent(name, this::all);
    }
    return Collections.unmodifiableMap(map);
  }

  /** Where the places of the next line of that name are, or -1. */
  private int find(String name, int from) {
    for (int line = from; line < places.length; line += PLACES) {
      if (isSame(name, places[line], places[line + 1])) {
        return line;
      }
    }
    return -1;
  }

  private boolean isSame(String text, int from, int to) {
    int length = text.length();
    if (to - from != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (small(text.charAt(i)) != small((char) (block[from + i] & 0xff))) {
        return false;
      }
    }
    return true;
  }

  private static int small(char c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }

  private String value(int line) {
    return text(places[line + 2], places[line + 3]);
  }

  private String text(int from, int to) {
    return new String(block, from, to - from, ISO_8859_1);
  }
}
