package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads request heads (RFC 9112 §2–5) out of whatever bytes have arrived; it knows no socket.
 *
 * <p>One parser serves a connection for all its requests. Each byte is looked at once, however the
 * head is cut into pieces: between two calls the parser remembers the lines that it has read. A
 * line ends with CR LF and nothing else; one empty line in front of the request line is skipped
 * (§2.2).
 */
final class RequestParser {
  private final HttpLimits limits;

  // about the head that has begun; places count from its first byte
  private int scanned;
  private int lineStart;
  private int blockStart;
  private @Nullable RequestLine requestLine;
  private final Headers.Builder headers = new Headers.Builder();

  private @Nullable RequestHead head;

  RequestParser(HttpLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads the head that starts at {@code pos}.
   *
   * @return the size of the whole head, or 0: there is not enough yet, and nothing is consumed.
   *     Then the next call has to bring the same bytes, perhaps at another place, and more behind
   *     them
   * @throws HttpException 400, 413, 414, 417, 431, 501 or 505 as soon as the bytes show it; the
   *     connection is of no use then
   */
  int parse(byte[] bytes, int pos, int limit) {
    if (pos + scanned > limit) {
      throw new IllegalArgumentException("bytes that were there are gone");
    }
    int cr;
    while ((cr = lineEnd(bytes, pos, limit)) >= 0) {
      int from = pos + lineStart;
      lineStart = cr + 2 - pos;
      scanned = lineStart;
      if (line(bytes, pos, from, cr)) {
        return finish(bytes, pos);
      }
    }
    return 0;
  }

  /** The head that the last successful {@link #parse} has read. */
  RequestHead head() {
    return Objects.requireNonNull(head, "no head has been read");
  }

  /**
   * Where the line under way ends, that is the place of its CR; or -1 if its end is not there yet.
   */
  private int lineEnd(byte[] bytes, int pos, int limit) {
    int start = requestLine == null ? lineStart : blockStart;
    int longest = start + (requestLine == null ? limits.requestLine() : limits.headerBlock()) + 2;
    int end = Math.min(limit, pos + longest);
    int at = pos + scanned;
    while (at < end && Chars.TEXT[bytes[at] & 0xff]) {
      at++;
    }
    scanned = at - pos;
    if (at < end && bytes[at] != '\r') {
      throw new HttpException(
          400, bytes[at] == '\n' ? "a line ends without CR" : "a control character in the head");
    }
    if (at + 1 < end) {
      if (bytes[at + 1] != '\n') {
        throw new HttpException(400, "a CR inside a line");
      }
      return at;
    }
    if (limit - pos >= longest) {
      throw requestLine == null
          ? new HttpException(
              414, "the request line is longer than " + limits.requestLine() + " bytes")
          : new HttpException(
              431, "the headers are longer than " + limits.headerBlock() + " bytes");
    }
    return -1;
  }

  /** Takes in one line without its end; true if it was the empty one behind the headers. */
  private boolean line(byte[] bytes, int pos, int from, int to) {
    if (requestLine == null) {
      boolean skipped = from == to && lineStart == 2;
      if (!skipped) {
        requestLine = RequestLine.parse(bytes, from, to);
        blockStart = lineStart;
      }
      return false;
    }
    if (from == to) {
      return true;
    }
    if (headers.lines() == limits.headers()) {
      throw new HttpException(431, "more than " + limits.headers() + " headers");
    }
    headers.add(bytes, pos, from, to);
    return false;
  }

  private int finish(byte[] bytes, int pos) {
    int size = lineStart;
    RequestLine first = Objects.requireNonNull(requestLine);
    scanned = 0;
    lineStart = 0;
    requestLine = null;
    head = RequestHead.of(first, headers.take(bytes, pos, size));
    return size;
  }
}
