package dev.loomsocket.session;

import dev.loomsocket.json.JsonEncoder;
import dev.loomsocket.net.BufferPool;
import dev.loomsocket.websocket.TrafficRedactor;
import dev.loomsocket.wire.DeflatePools;
import dev.loomsocket.wire.MemoryBudget;

/**
 * What all sessions of a server share, each of them thread-safe. Closed when the server has
 * stopped.
 *
 * @param json writes what is sent
 * @param incoming the memory for messages and bodies on their way in
 * @param outgoing the memory for what clients do not take
 * @param redactor what the traffic log shows of payloads
 */
public record Facilities(
    LiveSessions sessions,
    Rooms rooms,
    LiveUsers users,
    JsonEncoder json,
    BufferPool buffers,
    DeflatePools deflate,
    MemoryBudget incoming,
    MemoryBudget outgoing,
    TrafficRedactor redactor)
    implements AutoCloseable {

  /**
   * With as many pooled compressors as there are processors: more are not used at one time. And
   * with a quarter of the heap for what is on its way in, and an eighth for what waits to go out.
   */
  public Facilities(
      LiveSessions sessions,
      Rooms rooms,
      LiveUsers users,
      JsonEncoder json,
      BufferPool buffers,
      TrafficRedactor redactor) {
    this(
        sessions,
        rooms,
        users,
        json,
        buffers,
        new DeflatePools(Runtime.getRuntime().availableProcessors()),
        MemoryBudget.ofHeap(4),
        MemoryBudget.ofHeap(8),
        redactor);
  }

  /** The same with users of their own, for messages whose classes have no names. */
  public Facilities(
      LiveSessions sessions, Rooms rooms, BufferPool buffers, TrafficRedactor redactor) {
    this(sessions, rooms, new JsonEncoder(), buffers, redactor);
  }

  private Facilities(
      LiveSessions sessions,
      Rooms rooms,
      JsonEncoder json,
      BufferPool buffers,
      TrafficRedactor redactor) {
    this(sessions, rooms, new LiveUsers(json), json, buffers, redactor);
  }

  /** Frees the native memory of the pooled compressors, and lets rooms be. */
  @Override
  public void close() {
    deflate.close();
    rooms.close();
  }
}
