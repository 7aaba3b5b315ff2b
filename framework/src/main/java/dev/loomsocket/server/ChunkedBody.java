package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;

/**
 * A body in chunks (RFC 9112 §7.1). Extensions and trailers are checked, bounded and ignored. Lines
 * are taken whole.
 */
final class ChunkedBody implements RequestBody {
  /** Eight hex digits of size, and an extension that says something sensible. */
  private static final int LONGEST_SIZE_LINE = 256;

  /** Of all chunks together: a byte of body must not cost hundreds on the way. */
  private static final int EXTENSIONS = 4 * 1024;

  private enum Expected {
    SIZE,
    DATA,
    END_OF_DATA,
    TRAILER,
    NOTHING
  }

  private final HttpLimits limits;
  private Expected expected = Expected.SIZE;
  private long size; // of the chunks so far, that under way included
  private long chunkLeft;
  private int extensions;
  private int trailerBytes;
  private int trailers;

  ChunkedBody(HttpLimits limits) {
    this.limits = limits;
  }

  @Override
  public int frame(byte[] bytes, int pos, int limit) {
    int at = pos;
    int taken;
    do {
      taken = step(bytes, at, limit);
      at += taken;
    } while (taken > 0);
    return at - pos;
  }

  /** Takes one line; 0 if it is not all there, or none comes next. */
  private int step(byte[] bytes, int pos, int limit) {
    return switch (expected) {
      case SIZE -> size(bytes, pos, lineEnd(bytes, pos, limit, LONGEST_SIZE_LINE, 400));
      case END_OF_DATA -> endOfData(pos, lineEnd(bytes, pos, limit, 0, 400));
      case TRAILER ->
          trailer(
              bytes,
              pos,
              lineEnd(bytes, pos, limit, Math.max(0, limits.headerBlock() - trailerBytes), 431));
      case DATA, NOTHING -> 0;
    };
  }

  private int size(byte[] bytes, int pos, int end) {
    if (end < 0) {
      return 0;
    }
    int at = pos;
    long chunk = 0;
    for (; at < end && isHexDigit(bytes[at]); at++) {
      chunk = chunk << 4 | Character.digit(bytes[at], 16);
      if (at - pos == 8) {
        throw new HttpException(400, "the size of a chunk has too many digits");
      }
    }
    boolean extended = at + 1 < end && bytes[at] == ';' && Chars.TOKEN[bytes[at + 1] & 0xff];
    if (at == pos || at < end && !extended) {
      throw new HttpException(400, "the size of a chunk is not a plain number");
    }
    extensions += end - at;
    if (extensions > EXTENSIONS) {
      throw new HttpException(400, "too many chunk extensions");
    }
    if (chunk > limits.body() - size) {
      throw limits.bodyTooLong();
    }
    size += chunk;
    chunkLeft = chunk;
    expected = chunk == 0 ? Expected.TRAILER : Expected.DATA;
    return end + 2 - pos;
  }

  private static boolean isHexDigit(byte b) {
    return b >= '0' && b <= '9' || b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F';
  }

  private int endOfData(int pos, int end) {
    if (end < 0) {
      return 0;
    }
    expected = Expected.SIZE;
    return end + 2 - pos;
  }

  private int trailer(byte[] bytes, int pos, int end) {
    if (end < 0) {
      return 0;
    }
    if (end == pos) {
      expected = Expected.NOTHING;
    } else {
      FieldLine.nameEnd(bytes, pos, end);
      trailerBytes += end + 2 - pos;
      if (++trailers > limits.headers()) {
        throw new HttpException(431, "more than " + limits.headers() + " trailers");
      }
    }
    return end + 2 - pos;
  }

  /** The place of the CR that ends the line, or -1 if its end is not there yet. */
  private static int lineEnd(byte[] bytes, int pos, int limit, int longest, int tooLong) {
    int end = (int) Math.min(limit, (long) pos + longest + 2);
    int at = pos;
    while (at < end && Chars.TEXT[bytes[at] & 0xff]) {
      at++;
    }
    if (at < end && bytes[at] != '\r' || at + 1 < end && bytes[at + 1] != '\n') {
      throw new HttpException(400, "a line of the chunked body does not end with CR and LF");
    }
    if (at + 1 < end) {
      return at;
    }
    if (limit - pos >= longest + 2) {
      throw new HttpException(tooLong, "a line of the chunked body is too long");
    }
    return -1;
  }

  @Override
  public long data() {
    return chunkLeft;
  }

  @Override
  public void took(int bytes) {
    chunkLeft -= bytes;
    if (chunkLeft == 0) {
      expected = Expected.END_OF_DATA;
    }
  }

  @Override
  public boolean isComplete() {
    return expected == Expected.NOTHING;
  }
}
