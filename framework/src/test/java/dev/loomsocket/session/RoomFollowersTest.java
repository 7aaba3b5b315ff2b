package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.Warnings;
import dev.loomsocket.websocket.Room;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Those who follow rooms without being members. */
class RoomFollowersTest {
  private final Rooms rooms = new Rooms();
  private final List<String> heard = new ArrayList<>();

  @Test
  @SuppressWarnings("try") // following is there to be closed
  void theyHearTextsWhileTheyFollow() {
    Room room = rooms.room("a");
    room.send("before");
    try (Room.Following following = room.follow(heard::add)) {
      room.send("one");
      room.send(new byte[] {1});
      rooms.room("a").send(List.of(2));
      rooms.room("b").send("elsewhere");
    }
    room.send("after");
    assertEquals(List.of("one", "[2]"), heard);
  }

  @Test
  void aRoomIsThereAsLongAsSomebodyFollows() {
    Room.Following one = rooms.room("a").follow(heard::add);
    Room.Following two = rooms.room("a").follow(heard::add);
    assertEquals(1, rooms.size());
    one.close();
    one.close();
    rooms.room("a").send("still");
    assertEquals(List.of("still"), heard);
    two.close();
    assertEquals(0, rooms.size());
  }

  @Test
  void aFollowerThatFailsDoesNoHarm() {
    Room room = rooms.room("a");
    Room.Following failing =
        room.follow(text -> {
          throw new IllegalStateException("on purpose");
        });
    Room.Following other = room.follow(heard::add);
    try (Warnings warnings = Warnings.take()) {
      room.send("hello");
      assertEquals(1, warnings.messages().size());
    }
    assertEquals(List.of("hello"), heard);
    failing.close();
    other.close();
  }
}
