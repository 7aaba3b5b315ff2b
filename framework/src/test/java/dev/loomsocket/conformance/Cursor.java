package dev.loomsocket.conformance;

/** A place in a line of the table's notation; blanks mean nothing to it. */
final class Cursor {
  private final String text;
  private int at;

  Cursor(String text) {
    this.text = text;
  }

  boolean isAtEnd() {
    skipBlanks();
    return at == text.length();
  }

  /** Steps over this character if it is next. */
  boolean take(char c) {
    boolean next = !isAtEnd() && text.charAt(at) == c;
    at += next ? 1 : 0;
    return next;
  }

  /** Steps over this character, which must be next. */
  void expect(char c) {
    if (!take(c)) {
      throw new IllegalArgumentException(c + " is missing: " + this);
    }
  }

  /** The letters and digits that come next, at least one. */
  String word() {
    skipBlanks();
    int start = at;
    while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw new IllegalArgumentException("this is no notation: " + this);
    }
    return text.substring(start, at);
  }

  /** What comes up to this character, behind which this cursor then is. */
  String upTo(char end) {
    int start = at;
    at = text.indexOf(end, start);
    if (at < 0) {
      throw new IllegalArgumentException(end + " is missing: " + text.substring(start));
    }
    return text.substring(start, at++);
  }

  /** How often the part before is to be repeated: what stands behind a star, else once. */
  int times() {
    if (!take('*')) {
      return 1;
    }
    String word = word();
    int unit = word.endsWith("MiB") ? 1 << 20 : word.endsWith("KiB") ? 1 << 10 : 1;
    String number = unit == 1 ? word : word.substring(0, word.length() - 3);
    return Math.multiplyExact(Integer.parseInt(number), unit);
  }

  private void skipBlanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  @Override
  public String toString() {
    return text.substring(0, at) + " >>> " + text.substring(at);
  }
}
