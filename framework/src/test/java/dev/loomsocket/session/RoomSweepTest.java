package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.Eventually;
import dev.loomsocket.json.JsonEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RoomSweepTest {
  private final AtomicLong clock = new AtomicLong();
  private final Rooms rooms = new Rooms(new JsonEncoder(), clock::get);

  @Test
  void emptyRoomsVanishByThemselvesWhenTheirTimeHasCome() {
    for (int i = 0; i < 100; i++) {
      remember("room" + i);
    }
    rooms.sweep();
    assertEquals(100, rooms.size());
    clock.addAndGet(Duration.ofHours(1).toNanos());
    Eventually.holds("nothing is left", () -> rooms.size() == 0);
    remember("another");
    clock.addAndGet(Duration.ofHours(1).toNanos());
    Eventually.holds("nothing is left again", () -> rooms.size() == 0);
  }

  @Test
  void aRoomIsSweptUntilItIsForgotten() {
    RoomSweep sweep = new RoomSweep();
    LiveRoom room = new LiveRoom(rooms, "room");
    room.set(true, any -> {});
    sweep.add(room);
    sweep.sweep();
    assertEquals(1, sweep.size());
    LiveRoom over = new LiveRoom(rooms, "over");
    sweep.add(over);
    sweep.sweep();
    assertEquals(1, sweep.size());
    sweep.close();
    assertEquals(0, sweep.size());
  }

  /** A room that everybody has left, which has something to remember for an hour. */
  private void remember(String name) {
    Member ann = Member.of(rooms, "1");
    ann.session().join(name).history(10, Duration.ofHours(1)).send(Map.of());
    ann.session().retire();
  }
}
