package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;

/**
 * How much of a request is accepted.
 *
 * @param requestLine bytes of the request line without its end; 414 above
 * @param headerBlock bytes of all header lines together, with their ends; 431 above. The trailers
 *     of a chunked body have the same limit
 * @param headers number of header lines; 431 above
 * @param body bytes of the body; 413 above
 */
record HttpLimits(int requestLine, int headerBlock, int headers, long body) {
  static final HttpLimits DEFAULT = new HttpLimits(8 * 1024, 16 * 1024, 100, 1024 * 1024);

  /** The same with another limit for bodies. */
  HttpLimits withBody(long bytes) {
    return new HttpLimits(requestLine, headerBlock, headers, bytes);
  }

  HttpException bodyTooLong() {
    return new HttpException(413, "the body is longer than " + body + " bytes");
  }

  /**
   * The bytes of the longest head there can be: two lines, the second one empty, and one empty line
   * in front of all.
   */
  int head() {
    return requestLine + headerBlock + 3 * 2;
  }
}
