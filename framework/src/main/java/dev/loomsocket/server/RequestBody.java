package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;

/**
 * Collects the body of one request out of whatever bytes have arrived.
 *
 * <pre>{@code
 * RequestBody body = RequestBody.of(head.bodyLength(), limits);
 * while (true) {
 *   buffer.consume(body.take(buffer.array(), buffer.pos(), buffer.limit()));
 *   if (body.isComplete()) break;
 *   if (buffer.fill(timeout) < 0) throw new EOFException();
 * }
 * }</pre>
 */
sealed interface RequestBody permits FixedBody, ChunkedBody {

  /** The collector for a body of that length. */
  static RequestBody of(BodyLength length, HttpLimits limits) {
    return switch (length) {
      case BodyLength.Fixed fixed -> new FixedBody(fixed.bytes());
      case BodyLength.Chunked chunked -> new ChunkedBody(limits);
    };
  }

  /**
   * Takes what it can use of the bytes and never one behind the body's end.
   *
   * @return how many bytes it took. What it left is the start of something; the next call has to
   *     bring it again with more behind it
   * @throws HttpException 400, 413 or 431 as soon as the bytes show it; the connection is of no use
   *     then
   */
  int take(byte[] bytes, int pos, int limit);

  /** True once the end was taken. */
  boolean isComplete();

  /** The body, complete. */
  byte[] bytes();
}
