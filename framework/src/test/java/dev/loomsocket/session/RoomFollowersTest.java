package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.Warnings;
import dev.loomsocket.net.Doing;
import dev.loomsocket.websocket.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Those who follow rooms without being members. */
class RoomFollowersTest {
  private final Rooms rooms = new Rooms();
  private final List<String> heard = new ArrayList<>();
  private String last = "";

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

  @Test
  void whoIsTooSlowGetsWhatHasWaitedAndIsToldThatItFollowsNoLonger() throws Exception {
    Room room = rooms.room("a");
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Room.Following following =
        room.follow(text -> {
          called.countDown();
          await(go);
          heard.add(text.substring(0, 1));
        });
    Doing waiting = Doing.start(following::await).awaitParked();
    Doing sending = Doing.start(() -> room.send("0"));
    called.await();
    String large = "x".repeat((int) Follower.MOST / 3);
    try (Warnings warnings = Warnings.take()) {
      for (int i = 1; i <= 5; i++) {
        room.send(i + large);
      }
      assertEquals(0, rooms.size(), "nobody follows it");
      go.countDown();
      sending.await();
      assertEquals(1, warnings.messages().size());
    }
    waiting.await();
    assertEquals(List.of("0", "1", "2"), heard);
    following.close();
  }

  @Test
  void oneTextMayBeLargerThanWhatMayWaitAndSoMayBeAHistory() {
    Room room = rooms.lasting("a").history(10, Duration.ofHours(1));
    String large = "x".repeat((int) Follower.MOST);
    room.send(large);
    room.send(large);
    Room.Following following = room.follow("", this::remember);
    Doing waiting = Doing.start(following::await).awaitParked();
    room.send(large);
    assertEquals(List.of("1 " + large, "2 " + large, "3 " + large), heard);
    waiting.awaitParked().thread().interrupt(); // still
    assertThrows(AssertionError.class, waiting::await);
    following.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void remember(String position, String text) {
    heard.add(position.replaceAll(".*\\.", "") + " " + text);
    last = position;
  }

  @Test
  void whoComesBackHearsWhatItHasMissed() {
    Room room = rooms.lasting("a").history(10, Duration.ofHours(1));
    room.send("one");
    room.send("two");
    try (Room.Following first = room.follow("", this::remember)) {
      room.send(new byte[] {1});
      room.send("three");
      assertNotNull(first);
    }
    assertEquals(List.of("1 one", "2 two", "4 three"), heard);
    heard.clear();
    room.send("four");
    try (Room.Following again = room.follow(last, this::remember)) {
      room.send(List.of(5));
      assertNotNull(again);
    }
    assertEquals(List.of("5 four", "6 [5]"), heard);
  }

  @Test
  void whatIsNoPositionOfTheRoomIsNone() {
    Room room = rooms.lasting("a").history(2, Duration.ofHours(1));
    List.of("one", "two", "three").forEach(room::send);
    for (String seen : List.of("another.3", "", "seven", "\r\n")) {
      room.follow(seen, this::remember).close();
      assertEquals(List.of("2 two", "3 three"), heard);
      heard.clear();
    }
  }

  @Test
  void withoutAHistoryThereAreNoPositions() {
    Room room = rooms.room("a");
    Room.Following following = room.follow("x.1", (at, text) -> heard.add(at + "|" + text));
    room.send("one");
    following.close();
    assertEquals(List.of("|one"), heard);
  }

  @Test
  void objectsCarryTheirPositionAsMembersGetThem() {
    Room room = rooms.lasting("a").history(2, Duration.ofHours(1));
    Room.Following following = room.follow(heard::add);
    room.send(Map.of("a", 1));
    following.close();
    assertTrue(heard.getFirst().startsWith("{\"a\":1,\"@position\":\""), heard.getFirst());
  }
}
