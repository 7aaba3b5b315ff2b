package dev.loomsocket.http;

/**
 * What may stand in the name and in the value of a header (RFC 9110 §5.1, §5.5): no header can hide
 * another one.
 */
final class FieldText {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private FieldText() {}

  /** RFC 9110 §5.6.2. */
  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenCharacter(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isTokenCharacter(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || TOKEN_MARKS.indexOf(c) >= 0;
  }

  static String checkName(String name) {
    if (!isToken(name)) {
      throw new IllegalArgumentException(
          "a header's name has only letters, digits and " + TOKEN_MARKS);
    }
    return name;
  }

  static String checkValue(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' && c != '\t' || c == 0x7f || c > 0xff) {
        throw new IllegalArgumentException(
            "the value of "
                + name
                + " has the character U+%04X, which no header can carry".formatted((int) c));
      }
    }
    return value.strip();
  }
}
