package dev.loomsocket.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The header lines of one request, in their order. Immutable; upper and lower case are the same in
 * names.
 */
final class Headers {
  private final List<FieldLine> lines;

  Headers(List<FieldLine> lines) {
    this.lines = List.copyOf(lines);
  }

  /** The values of all lines of that name. */
  List<String> all(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    List<String> values = List.of();
    for (FieldLine line : lines) {
      if (line.name().equals(wanted)) {
        values = values.isEmpty() ? new ArrayList<>(2) : values;
        values.add(line.value());
      }
    }
    return Collections.unmodifiableList(values);
  }

  /** The value of the first line of that name. */
  Optional<String> first(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  /**
   * True if the lines of that name, read as one list with commas, have this element in small or
   * capital letters.
   */
  boolean hasToken(String name, String token) {
    for (String value : all(name)) {
      for (String element : value.split(",")) {
        if (element.strip().equalsIgnoreCase(token)) {
          return true;
        }
      }
    }
    return false;
  }

  /** All values by name; upper and lower case are the same in the keys. */
  Map<String, List<String>> toMap() {
    Map<String, List<String>> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (FieldLine line : lines) {
      map.computeIfAbsent(line.name(), this::all);
    }
    return Collections.unmodifiableMap(map);
  }
}
