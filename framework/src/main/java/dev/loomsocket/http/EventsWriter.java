package dev.loomsocket.http;

/**
 * What sends events to one client; see {@link Response#events}. It has a virtual thread of its own,
 * which is interrupted when the client leaves or the server stops.
 */
@FunctionalInterface
public interface EventsWriter {

  /**
   * Sends events; the stream ends when this returns.
   *
   * @throws Exception is logged, unless the stream had ended before; the connection is closed
   */
  void write(Events events) throws Exception;
}
