package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;

/**
 * Tells the data of one request's body from what stands around it, in whatever bytes have arrived;
 * it keeps none of them.
 *
 * <pre>{@code
 * buffer.consume(body.frame(buffer.array(), buffer.pos(), buffer.limit()));
 * if (!body.isComplete()) {
 *   int n = (int) Math.min(body.data(), buffer.available()); // bytes of the body: use them
 *   buffer.consume(n);
 *   body.took(n);                                            // and begin again
 * }
 * }</pre>
 */
sealed interface RequestBody permits FixedBody, ChunkedBody {

  /**
   * What reads a body of that length.
   *
   * @throws HttpException 413 if it is longer than the limit
   */
  static RequestBody of(BodyLength length, HttpLimits limits) {
    return switch (length) {
      case BodyLength.Fixed fixed when fixed.bytes() > limits.body() -> throw limits.bodyTooLong();
      case BodyLength.Fixed fixed -> new FixedBody(fixed.bytes());
      case BodyLength.Chunked chunked -> new ChunkedBody(limits);
    };
  }

  /**
   * Takes what is no data, up to the next data or the body's end, and never a byte behind that.
   *
   * @return how many bytes it took. If neither data nor the end comes next, what it left is the
   *     start of something; the next call has to bring it again with more behind it
   * @throws HttpException 400, 413 or 431 as soon as the bytes show it; the connection is of no use
   *     then
   */
  int frame(byte[] bytes, int pos, int limit);

  /** How many bytes of data are known to come next. */
  long data();

  /** So many of these bytes have been taken. */
  void took(int bytes);

  /** True once the end was taken. */
  boolean isComplete();
}
