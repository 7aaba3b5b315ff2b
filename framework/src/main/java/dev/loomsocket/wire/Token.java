package dev.loomsocket.wire;

/** The word of HTTP's header fields (RFC 9110 §5.6.2). */
final class Token {
  private Token() {}

  /** True if text is made of a token's characters only; the empty one is not told apart. */
  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPart(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** True for a character that a token may have. */
  static boolean isPart(int c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }
}
