package dev.loomsocket.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One extension that a client offers, like {@code permessage-deflate; server_max_window_bits=10}
 * (RFC 6455 §9.1).
 */
record ExtensionOffer(String name, List<Parameter> parameters) {
  /**
   * One word of an offer behind its name.
   *
   * @param value what stands behind the equals sign, if there is one, without quotes and escapes
   * @param quoted whether it was written as a quoted string
   */
  record Parameter(String name, Optional<String> value, boolean quoted) {}

  /**
   * The offers of all Sec-WebSocket-Extensions fields of a request, in the client's order of
   * preference.
   *
   * @return empty if one of the fields breaks the syntax: then the connection must fail; no fields
   *     make no offers
   */
  static Optional<List<ExtensionOffer>> all(List<String> fieldValues) {
    List<ExtensionOffer> offers = new ArrayList<>();
    for (String value : fieldValues) {
      if (!new Cursor(value).readTo(offers)) {
        return Optional.empty();
      }
    }
    boolean listsNothing = offers.isEmpty() && !fieldValues.isEmpty(); // it is 1#extension
    return listsNothing ? Optional.empty() : Optional.of(offers);
  }

  /** A place in a field's value. Around each part of it there may be white space. */
  private static final class Cursor {
    private final String text;
    private int at;

    Cursor(String text) {
      this.text = text;
    }

    /**
     * Reads the whole list; false if it is malformed. Empty elements do not count (RFC 9110
     * §5.6.1).
     */
    boolean readTo(List<ExtensionOffer> offers) {
      do {
        String name = token();
        List<Parameter> parameters = new ArrayList<>();
        while (!name.isEmpty() && take(';')) {
          if (!parameter(parameters)) {
            return false;
          }
        }
        if (!name.isEmpty()) {
          offers.add(new ExtensionOffer(name, List.copyOf(parameters)));
        }
      } while (take(','));
      return at == text.length();
    }

    private boolean parameter(List<Parameter> parameters) {
      String name = token();
      boolean hasValue = take('=');
      boolean quoted = hasValue && take('"');
      String value = quoted ? restOfQuoted() : hasValue ? token() : "";
      parameters.add(new Parameter(name, Optional.of(value).filter(v -> hasValue), quoted));
      return !name.isEmpty() && value.isEmpty() != hasValue;
    }

    /** The token that starts here; empty if none does. */
    private String token() {
      skipSpace();
      int start = at;
      while (at < text.length() && Token.isPart(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    /** What stands before the closing quote; empty if that is not a token, as it must be. */
    private String restOfQuoted() {
      StringBuilder content = new StringBuilder();
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '"') {
          return Token.isToken(content.toString()) ? content.toString() : "";
        }
        content.append(c == '\\' && at < text.length() ? text.charAt(at++) : c);
      }
      return "";
    }

    private boolean take(char c) {
      skipSpace();
      boolean there = at < text.length() && text.charAt(at) == c;
      at += there ? 1 : 0;
      return there;
    }

    private void skipSpace() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
    }
  }
}
