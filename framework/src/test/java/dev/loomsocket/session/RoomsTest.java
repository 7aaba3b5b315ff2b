package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.loomsocket.Warnings;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RoomsTest {
  private final Rooms rooms = new Rooms();
  private final Room hall = rooms.room("hall");
  private final Member ann = Member.of(rooms, "ann");
  private final Member bob = Member.of(rooms, "bob");
  private final Member cat = Member.of(rooms, "cat");

  @Test
  void whatCannotBeCompressedForOneMemberIsSentToTheOthers() {
    Compressor broken = mock(Compressor.class);
    when(broken.keepsContext()).thenReturn(true);
    when(broken.compresses(anyInt())).thenReturn(true);
    when(broken.compress(any())).thenThrow(new InternalError("on purpose"));
    Member one = Member.compressing(rooms, "1", broken);
    Member other = Member.of(rooms, "2");
    hall.join(one.session());
    hall.join(other.session());
    String text = "x".repeat(10_000);
    try (Warnings warnings = Warnings.take()) {
      hall.send(text);
      assertEquals(1, warnings.messages().size());
    }
    other.peer().awaitFrames("text " + text);
    assertFalse(one.session().isOpen());
    one.peer().transport().awaitClosed();
  }

  @Test
  void aRoomHasTheMembersThatJoined() {
    assertEquals(0, hall.size());
    assertEquals(List.of(), List.copyOf(hall.members()));
    hall.join(ann.session());
    bob.session().join("hall");
    assertEquals(2, hall.size());
    assertEquals(List.of(ann.session(), bob.session()), List.copyOf(hall.members()));
  }

  @Test
  void joiningTwiceChangesNothing() {
    join(ann, bob, ann);
    assertEquals(List.of(ann.session(), bob.session()), List.copyOf(hall.members()));
    hall.leave(ann.session());
    assertEquals(1, hall.size());
  }

  @Test
  void membersAreASnapshot() {
    join(ann);
    Collection<Session> before = hall.members();
    join(bob);
    assertEquals(1, before.size());
    assertThrows(UnsupportedOperationException.class, before::clear);
  }

  @Test
  void everyMemberReceivesTheMessageOnce() {
    join(ann, bob, ann);
    hall.send("hello");
    assertReceived(ann, "text hello");
    assertReceived(bob, "text hello");
    assertReceived(cat);
  }

  @Test
  void everyoneButOneReceivesTheMessage() {
    join(ann, bob);
    hall.sendExcept(ann.session(), "hello");
    hall.sendExcept(cat.session(), "again");
    assertReceived(ann, "text again");
    assertReceived(bob, "text hello", "text again");
  }

  @Test
  void aMessageIsAnythingThatASessionSends() {
    join(ann);
    hall.send(new byte[] {1, 2});
    hall.send(Map.of("a", 1));
    hall.send("x".repeat(70_000));
    assertReceived(ann, "binary 0102", "text {\"a\":1}", "text " + "x".repeat(70_000));
  }

  @Test
  void whatCannotBeEncodedIsRefusedAlsoWithoutMembers() {
    assertThrows(IllegalArgumentException.class, () -> hall.send(new MessageTest.Unencodable()));
  }

  @Test
  void whoHasLeftReceivesNothingMore() {
    join(ann, bob);
    hall.leave(ann.session());
    hall.leave(ann.session());
    hall.leave(cat.session());
    hall.send("hello");
    assertReceived(ann);
    assertReceived(bob, "text hello");
  }

  @Test
  void aRoomThatEverybodyLeftCanBeJoinedAgain() {
    for (int i = 0; i < 3; i++) {
      join(ann, bob);
      hall.leave(ann.session());
      hall.leave(bob.session());
      assertEquals(0, hall.size());
      hall.send("to nobody");
    }
    join(ann);
    hall.send("hello");
    assertReceived(ann, "text hello");
  }

  @Test
  void roomsDoNotHearEachOther() {
    join(ann);
    bob.session().join("kitchen");
    hall.send("hall");
    rooms.room("kitchen").send("kitchen");
    assertReceived(ann, "text hall");
    assertReceived(bob, "text kitchen");
  }

  @Test
  void aClosedSessionDoesNotJoin() {
    ann.session().close();
    Room joined = ann.session().join("hall");
    hall.join(ann.session());
    assertEquals(hall, joined);
    assertEquals(0, hall.size());
  }

  @Test
  void aSessionThatEndsLeavesItsRoomsForGood() {
    join(ann, bob);
    ann.session().join("kitchen");
    ann.session().retire();
    ann.session().retire();
    join(ann);
    hall.leave(ann.session());
    assertEquals(List.of(bob.session()), List.copyOf(hall.members()));
    assertEquals(0, rooms.room("kitchen").size());
  }

  @Test
  void aSessionOfAnotherKindIsRefused() {
    Session foreign =
        (Session)
            Proxy.newProxyInstance(
                Session.class.getClassLoader(),
                new Class<?>[] {Session.class},
                (of, method, with) -> "x");
    assertThrows(IllegalArgumentException.class, () -> hall.join(foreign));
    assertThrows(IllegalArgumentException.class, () -> hall.leave(foreign));
  }

  @Test
  void aMemberThatIsClosingReceivesNothingMore() {
    join(ann, bob);
    ann.session().close(CloseStatus.GOING_AWAY);
    hall.send("hello");
    assertReceived(ann, "close 1001");
    assertReceived(bob, "text hello");
  }

  @Test
  void aStalledMemberDoesNotHoldUpTheOthersAndIsClosed() {
    Member slow = Member.of(rooms, "slow", Settings.queue(1_000));
    join(ann, slow, bob);
    slow.peer().transport().take(0);
    String[] all = new String[20];
    for (int i = 0; i < all.length; i++) {
      String text = i + "x".repeat(98);
      all[i] = "text " + text;
      hall.send(text);
    }
    assertReceived(ann, all);
    assertReceived(bob, all);
    assertTrue(ann.session().isOpen());
    assertFalse(slow.session().isOpen());
    assertEquals(1013, slow.session().outbox().ending().status().code());
    slow.peer().transport().take(Long.MAX_VALUE);
    slow.peer().transport().awaitReceived(bytes -> Frames.read(bytes).size() == 10);
    List<String> received = slow.peer().frames();
    assertEquals(List.of(all).subList(0, 9), received.subList(0, 9));
    assertEquals("close 1013 this client is too slow", received.get(9));
  }

  @Test
  void aRoomIsItsName() {
    assertEquals("hall", hall.name());
    assertEquals(hall, rooms.room("hall"));
    assertEquals(hall.hashCode(), ann.session().join("hall").hashCode());
    assertNotEquals(hall, rooms.room("kitchen"));
    assertNotEquals(hall, new Rooms().room("hall"));
    assertEquals("Room[hall]", hall.toString());
  }

  private void join(Member... members) {
    for (Member member : members) {
      hall.join(member.session());
    }
  }

  private static void assertReceived(Member member, String... frames) {
    assertEquals(List.of(frames), member.peer().frames());
  }
}
