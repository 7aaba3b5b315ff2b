package dev.loomsocket.http;

import java.io.OutputStream;

/**
 * What writes the body of a response while it is sent; see {@link Response#stream(String,
 * BodyWriter)}. It runs in the thread of the handler, after the handler has returned and not at all
 * for HEAD.
 */
@FunctionalInterface
public interface BodyWriter {

  /**
   * Writes the body. The stream gathers a few KiB, and blocks while the client takes nothing;
   * {@code flush()} sends what has been written so far. It need not be closed, and ends when this
   * method returns.
   *
   * @throws Exception if the body cannot be written to its end: it is logged. If nothing has been
   *     sent yet, the client gets an error instead of this response: that of an {@link
   *     HttpException}, else 500. Otherwise the connection is cut, so that the client does not take
   *     a part for the whole
   */
  void write(OutputStream out) throws Exception;
}
