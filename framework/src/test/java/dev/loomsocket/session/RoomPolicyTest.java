package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.websocket.Room;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys of messages are users' objects, which may do anything. */
@Timeout(60)
class RoomPolicyTest {
  private final Rooms rooms = new Rooms();
  private final Room hall = rooms.lasting("hall");
  private final Member slow = Member.of(rooms, "7");
  private final Member quick = Member.of(rooms, "8");

  record Price(int price) {}

  /** A key that its map cannot handle. */
  private static final class BadKey {
    private final boolean hashes;

    BadKey(boolean hashes) {
      this.hashes = hashes;
    }

    @Override
    public int hashCode() {
      if (hashes) {
        return 1;
      }
      throw new IllegalStateException("no hash");
    }

    @Override
    public boolean equals(Object other) {
      throw new IllegalStateException("no idea");
    }
  }

  private void stall() {
    slow.peer().transport().take(0);
    hall.join(slow.session());
    hall.join(quick.session());
    hall.send("first");
    slow.peer().transport().awaitStalled();
  }

  @Test
  void aKeyWithoutAHashIsToldToTheSenderBeforeAnybodyHasTheMessage() {
    hall.conflate(Price.class, price -> new BadKey(false));
    stall();
    for (int i = 0; i < 2; i++) {
      Price price = new Price(i);
      assertThrows(IllegalStateException.class, () -> hall.send(price));
    }
    hall.send("last");
    slow.peer().transport().take(Long.MAX_VALUE);
    quick.peer().awaitFrames("text first", "text last");
    slow.peer().awaitFrames("text first", "text last");
  }

  @Test
  void aKeyThatCannotBeComparedReplacesNothingAndHarmsNobody() {
    hall.conflate(Price.class, price -> new BadKey(true));
    stall();
    hall.send(new Price(1));
    hall.send(new Price(2));
    slow.peer().transport().take(Long.MAX_VALUE);
    quick.peer().awaitFrames("text first", "text {\"price\":1}", "text {\"price\":2}");
    slow.peer().awaitFrames("text first", "text {\"price\":1}", "text {\"price\":2}");
    assertTrue(slow.session().isOpen());
  }

  @Test
  void aKeyThatChangesMeanwhileLosesNoOtherMessage() {
    List<String> key = new ArrayList<>(List.of("a"));
    List<Object> keys = List.of("another", key, List.of("a"));
    hall.conflate(Price.class, price -> keys.get(price.price));
    stall();
    hall.send(new Price(0));
    hall.send(new Price(0)); // one is dropped, which is remembered, and so is who waits
    hall.send(new Price(1));
    key.set(0, "b");
    slow.peer().transport().take(Long.MAX_VALUE);
    slow.peer().awaitFrames("text first", "text {\"price\":0}", "text {\"price\":1}");
    slow.peer().transport().take(0);
    hall.send("second");
    slow.peer().transport().awaitStalled();
    hall.send("third");
    key.set(0, "a");
    hall.send(new Price(2));
    slow.peer().transport().take(Long.MAX_VALUE);
    slow.peer()
        .awaitFrames(
            "text first",
            "text {\"price\":0}",
            "text {\"price\":1}",
            "text second",
            "text third",
            "text {\"price\":2}");
    assertEquals(1, slow.session().droppedMessages());
  }
}
