package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.json.JsonEncoder;
import dev.loomsocket.net.Doing;
import dev.loomsocket.websocket.Overflow;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.wire.DeflateOptions;
import dev.loomsocket.wire.DeflateParameters;
import dev.loomsocket.wire.DeflatePools;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms that remember, seen by those who join them; a second is a long time here. */
@Timeout(60)
class RoomsHistoryTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Pattern POSITION =
      Pattern.compile("\"@position\":\"([0-9a-z]+)\\.([0-9]+)\"");

  private final AtomicLong clock = new AtomicLong(7);
  private final Rooms rooms = new Rooms(new JsonEncoder(), clock::get);
  private final Room hall = rooms.lasting("hall");
  private int names = 10;

  @Test
  void whoJoinsIsToldAndGetsTheHistoryAndThenWhatIsNew() {
    hall.history(2, SECOND);
    send("one", "two", "three");
    Member ann = join();
    send("four");
    assertReceived(ann, "joined 1 false", "two 2", "three 3", "four 4");
  }

  @Test
  void whoComesBackGetsWhatItMissed() {
    hall.history(100, SECOND);
    send("one", "two");
    Member ann = join();
    hall.leave(ann.session());
    send("three", "four");
    Member again = join(epoch(ann) + ".2");
    send("five");
    assertReceived(again, "joined 2 true", "three 3", "four 4", "five 5");
    assertReceived(join(epoch(ann) + ".5"), "joined 5 true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "EPOCH",
        "EPOCH.",
        "EPOCH.-1",
        "EPOCH.99",
        "foreignepoch.1",
        "EPOCH.1.1",
        "EPOCH.9223372036854775808",
        "hall.1"
      })
  void whatIsNoPositionOfThisRoomIsAsIfItWereNotThere(String position) {
    hall.history(100, SECOND);
    Member ann = join();
    send("one", "two");
    Member bob = join(position.replace("EPOCH", epoch(ann)));
    assertReceived(bob, "joined 0 false", "one 1", "two 2");
  }

  @Test
  void eachRoomTakesItsOwnPosition() {
    Room kitchen = rooms.lasting("kitchen").history(10, SECOND);
    hall.history(10, SECOND);
    Member ann = join();
    kitchen.join(ann.session());
    String kitchens = epoch(ann.peer().frames().get(1));
    send("one", "two");
    kitchen.send(List.of());
    Member bob = join("nonsense", kitchens + ".1", epoch(ann) + ".1");
    assertReceived(bob, "joined 1 true", "two 2");
    kitchen.join(bob.session());
    assertTrue(bob.peer().frames().getLast().contains("\"resumed\":true"));
  }

  @Test
  void aPositionIsOfUseOnce() {
    hall.history(10, SECOND);
    Member ann = join();
    send("one", "two");
    Member bob = join(epoch(ann) + ".1");
    hall.leave(bob.session());
    hall.join(bob.session());
    assertReceived(bob, "joined 1 true", "two 2", "joined 0 false", "one 1", "two 2");
  }

  @Test
  void joiningTwiceReplaysOnce() {
    hall.history(10, SECOND);
    send("one");
    Member ann = join();
    hall.join(ann.session());
    ann.session().join("hall", "meta");
    assertReceived(ann, "joined 0 false", "one 1");
  }

  @Test
  void whatIsNoJsonObjectComesBehindItsPosition() {
    hall.history(10, SECOND);
    Member ann = join();
    hall.send("text");
    hall.send(new byte[] {1, 2});
    Member bob = join(epoch(ann) + ".0");
    for (Member each : List.of(ann, bob)) {
      List<String> frames = each.peer().frames();
      assertEquals(
          List.of(
              "text {\"type\":\"@position\",\"@position\":\"" + epoch(ann) + ".1\"}",
              "text text",
              "text {\"type\":\"@position\",\"@position\":\"" + epoch(ann) + ".2\"}",
              "binary 0102"),
          frames.subList(1, 5));
    }
  }

  @Test
  void whatWasSentMayBeReused() {
    hall.history(10, SECOND);
    byte[] bytes = {1, 2};
    hall.send(bytes);
    bytes[0] = 7;
    assertEquals("binary 0102", join().peer().frames().getLast());
  }

  @Test
  void whoeverIsHereWhenTheHistoryBeginsIsTold() {
    Member ann = join();
    hall.send("before");
    hall.history(10, SECOND);
    send("one");
    hall.history(20, SECOND);
    send("two");
    List<String> frames = ann.peer().frames();
    assertEquals("text before", frames.getFirst());
    assertEquals(
        List.of("joined 0 false", "one 1", "two 2"),
        frames.stream().skip(1).map(RoomsHistoryTest::inShort).toList());
  }

  @Test
  void aSessionsOwnWordForARoomSetsItsHistoryInOneLine() {
    Member ann = Member.resuming(rooms, "1");
    Room lobby = ann.session().join("lobby").history(10, SECOND);
    lobby.send(Map.of("text", "one"));
    ann.session().retire();
    Member bob = Member.resuming(rooms, "2", epoch(ann) + ".0");
    bob.session().join("lobby").history(10, SECOND);
    assertReceived(bob, "joined 0 true", "one 1");
  }

  @Test
  void messagesToNobodyAreRemembered() {
    hall.history(10, SECOND);
    send("one");
    assertReceived(join(), "joined 0 false", "one 1");
  }

  @Test
  void aRoomOutlivesItsMembersUntilItsLastMessageIsTooOld() {
    Member ann = Member.resuming(rooms, "1");
    ann.session().join("lobby").history(10, SECOND);
    rooms.room("lobby").send(Map.of("text", "one"));
    rooms.room("lobby").leave(ann.session());
    pass(SECOND.toNanos() - 1);
    assertEquals(1, rooms.size());
    Member bob = Member.resuming(rooms, "2", epoch(ann) + ".0");
    bob.session().join("lobby");
    assertReceived(bob, "joined 0 true", "one 1");
    bob.session().retire();
    pass(1);
    assertEquals(0, rooms.size());
    Member cat = Member.resuming(rooms, "3", epoch(ann) + ".1");
    cat.session().join("lobby").history(10, SECOND);
    assertReceived(cat, "joined 0 false");
    assertNotEquals(epoch(ann), epoch(cat));
  }

  @Test
  void aRoomWithNothingToRememberVanishesWithItsLastMember() {
    Member ann = Member.resuming(rooms, "1");
    ann.session().join("lobby").history(10, SECOND);
    ann.session().retire();
    assertEquals(0, rooms.size());
    ann.session().join("lobby").history(10, SECOND); // it is over, and so is the room at once
    assertEquals(0, rooms.size());
  }

  @Test
  void whatIsSetForGoodOutlivesEverything() {
    hall.history(10, SECOND);
    Member ann = join();
    send("one");
    ann.session().retire();
    pass(2 * SECOND.toNanos());
    assertReceived(join(epoch(ann) + ".1"), "joined 1 true");
    assertReceived(join(epoch(ann) + ".0"), "joined 1 false");
  }

  @Test
  void aRoomWithMembersForgetsToo() {
    hall.history(10, SECOND);
    join();
    send("one");
    pass(SECOND.toNanos() / 2);
    send("two");
    pass(SECOND.toNanos() / 2);
    assertReceived(join(), "joined 1 false", "two 2");
  }

  @Test
  void whoIsExceptedFindsItInTheHistory() {
    hall.history(10, SECOND);
    Member ann = join();
    hall.sendExcept(ann.session(), Map.of("text", "one"));
    send("two");
    assertReceived(ann, "joined 0 false", "two 2");
    assertReceived(join(epoch(ann) + ".0"), "joined 0 true", "one 1", "two 2");
  }

  @Test
  void whatWasDroppedForAMemberIsInTheHistory() {
    hall.history(1_000, SECOND).overflow(Overflow.DROP_NEWEST);
    Member slow = Member.of(rooms, "slow", Settings.queue(1_000));
    hall.join(slow.session());
    slow.peer().transport().take(0);
    for (int i = 1; i <= 100; i++) {
      send("x".repeat(80) + i);
    }
    assertTrue(slow.session().droppedMessages() > 80);
    List<String> all = shorts(join(epoch(slow) + ".0"));
    assertEquals(101, all.size());
    assertEquals("joined 0 true", all.getFirst());
    slow.peer().transport().take(Long.MAX_VALUE);
    slow.session().outbox().awaitDrained(Duration.ofSeconds(20).toNanos());
    send("after");
    List<String> seen = shorts(slow);
    assertEquals("after 101", seen.getLast());
    assertTrue(seen.get(seen.size() - 2).endsWith(" " + (seen.size() - 2)), "a gap behind it");
  }

  @Test
  void whoGetsCompressedMessagesResumesToo() {
    hall.history(10, SECOND);
    Compressor compressor =
        new Compressor(
            new DeflatePools(1),
            new DeflateOptions(true, 6, 1, false, false, 15),
            new DeflateParameters(true, true, 15, 15));
    Member one = Member.compressing(rooms, "1", compressor);
    hall.join(one.session());
    send("one".repeat(1_000));
    Member two = Member.compressing(rooms, "2", compressor);
    hall.join(two.session());
    assertEquals(
        one.peer().frames().getLast(), two.peer().frames().getLast(), "compressed once for both");
    assertTrue(two.peer().frames().getLast().startsWith("c1 "));
    assertTrue(two.peer().frames().getLast().length() < 200);
  }

  @Test
  void aHistoryHasMessagesAndSomeTime() {
    assertThrows(IllegalArgumentException.class, () -> hall.history(0, SECOND));
    assertThrows(IllegalArgumentException.class, () -> hall.history(1, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> hall.history(1, SECOND.negated()));
    hall.history(1, Duration.ofSeconds(Long.MAX_VALUE));
  }

  /** Many send while clients come with what they have, read a little, and break off. */
  @RepeatedTest(5)
  void whoeverComesBackMissesNothingWhileOthersSend() throws IOException {
    hall.history(100_000, SECOND);
    List<Doing> senders = new ArrayList<>();
    for (int sender = 0; sender < 4; sender++) {
      String name = "s" + sender;
      senders.add(
          Doing.start(() -> {
            for (int i = 0; i < 500; i++) {
              send(name);
            }
          }));
    }
    List<String> seen = new ArrayList<>();
    Member client = join();
    String epoch = epoch(client);
    while (seen.size() < 2_000) {
      hall.leave(client.session());
      List<String> got = shorts(client);
      assertEquals(
          "joined " + seen.size() + " " + (seen.size() > 0 || got.getFirst().endsWith("true")),
          got.getFirst());
      seen.addAll(got.subList(1, got.size()));
      client = join(epoch + "." + seen.size());
    }
    for (Doing each : senders) {
      each.await();
    }
    for (int i = 0; i < seen.size(); i++) {
      assertTrue(seen.get(i).endsWith(" " + (i + 1)), seen.get(i));
    }
  }

  private void pass(long nanos) {
    clock.addAndGet(nanos);
    rooms.sweep();
  }

  private void send(String... texts) {
    for (String text : texts) {
      hall.send(Map.of("text", text));
    }
  }

  private Member join(String... positions) {
    Member member = Member.resuming(rooms, "" + names++, positions);
    hall.join(member.session());
    return member;
  }

  private static String epoch(Member member) {
    return epoch(
        member.peer().frames().stream().filter(f -> f.contains("joined")).findFirst().get());
  }

  private static String epoch(String frame) {
    Matcher position = POSITION.matcher(frame);
    assertTrue(position.find(), frame);
    return position.group(1);
  }

  private static void assertReceived(Member member, String... expected) {
    assertEquals(List.of(expected), shorts(member));
  }

  private static List<String> shorts(Member member) {
    return member.peer().frames().stream().map(RoomsHistoryTest::inShort).toList();
  }

  /** {@code joined 3 true}, or the text and the offset of a message. */
  private static String inShort(String frame) {
    Matcher position = POSITION.matcher(frame);
    assertTrue(position.find(), frame);
    String offset = position.group(2);
    return frame.contains("\"type\":\"@joined\"")
        ? "joined " + offset + " " + frame.contains("\"resumed\":true")
        : frame.replaceAll(".*\"text\":\"([^\"]*)\".*", "$1") + " " + offset;
  }
}
