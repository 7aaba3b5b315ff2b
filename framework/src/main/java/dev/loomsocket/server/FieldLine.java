package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;

/** The rules for one header line (RFC 9112 §5), given without its end. */
final class FieldLine {
  private FieldLine() {}

  /**
   * Where the name of a line ends, that is the place of its colon. The line's bytes are {@link
   * Chars#TEXT}.
   *
   * @throws HttpException 400 if it is no header line
   */
  static int nameEnd(byte[] bytes, int from, int to) {
    if (isBlank(bytes[from])) {
      throw new HttpException(400, "a header line starts with white space"); // §5.2: no folding
    }
    int colon = Chars.indexOf(':', bytes, from, to);
    if (colon <= from) {
      throw new HttpException(400, "a header line has no name");
    }
    if (!Chars.all(Chars.TOKEN, bytes, from, colon)) {
      throw new HttpException(
          400, "a header's name has a character that it cannot have"); // also " :"
    }
    return colon;
  }

  /** The first place of the range that is not white space, or its end. */
  static int skipBlanks(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isBlank(bytes[at])) {
      at++;
    }
    return at;
  }

  /** The end of the range without the white space before it. */
  static int trimBlanks(byte[] bytes, int from, int to) {
    int end = to;
    while (from < end && isBlank(bytes[end - 1])) {
      end--;
    }
    return end;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
