package dev.loomsocket.session;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.wire.DeflatePools;

/** What all sessions of a server share, each of them thread-safe. */
public record Facilities(
    LiveSessions sessions, Rooms rooms, BufferPool buffers, DeflatePools deflate) {

  /** With as many pooled compressors as there are processors: more are not used at one time. */
  public Facilities(LiveSessions sessions, Rooms rooms, BufferPool buffers) {
    this(
        sessions, rooms, buffers, new DeflatePools(Runtime.getRuntime().availableProcessors()));
  }
}
