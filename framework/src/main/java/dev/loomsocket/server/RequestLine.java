package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;
import java.util.List;

/**
 * The first line of a request (RFC 9112 §3).
 *
 * @param minorVersion 0 or 1
 */
record RequestLine(String method, Target target, int minorVersion) {
  /** The methods that are known, in the order in which Allow tells them. */
  static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final String HTTP = "HTTP/";

  /**
   * Reads the line, given without its end: three parts with exactly one space between them.
   *
   * @throws HttpException 400, 501 for an unknown method, 505 for another version than 1.0 and 1.1
   */
  static RequestLine parse(byte[] bytes, int from, int to) {
    int first = Chars.indexOf(' ', bytes, from, to);
    int second = first < 0 ? -1 : Chars.indexOf(' ', bytes, first + 1, to);
    if (second < 0 || first == from || !Chars.all(Chars.TOKEN, bytes, from, first)) {
      throw new HttpException(400, "the request line is not a method, a target and a version");
    }
    int minorVersion = minorVersion(bytes, second + 1, to);
    String method = method(bytes, from, first);
    return new RequestLine(method, Target.parse(method, bytes, first + 1, second), minorVersion);
  }

  private static String method(byte[] bytes, int from, int to) {
    for (String method : METHODS) {
      if (Chars.isSame(method, bytes, from, to)) {
        return method;
      }
    }
    throw new HttpException(501, "unknown method");
  }

  /** RFC 9112 §2.3: {@code HTTP/}, a digit, a dot and a digit. */
  private static int minorVersion(byte[] bytes, int from, int to) {
    boolean wellFormed =
        to - from == 8
            && bytes[from + 6] == '.'
            && isDigit(bytes[from + 5])
            && isDigit(bytes[from + 7]);
    if (!wellFormed || !Chars.isSame(HTTP, bytes, from, from + HTTP.length())) {
      throw new HttpException(400, "the request line does not end with a version");
    }
    int minor = bytes[from + 7] - '0';
    if (bytes[from + 5] != '1' || minor > 1) {
      throw new HttpException(505, "only HTTP/1.0 and HTTP/1.1 are spoken here");
    }
    return minor;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
