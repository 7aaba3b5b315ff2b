package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.net.Doing;
import dev.loomsocket.websocket.Keyed;
import dev.loomsocket.websocket.Overflow;
import dev.loomsocket.websocket.Person;
import dev.loomsocket.websocket.Presence;
import dev.loomsocket.websocket.Room;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is in a room, and who is told of it. */
@Timeout(60)
class RoomsPresenceTest {
  private static final Logger LOG = Logger.getLogger("dev.loomsocket.session");

  private final Rooms rooms = new Rooms();
  private final Room hall = rooms.lasting("hall");
  private final List<String> told = new ArrayList<>();

  record User(String getName, int age) implements Principal {
    @Override
    public String getName() {
      return getName;
    }
  }

  record Price(String symbol, int price) {}

  record Tick(String conflationKey, int price) implements Keyed {}

  @Test
  void twoTabsOfOneUserAreOnePerson() {
    Member tab = Member.user(rooms, "1", new User("ann", 1));
    Member bob = Member.user(rooms, "2", new User("bob", 1));
    Member other = Member.user(rooms, "3", new User("ann", 2));
    Member nobody = Member.of(rooms, "4");
    Member nobodyElse = Member.of(rooms, "5");
    hall.join(tab.session(), "away");
    hall.join(bob.session());
    hall.join(other.session(), "here");
    hall.join(nobody.session());
    nobodyElse.session().join("hall", 7);
    List<Person> people = hall.people();
    assertEquals(
        List.of(
            List.of(tab.session(), other.session()),
            List.of(bob.session()),
            List.of(nobody.session()),
            List.of(nobodyElse.session())),
        people.stream().map(Person::sessions).toList());
    assertEquals("ann", people.get(0).user().orElseThrow().getName());
    assertEquals(Optional.of("here"), people.get(0).meta());
    assertEquals(Optional.of("away"), people.get(0).presences().get(0).meta());
    assertEquals(Optional.empty(), people.get(1).meta());
    assertEquals(Optional.empty(), people.get(2).user());
    assertEquals(Optional.of(7), people.get(3).meta());
  }

  @Test
  void aUserWhoseNameTakesItsTimeHoldsNobodyUp() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Principal ann =
        () -> {
          asked.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return "ann";
        };
    Member member = Member.user(rooms, "1", ann);
    hall.join(member.session());
    Doing looking = Doing.start(() -> assertEquals(1, hall.people().size()));
    asked.await();
    Doing sending = Doing.start(() -> hall.send("hello"));
    try {
      member.peer().awaitFrames("text hello");
    } finally {
      go.countDown();
    }
    sending.await();
    looking.await();
  }

  @Test
  void whatIsSaidLaterTakesThePlaceAndNothingIsNothing() {
    Member ann = Member.of(rooms, "1");
    hall.onJoin(this::note);
    hall.join(ann.session());
    hall.join(ann.session(), "here");
    hall.join(ann.session());
    assertEquals(Optional.of("here"), hall.people().getFirst().meta());
    assertEquals(List.of("1"), told, "it has joined once");
    assertThrows(NullPointerException.class, () -> hall.join(ann.session(), null));
    assertEquals(List.of(), rooms.room("kitchen").people());
  }

  @Test
  void listenersAreToldOfEachOnce() {
    hall.onJoin(presence -> told.add("+" + presence.session().id() + presence.meta().orElse("")));
    hall.onLeave(presence -> told.add("-" + presence.session().id() + presence.meta().orElse("")));
    Member ann = Member.of(rooms, "1");
    Member bob = Member.of(rooms, "2");
    hall.join(ann.session(), " away");
    hall.join(ann.session());
    bob.session().join("hall");
    hall.leave(ann.session());
    hall.leave(ann.session());
    bob.session().close();
    bob.session().retire().forEach(LiveRoom::tell);
    bob.session().retire().forEach(LiveRoom::tell);
    hall.join(bob.session());
    assertEquals(List.of("+1 away", "+2", "-1 away", "-2"), told);
  }

  @Test
  void whatIsSetByASessionIsForgottenWithTheRoom() {
    Member ann = Member.of(rooms, "1");
    ann.session().join("lobby").onLeave(this::note);
    rooms.room("lobby").leave(ann.session());
    ann.session().join("lobby");
    rooms.room("lobby").leave(ann.session());
    assertEquals(List.of("1"), told);
    assertEquals(0, rooms.size());
  }

  @Test
  void whatTheApplicationHasSetIsNot() {
    hall.onLeave(this::note);
    Member ann = Member.of(rooms, "1");
    for (int i = 0; i < 2; i++) {
      hall.join(ann.session());
      hall.leave(ann.session());
    }
    assertEquals(List.of("1", "1"), told);
  }

  @Test
  void aListenerMayUseTheRoomAndIsToldOfThatAfterwards() {
    Member ann = Member.of(rooms, "1");
    Member bob = Member.of(rooms, "2");
    hall.onJoin(presence -> {
      told.add("joins " + presence.session().id());
      hall.send("welcome");
      if (presence.session() == ann.session()) {
        hall.join(bob.session());
      }
      told.add("has joined " + presence.session().id());
    });
    hall.join(ann.session());
    assertEquals(List.of("joins 1", "has joined 1", "joins 2", "has joined 2"), told);
    assertEquals(List.of("text welcome", "text welcome"), ann.peer().frames());
  }

  @Test
  void noLockIsHeldMeanwhile() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    hall.onJoin(presence -> {
      called.countDown();
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });
    Member ann = Member.of(rooms, "1");
    Member bob = Member.of(rooms, "2");
    Doing joining = Doing.start(() -> hall.join(ann.session()));
    called.await();
    hall.send("hello");
    hall.join(bob.session()); // told by the thread that waits
    ann.session().join("kitchen");
    hall.leave(ann.session());
    assertEquals(1, hall.size());
    go.countDown();
    joining.await();
    assertEquals(List.of("text hello"), ann.peer().frames());
  }

  @Test
  void whatAListenerThrowsHarmsNobody() {
    LOG.setLevel(Level.OFF);
    try {
      hall.onJoin(presence -> {
        throw new IllegalStateException("on purpose");
      });
      hall.onJoin(this::note);
      hall.join(Member.of(rooms, "1").session());
      hall.join(Member.of(rooms, "2").session());
      assertEquals(List.of("1", "2"), told);
    } finally {
      LOG.setLevel(null);
    }
  }

  @Test
  void eachJoinIsToldBeforeItsLeaveHoweverManyComeAndGo() throws Exception {
    Map<Object, Boolean> here = new ConcurrentHashMap<>();
    AtomicInteger events = new AtomicInteger();
    List<Presence> wrong = new ArrayList<>();
    hall.onJoin(presence -> {
      events.incrementAndGet();
      if (here.put(presence.session(), true) != null) {
        wrong.add(presence);
      }
    });
    hall.onLeave(presence -> {
      events.incrementAndGet();
      if (here.remove(presence.session()) == null) {
        wrong.add(presence);
      }
    });
    List<Doing> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Member member = Member.of(rooms, "" + i);
      for (int both = 0; both < 2; both++) {
        all.add(
            Doing.start(() -> {
              for (int n = 0; n < 2_000; n++) {
                hall.join(member.session());
                hall.leave(member.session());
              }
            }));
      }
    }
    for (Doing each : all) {
      each.await();
    }
    Member last = Member.of(rooms, "9");
    hall.join(last.session());
    for (LiveRoom room : last.session().retire()) {
      room.tellElsewhere().await(); // another thread may be behind
    }
    assertEquals(List.of(), wrong);
    assertEquals(Map.of(), here);
    assertTrue(events.get() > 0 && events.get() % 2 == 0, () -> "" + events);
  }

  @Test
  void whatIsDroppedIsTold() {
    LOG.setLevel(Level.OFF);
    try {
      hall.overflow(Overflow.DROP_NEWEST).onDrop((session, n) -> told.add(session.id() + ":" + n));
      Member slow = Member.of(rooms, "7", Settings.queue(100));
      slow.peer().transport().take(0);
      hall.join(slow.session());
      hall.join(Member.of(rooms, "8").session());
      for (int i = 0; i < 4; i++) {
        hall.send("x".repeat(48));
      }
      assertEquals(List.of("7:1", "7:1"), told);
      assertEquals(2, slow.session().droppedMessages());
    } finally {
      LOG.setLevel(null);
    }
  }

  @Test
  void keysAreTheMessagesOwnOrTheRooms() {
    LOG.setLevel(Level.OFF);
    try {
      Member slow = Member.of(rooms, "7");
      slow.peer().transport().take(0);
      hall.conflate(Price.class, Price::symbol);
      Room kitchen = rooms.room("kitchen").overflow(Overflow.CONFLATE);
      hall.join(slow.session());
      kitchen.join(slow.session());
      kitchen.overflow(Overflow.CONFLATE);
      hall.send("first");
      slow.peer().transport().awaitStalled();
      for (int i = 0; i < 3; i++) {
        hall.send(new Price("ACME", i));
        hall.send(new Tick("ACME", i));
        kitchen.send(new Tick("ACME", 10 + i));
        kitchen.send(new Price("ACME", 10 + i));
      }
      slow.peer().transport().take(Long.MAX_VALUE);
      slow.peer()
          .awaitFrames(
              "text first",
              "text {\"symbol\":\"ACME\",\"price\":10}",
              "text {\"symbol\":\"ACME\",\"price\":11}",
              "text {\"conflationKey\":\"ACME\",\"price\":2}",
              "text {\"conflationKey\":\"ACME\",\"price\":12}",
              "text {\"symbol\":\"ACME\",\"price\":12}");
    } finally {
      LOG.setLevel(null);
    }
  }

  private void note(Presence presence) {
    told.add(presence.session().id());
  }
}
