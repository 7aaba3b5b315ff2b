package dev.loomsocket.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The path and query parameters of an endpoint's methods, each converted once a connection. */
final class UrlValues {
  private static final Object[] NONE = {};

  private final List<UrlValue> values = new ArrayList<>();

  /** The index under which the value will be found; only used at start-up. */
  int add(UrlValue value) {
    int known = values.indexOf(value);
    if (known >= 0) {
      return known;
    }
    values.add(value);
    return values.size() - 1;
  }

  /**
   * All values of one URL, by index; HttpException 404 or 400 for the first one that does not
   * convert.
   */
  Object[] convert(Map<String, String> path, Map<String, List<String>> query) {
    Object[] converted = values.isEmpty() ? NONE : new Object[values.size()];
    for (int i = 0; i < converted.length; i++) {
      converted[i] = values.get(i).of(path, query);
    }
    return converted;
  }
}
