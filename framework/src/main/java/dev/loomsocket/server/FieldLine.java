package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One header line.
 *
 * @param name in small letters
 * @param value without white space around it; each byte is one character (ISO 8859-1)
 */
record FieldLine(String name, String value) {

  /**
   * Reads a line (RFC 9112 §5.1), given without its end; its bytes are {@link Chars#TEXT}.
   *
   * @throws HttpException 400
   */
  static FieldLine parse(byte[] bytes, int from, int to) {
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
    int start = colon + 1;
    int end = to;
    while (start < end && isBlank(bytes[start])) {
      start++;
    }
    while (start < end && isBlank(bytes[end - 1])) {
      end--;
    }
    String name = new String(bytes, from, colon - from, StandardCharsets.ISO_8859_1);
    String value = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    return new FieldLine(name.toLowerCase(Locale.ROOT), value);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
