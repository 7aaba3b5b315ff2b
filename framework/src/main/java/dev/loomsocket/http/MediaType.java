package dev.loomsocket.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A value with parameters, as Content-Type and Content-Disposition have one (RFC 9110 §5.6.6).
 *
 * @param value in small letters
 * @param parameters by their names in small letters; of equal ones the first
 */
record MediaType(String value, Map<String, String> parameters) {

  /** Reads a value; what is no parameter ends it. */
  static MediaType parse(String text) {
    int end = text.indexOf(';');
    String value = (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    Map<String, String> parameters = new HashMap<>(4);
    for (int at = end; at >= 0 && at < text.length(); ) {
      at = parameter(text, at + 1, parameters);
    }
    return new MediaType(value, parameters);
  }

  /** Reads a parameter and returns where the semicolon behind it is, or −1. */
  private static int parameter(String text, int from, Map<String, String> parameters) {
    int semicolon = text.indexOf(';', from);
    int sign = text.indexOf('=', from, semicolon < 0 ? text.length() : semicolon);
    if (sign < 0) {
      return semicolon; // nothing, or a word
    }
    String name = text.substring(from, sign).strip().toLowerCase(Locale.ROOT);
    if (sign + 1 < text.length() && text.charAt(sign + 1) == '"') {
      StringBuilder value = new StringBuilder();
      int end = quoted(text, sign + 2, value);
      if (end < 0) {
        return -1;
      }
      parameters.putIfAbsent(name, value.toString());
      return text.indexOf(';', end);
    }
    String value = text.substring(sign + 1, semicolon < 0 ? text.length() : semicolon).strip();
    parameters.putIfAbsent(name, value);
    return semicolon;
  }

  /**
   * Reads up to the quotation mark. A backslash before anything else than that and another one is
   * just itself: browsers do not escape it in the names of files.
   */
  private static int quoted(String text, int from, StringBuilder value) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      boolean escapes =
          c == '\\'
              && i + 1 < text.length()
              && (text.charAt(i + 1) == '"' || text.charAt(i + 1) == '\\');
      value.append(escapes ? text.charAt(++i) : c);
    }
    return -1;
  }

  boolean isOf(String type) {
    return value.equals(type);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
