package dev.loomsocket.server;

/** Which bytes may stand where in a request: tables with one entry for each byte. */
final class Chars {
  private static final String ALPHANUMERIC =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String PATH_MARKS = "/:@!$&'()*+,;=-._~%"; // RFC 3986 §3.3

  /** Names of methods and headers (RFC 9110 §5.6.2). */
  static final boolean[] TOKEN = table(ALPHANUMERIC + "!#$%&'*+-.^_`|~");

  /** Names of hosts; the labels of no real one have others. */
  static final boolean[] HOST = table(ALPHANUMERIC + "._-");

  /** Addresses of IP version 6, without their brackets. */
  static final boolean[] ADDRESS = table("0123456789ABCDEFabcdef:.");

  /** Decimal digits. */
  static final boolean[] DIGITS = table("0123456789");

  /** The path of a target (RFC 3986 §3.3), and four more that browsers do not escape there. */
  static final boolean[] PATH = table(ALPHANUMERIC + PATH_MARKS + "[]^|");

  /** The query of a target (RFC 3986 §3.4), and those that browsers do not escape there. */
  static final boolean[] QUERY = table(ALPHANUMERIC + PATH_MARKS + "?" + "[]^|{}`\\");

  /** Any line: visible characters, space and tab, and all bytes above ASCII (RFC 9110 §5.5). */
  static final boolean[] TEXT = text();

  private Chars() {}

  private static boolean[] table(String members) {
    boolean[] table = new boolean[256];
    members.chars().forEach(c -> table[c] = true);
    return table;
  }

  private static boolean[] text() {
    boolean[] table = new boolean[256];
    for (int c = 0; c < 256; c++) {
      table[c] = c >= ' ' && c != 0x7f || c == '\t';
    }
    return table;
  }

  /** True if all bytes of the range are in the table. */
  static boolean all(boolean[] table, byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!table[bytes[i] & 0xff]) {
        return false;
      }
    }
    return true;
  }

  /** True if the range has characters, and all of them are in the table. */
  static boolean all(boolean[] table, String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c > 0xff || !table[c]) {
        return false;
      }
    }
    return from < to;
  }

  /** True if the text is a token (RFC 9110 §5.6.2). */
  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c < 256 && TOKEN[c]);
  }

  /** True if the range has just these ASCII characters. */
  static boolean isSame(String text, byte[] bytes, int from, int to) {
    boolean same = to - from == text.length();
    for (int i = 0; same && i < text.length(); i++) {
      same = bytes[from + i] == text.charAt(i);
    }
    return same;
  }

  /** Where the byte is first found in the range, or -1. */
  static int indexOf(int b, byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == b) {
        return i;
      }
    }
    return -1;
  }
}
