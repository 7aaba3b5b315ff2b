package dev.loomsocket.session;

import dev.loomsocket.bench.MicroBenchmark;
import dev.loomsocket.net.BufferPool;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.wire.MemoryBudget;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Sends a text of 64 bytes to a room of 1 000; its thread is no member's own. */
public class RoomBenchmark extends MicroBenchmark {
  private static final int MEMBERS = 1_000;

  private String text = "x".repeat(64);
  private Room room;

  @Setup
  public void join() {
    Rooms rooms = new Rooms();
    room = rooms.room("hall");
    BufferPool pool = new BufferPool(16);
    Facilities shared =
        new Facilities(new LiveSessions(), rooms, pool, (session, payload) -> payload);
    OpeningTarget target = Served.request(Map.of()).target();
    Thread owner = Thread.ofVirtual().unstarted(() -> {});
    for (int i = 0; i < MEMBERS; i++) {
      Outbox outbox =
          new Outbox(
              new BottomlessTransport(),
              pool,
              Settings.DEFAULT,
              null,
              owner,
              new MemoryBudget(Long.MAX_VALUE));
      room.join(new LiveSession(i, target, Optional.empty(), Optional.empty(), outbox, shared));
    }
  }

  @Benchmark
  public Room sendToAll() {
    room.send(text);
    return room;
  }
}
