package dev.loomsocket.http;

import java.io.IOException;

/**
 * A stream of server-sent events on its way to one client (the {@code EventSource} of browsers);
 * see {@link Response#events}. Every method may be called from any thread.
 *
 * <p>What is sent is text as it is, or the JSON of anything else. While nothing is sent, a comment
 * goes out every 15 seconds, which clients do not see and proxies take for a sign of life.
 */
public interface Events {

  /**
   * Sends an event; blocks while the client takes nothing.
   *
   * @throws IOException if the stream has ended
   * @throws IllegalArgumentException if the data has no JSON form
   */
  void send(Object data) throws IOException;

  /**
   * Sends an event with a name, for which clients listen with {@code addEventListener}.
   *
   * @throws IOException if the stream has ended
   * @throws IllegalArgumentException if the data has no JSON form, or the name has two lines
   */
  void send(String name, Object data) throws IOException;

  /**
   * Sends an event with a name and an id: a client that comes back tells the last one that it has
   * seen in the header {@code Last-Event-ID}.
   *
   * @param name empty for an event without a name
   * @throws IOException if the stream has ended
   * @throws IllegalArgumentException if the data has no JSON form, or name or id have two lines
   */
  void send(String name, String id, Object data) throws IOException;

  /**
   * Queues an event as {@link #send(Object)} takes it, and does not block: for those who have
   * others to serve. Up to 1 MiB waits; then nothing more is taken, what waits is still sent, the
   * stream ends, and the client comes back.
   *
   * @return false if the stream has ended
   * @throws IllegalArgumentException if the data has no JSON form
   */
  boolean offer(Object data);

  /**
   * The same with an id, as {@link #send(String, String, Object)} sends it.
   *
   * @param id empty for an event without an id
   * @return false if the stream has ended
   * @throws IllegalArgumentException if the data has no JSON form, or the id two lines
   */
  boolean offer(String id, Object data);

  /**
   * The id of the last event that a client has seen which comes back, as it says; empty if it is
   * new. {@code app.room("news").follow(events.lastSeen(), events::offer)} goes on from there.
   */
  String lastSeen();

  /** True until the client leaves or the server stops. */
  boolean isOpen();

  /** Blocks until the client leaves or the server stops: for streams that others fill. */
  void await() throws InterruptedException;
}
