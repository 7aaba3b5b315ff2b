package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.net.Doing;
import dev.loomsocket.websocket.Overflow;
import dev.loomsocket.websocket.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners of a room that make more and more happen. */
@Timeout(60)
class RoomEventsTest {
  private static final Logger LOG = Logger.getLogger("dev.loomsocket.session");
  private static final int ENDLESS = 1_000;

  private final Rooms rooms = new Rooms();
  private final Room hall = rooms.lasting("hall");

  @BeforeEach
  void keepQuiet() {
    LOG.setLevel(Level.OFF);
  }

  @AfterEach
  void speakAgain() {
    LOG.setLevel(null);
  }

  @Test
  void aListenerThatTellsTheRoomWhoIsSlowIsNotToldOfThatWithoutEnd() {
    List<Integer> told = new ArrayList<>();
    hall.overflow(Overflow.DROP_NEWEST)
        .onDrop((session, messages) -> {
          told.add(messages);
          if (told.size() < ENDLESS) {
            hall.send("x".repeat(48));
          }
        });
    Member slow = Member.of(rooms, "7", Settings.queue(100));
    slow.peer().transport().take(0);
    hall.join(slow.session());
    hall.send("x".repeat(48));
    hall.send("x".repeat(48));
    hall.send("x".repeat(48));
    hall.send("x".repeat(48));
    assertEquals(List.of(1, 2), told, "the second time with what the listener itself has lost");
    assertEquals(4, slow.session().droppedMessages());
  }

  @Test
  void whatAnotherListenerSendsIsToldWhereItIsDropped() {
    List<String> told = new ArrayList<>();
    hall.overflow(Overflow.DROP_NEWEST)
        .onDrop((session, messages) -> told.add(session.id() + ":" + messages))
        .onJoin(presence -> hall.send("x".repeat(90)));
    Member slow = Member.of(rooms, "7", Settings.queue(100));
    slow.peer().transport().take(0);
    hall.join(slow.session());
    hall.join(Member.of(rooms, "8").session());
    assertEquals(List.of("7:1"), told);
  }

  @Test
  void whatWasDroppedForWhoLeavesIsToldAndForgotten() {
    List<String> told = new ArrayList<>();
    hall.overflow(Overflow.DROP_NEWEST)
        .onDrop((session, messages) -> {
          told.add(session.id() + ":" + messages);
          hall.send("x".repeat(90));
        })
        .onLeave(presence -> told.add("-" + presence.session().id()));
    Member slow = Member.of(rooms, "7", Settings.queue(100));
    slow.peer().transport().take(0);
    hall.join(slow.session());
    hall.send("x".repeat(90));
    hall.send("x".repeat(90));
    hall.leave(slow.session());
    assertEquals(List.of("7:1", "7:1", "-7"), told);
  }

  @Test
  void aListenerThatThrowsACheckedExceptionIsNotTheLastOneThatIsTold() {
    AtomicInteger joins = new AtomicInteger();
    hall.onJoin(presence -> {
      joins.incrementAndGet();
      RoomEventsTest.<RuntimeException>sneak(new Exception("on purpose"));
    });
    hall.join(Member.of(rooms, "1").session());
    hall.join(Member.of(rooms, "2").session());
    assertEquals(2, joins.get());
  }

  @SuppressWarnings("unchecked") // which is its purpose
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void joinsAndLeavesThatWaitForASlowListenerAreNotWithoutBound() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger told = new AtomicInteger();
    hall.onJoin(presence -> {
      told.incrementAndGet();
      called.countDown();
      await(go);
    });
    Doing first = Doing.start(() -> hall.join(Member.of(rooms, "1").session()));
    called.await();
    Member guest = Member.of(rooms, "2");
    for (int i = 0; i < 2 * RoomEvents.MOST_PRESENCES; i++) {
      hall.join(guest.session());
      hall.leave(guest.session());
    }
    CountDownLatch all = new CountDownLatch(1);
    hall.onLeave(presence -> all.countDown());
    go.countDown();
    first.await();
    hall.leave(rooms.members("hall").getFirst());
    hall.join(guest.session());
    hall.leave(guest.session());
    assertTrue(all.await(20, TimeUnit.SECONDS));
    assertTrue(told.get() <= RoomEvents.MOST_PRESENCES + 2, () -> "" + told);
  }

  @Test
  void whoJoinsIsNotHeldUpForAsLongAsOthersComeAndGo() throws InterruptedException {
    Member ann = Member.of(rooms, "1");
    Member bob = Member.of(rooms, "2");
    Thread joining = Thread.currentThread();
    AtomicInteger told = new AtomicInteger();
    CountDownLatch joined = new CountDownLatch(1);
    CountDownLatch toldByAnother = new CountDownLatch(1);
    hall.onLeave(presence -> {});
    hall.onJoin(presence -> {
      if (Thread.currentThread() == joining) {
        hall.leave(bob.session()); // before anybody else is told, there is something again
        if (told.incrementAndGet() < ENDLESS) {
          hall.join(bob.session());
        }
      } else if (await(joined)) {
        toldByAnother.countDown();
      }
    });
    hall.join(ann.session());
    joined.countDown();
    assertTrue(told.get() < ENDLESS, "told by the one who joined: " + told);
    assertTrue(toldByAnother.await(20, TimeUnit.SECONDS));
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
