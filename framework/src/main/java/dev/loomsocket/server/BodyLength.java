package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;
import java.util.List;

/**
 * Where a request's body ends (RFC 9112 §6.3). Whatever two readers could understand differently is
 * refused.
 */
sealed interface BodyLength {
  BodyLength NONE = new Fixed(0);

  /** Of a length: an exabyte has nineteen, and a long has room for all of eighteen. */
  int MOST_DIGITS = 18;

  /** True if there is no body: nothing follows the head. */
  default boolean isNone() {
    return this instanceof Fixed fixed && fixed.bytes == 0;
  }

  /** A number of bytes. */
  record Fixed(long bytes) implements BodyLength {}

  /** Until the last chunk. */
  record Chunked() implements BodyLength {}

  /**
   * What the headers say.
   *
   * @throws HttpException 400, 413 for a length that no body has, 501 for a transfer coding that is
   *     not known
   */
  static BodyLength of(Headers headers, int minorVersion) {
    if (!headers.has("content-length") && !headers.has("transfer-encoding")) {
      return NONE;
    }
    List<String> lengths = headers.all("content-length");
    List<String> codings = headers.all("transfer-encoding");
    if (!codings.isEmpty()) {
      if (!lengths.isEmpty()) {
        throw new HttpException(400, "both Content-Length and Transfer-Encoding"); // §6.1
      }
      if (minorVersion == 0) {
        throw new HttpException(400, "Transfer-Encoding in HTTP/1.0"); // §6.1
      }
      return coded(codings);
    }
    if (lengths.size() > 1) {
      throw new HttpException(400, "more than one Content-Length");
    }
    return fixed(lengths.getFirst());
  }

  private static BodyLength coded(List<String> codings) {
    if (codings.size() > 1) {
      throw new HttpException(400, "more than one Transfer-Encoding");
    }
    if (codings.getFirst().equalsIgnoreCase("chunked")) {
      return new Chunked();
    }
    for (String coding : codings.getFirst().split(",", -1)) {
      if (!Chars.isToken(coding.strip()) || coding.strip().equalsIgnoreCase("chunked")) {
        throw new HttpException(400, "a Transfer-Encoding that is not exactly chunked");
      }
    }
    throw new HttpException(501, "unknown transfer coding");
  }

  private static BodyLength fixed(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > 1 && text.startsWith("0")) { // 010 is eight to some
      throw new HttpException(400, "a Content-Length that is not a plain number");
    }
    if (text.length() > MOST_DIGITS) {
      throw new HttpException(413, "the body is longer than anything");
    }
    return new Fixed(Long.parseLong(text));
  }
}
