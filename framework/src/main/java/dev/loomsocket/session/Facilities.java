package dev.loomsocket.session;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.websocket.TrafficRedactor;
import dev.loomsocket.wire.DeflatePools;

/**
 * What all sessions of a server share, each of them thread-safe. Closed when the server has
 * stopped.
 *
 * @param redactor what the traffic log shows of payloads
 */
public record Facilities(
    LiveSessions sessions,
    Rooms rooms,
    BufferPool buffers,
    DeflatePools deflate,
    TrafficRedactor redactor)
    implements AutoCloseable {

  /** With as many pooled compressors as there are processors: more are not used at one time. */
  public Facilities(
      LiveSessions sessions, Rooms rooms, BufferPool buffers, TrafficRedactor redactor) {
    this(
        sessions,
        rooms,
        buffers,
        new DeflatePools(Runtime.getRuntime().availableProcessors()),
        redactor);
  }

  /** Frees the native memory of the pooled compressors. */
  @Override
  public void close() {
    deflate.close();
  }
}
