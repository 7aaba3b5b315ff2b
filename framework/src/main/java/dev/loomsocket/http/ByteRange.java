package dev.loomsocket.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some of the bytes of a file (RFC 9110 §14).
 *
 * @param from the first one
 * @param length one at least
 */
record ByteRange(long from, long length) {
  private static final String UNIT = "bytes=";
  private static final int MOST = 16;
  private static final int MOST_DIGITS = 18;

  /**
   * The ranges that a Range header asks for, those left out that begin behind the end: if none is
   * left, none can be satisfied.
   *
   * @return empty if the header is to be ignored: it has another unit, is malformed, or asks for
   *     more ranges than anybody needs or more bytes than there are (§14.2, §17.15)
   */
  static Optional<List<ByteRange>> parse(String header, long size) {
    if (!header.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return Optional.empty();
    }
    List<ByteRange> ranges = new ArrayList<>();
    String[] specs = header.substring(UNIT.length()).split(",", -1);
    long total = 0;
    for (String spec : specs) {
      String text = spec.strip();
      int dash = text.indexOf('-');
      if (specs.length > MOST || dash < 0 || !isRange(text, dash)) {
        return Optional.empty();
      }
      ByteRange range = of(text, dash, size);
      if (range.from < size && range.length > 0) {
        ranges.add(range);
        total += range.length;
      }
    }
    return total > size ? Optional.empty() : Optional.of(ranges);
  }

  private static boolean isRange(String text, int dash) {
    String first = text.substring(0, dash);
    String last = text.substring(dash + 1);
    boolean numbers = isNumberOrNothing(first) && isNumberOrNothing(last);
    boolean something = !first.isEmpty() || !last.isEmpty();
    return numbers
        && something
        && (first.isEmpty() || last.isEmpty() || Long.parseLong(first) <= Long.parseLong(last));
  }

  private static boolean isNumberOrNothing(String text) {
    return text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static ByteRange of(String text, int dash, long size) {
    String last = text.substring(dash + 1);
    if (dash == 0) { // the last so many bytes
      long length = Math.min(size, Long.parseLong(last));
      return new ByteRange(size - length, length);
    }
    long from = Long.parseLong(text.substring(0, dash));
    long until = last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
    return new ByteRange(from, until - from + 1);
  }

  /** As Content-Range tells it. */
  String of(long size) {
    return "bytes " + from + "-" + (from + length - 1) + "/" + size;
  }
}
