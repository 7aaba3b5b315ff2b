package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.net.Doing;
import dev.loomsocket.websocket.Room;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads send to one room while others come and go. */
@Timeout(120)
class RoomsThreadsTest {
  private static final int SENDERS = 8;
  private static final int EACH = 200; // messages

  private final Rooms rooms = new Rooms();
  private final Room hall = rooms.room("hall");

  @RepeatedTest(5)
  void allMembersSeeOneCommonOrder() throws IOException {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Member member = Member.of(rooms, "member " + i);
      member.peer().transport().mouthful(5 + 50 * i);
      hall.join(member.session());
      members.add(member);
    }
    awaitAll(senders());
    List<String> order = allOf(members.getFirst());
    for (Member member : members) {
      assertEquals(order, allOf(member));
    }
    for (int i = 0; i < SENDERS; i++) {
      String prefix = "text " + i + ":";
      List<String> one = order.stream().filter(frame -> frame.startsWith(prefix)).toList();
      for (int n = 0; n < EACH; n++) {
        assertEquals(prefix + n, one.get(n));
      }
    }
  }

  @RepeatedTest(5)
  void whoComesAndGoesSeesPiecesOfTheCommonOrder() throws IOException {
    Member steady = Member.of(rooms, "steady");
    hall.join(steady.session());
    AtomicBoolean over = new AtomicBoolean();
    List<Member> guests = Collections.synchronizedList(new ArrayList<>());
    Doing visiting =
        Doing.start(() -> {
          for (int i = 0; i < 300 && !over.get(); i++) {
            Member guest = Member.of(rooms, "guest");
            guests.add(guest);
            hall.join(guest.session());
            Thread.yield();
            hall.leave(guest.session());
          }
        });
    awaitAll(senders());
    over.set(true);
    visiting.await();
    List<String> order = allOf(steady);
    for (Member guest : guests) {
      List<String> seen = guest.peer().frames();
      assertTrue(Collections.indexOfSubList(order, seen) >= 0, "without a gap");
    }
  }

  @Test
  void comingGoingSendingAndEndingDoNotBlockEachOther() throws IOException {
    AtomicReferenceArray<Member> members = new AtomicReferenceArray<>(6);
    List<Doing> all = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      Random random = new Random(i);
      all.add(
          Doing.start(() -> {
            for (int n = 0; n < 2_000; n++) {
              int which = random.nextInt(members.length());
              act(random, members.updateAndGet(which, this::openOne));
            }
          }));
    }
    awaitAll(all);
    for (int i = 0; i < members.length(); i++) {
      members.get(i).session().retire();
    }
    assertEquals(0, hall.size());
    assertEquals(0, rooms.room("kitchen").size());
  }

  @Test
  void aRoomWhoseMessageTakesItsTimeStopsNoOtherRoom() throws Exception {
    Member slow = Member.of(rooms, "slow", Settings.queue(10));
    hall.join(slow.session());
    slow.peer().transport().take(0);
    hall.send("12345678"); // fills the queue: the next one finds that and closes the session
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Doing holding =
        Doing.start(() ->
            slow.peer()
                .transport()
                .awaitReceived(bytes -> { // asked under the transport's lock
                  held.countDown();
                  awaitUninterruptibly(go);
                  return true;
                }));
    held.await();
    Doing sending = Doing.start(() -> hall.send("next")).awaitParked();
    Member ann = Member.of(rooms, "ann");
    Member bob = Member.of(rooms, "bob");
    Doing joining = Doing.start(() -> hall.join(ann.session())).awaitParked();
    Doing.start(
            () -> {
              rooms.room("kitchen").join(bob.session());
              rooms.room("kitchen").leave(bob.session());
            })
        .await();
    go.countDown();
    awaitAll(List.of(holding, sending, joining));
    assertEquals(2, hall.size());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @RepeatedTest(5)
  void whoJoinsWhileTheLastOneLeavesIsThere() throws IOException {
    List<Doing> all = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      Member member = Member.of(rooms, "member " + i);
      all.add(
          Doing.start(() -> {
            for (int n = 0; n < 5_000; n++) {
              hall.join(member.session());
              assertTrue(hall.members().contains(member.session()));
              hall.leave(member.session());
            }
          }));
    }
    awaitAll(all);
    assertEquals(0, hall.size());
  }

  /** A member that is not open any more leaves its rooms, and a new one takes its place. */
  private Member openOne(Member member) {
    if (member != null && member.session().isOpen()) {
      return member;
    }
    if (member != null) {
      member.session().retire();
    }
    Member another = Member.of(rooms, "member", Settings.queue(2_000));
    another.peer().transport().take(3_000);
    return another;
  }

  private void act(Random random, Member member) {
    Room room = rooms.room(random.nextBoolean() ? "hall" : "kitchen");
    switch (random.nextInt(8)) {
      case 0, 1 -> room.join(member.session());
      case 2 -> room.leave(member.session());
      case 3 -> member.session().join(room.name()).sendExcept(member.session(), "hello");
      case 4 -> room.members().forEach(each -> assertTrue(each.id().equals("member")));
      case 5 -> member.peer().transport().take(random.nextInt(3_000));
      case 6 -> {
        if (random.nextInt(50) == 0) {
          member.session().close();
        }
      }
      default -> room.send("x".repeat(random.nextInt(200)));
    }
  }

  private List<Doing> senders() {
    List<Doing> all = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      int sender = i;
      all.add(
          Doing.start(() -> {
            for (int n = 0; n < EACH; n++) {
              hall.send(sender + ":" + n);
            }
          }));
    }
    return all;
  }

  private static List<String> allOf(Member member) {
    int bytes = 0;
    for (int n = 0; n < EACH; n++) {
      bytes += SENDERS * (2 + ("0:" + n).length());
    }
    member.peer().transport().awaitReceived(bytes);
    return member.peer().frames();
  }

  private static void awaitAll(List<Doing> all) throws IOException {
    for (Doing each : all) {
      each.await();
    }
  }
}
