package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.PercentEncoding;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request is for (RFC 9112 §3.2), in origin-form, absolute-form or as an asterisk.
 *
 * @param text as it came
 * @param rawPath percent-encoded; starts with a slash, or is {@code *}
 * @param query as it came, without its question mark
 * @param authority host and port, if the target named them
 */
record Target(String text, String rawPath, @Nullable String query, @Nullable String authority) {
  private static final int MOST_DIGITS_OF_A_PORT = 5;
  private static final int MAX_PORT = 65_535;
  private static final Pattern SCHEME = Pattern.compile("(?i)https?://");

  /**
   * Reads the target of a request with this method.
   *
   * @throws HttpException 400; 404 for a path that is not well encoded
   */
  static Target parse(String method, byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    if (text.equals("*") && method.equals("OPTIONS")) {
      return new Target(text, text, null, null);
    }
    String authority = null;
    int path = 0;
    if (!text.startsWith("/")) {
      var scheme = SCHEME.matcher(text);
      if (!scheme.lookingAt()) {
        throw new HttpException(400, "the target is neither a path nor a URL");
      }
      path = scheme.end();
      while (path < text.length() && text.charAt(path) != '/' && text.charAt(path) != '?') {
        path++;
      }
      authority = text.substring(scheme.end(), path);
      if (!isAuthority(authority)) {
        throw new HttpException(400, "the host of the target is not well-formed");
      }
    }
    int mark = text.indexOf('?', path);
    int end = mark < 0 ? text.length() : mark;
    if (!Chars.all(Chars.PATH, bytes, from + path, from + end)
        || !Chars.all(Chars.QUERY, bytes, Math.min(from + end + 1, to), to)) {
      throw new HttpException(400, "the target has a character that has to be escaped");
    }
    String query = mark < 0 ? null : text.substring(mark + 1);
    String rawPath = rawPath(method, text.substring(path, end), query);
    if (rawPath.indexOf('%') >= 0 && PercentEncoding.decode(rawPath).isEmpty()) {
      throw new HttpException(404, "not found"); // nothing can be there, and nobody has to read it
    }
    return new Target(text, rawPath, query, authority);
  }

  /**
   * An absolute-form may have no path: that is the root, or for OPTIONS the server (RFC 9112
   * §3.2.4).
   */
  private static String rawPath(String method, String path, @Nullable String query) {
    if (!path.isEmpty()) {
      return path;
    }
    return method.equals("OPTIONS") && query == null ? "*" : "/";
  }

  /**
   * True if the text is a host and perhaps a port up to 65535, as in the Host header (RFC 9110
   * §7.2): a name, or an address in brackets. Of the rest of RFC 3986 §3.2.2 no real host makes
   * use.
   */
  static boolean isAuthority(String text) {
    boolean isAddress = text.startsWith("[");
    int end = isAddress ? text.indexOf(']') : text.indexOf(':');
    if (!isAddress) {
      int host = end < 0 ? text.length() : end;
      return Chars.all(Chars.HOST, text, 0, host) && (end < 0 || isPort(text, end + 1));
    }
    boolean isLast = end == text.length() - 1;
    return Chars.all(Chars.ADDRESS, text, 1, end)
        && (isLast || text.charAt(end + 1) == ':' && isPort(text, end + 2));
  }

  private static boolean isPort(String text, int from) {
    return text.length() - from <= MOST_DIGITS_OF_A_PORT
        && Chars.all(Chars.DIGITS, text, from, text.length())
        && Integer.parseInt(text, from, text.length(), 10) <= MAX_PORT;
  }
}
