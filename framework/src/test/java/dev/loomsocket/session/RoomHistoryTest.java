package dev.loomsocket.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.json.JsonEncoder;
import dev.loomsocket.session.PreparedMessage.Fate;
import dev.loomsocket.wire.MemoryBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Three messages, each for ten nanoseconds. */
class RoomHistoryTest {
  private final MemoryBudget memory = new MemoryBudget(1_000_000);
  private final RoomHistory history = new RoomHistory(3, 10, memory);
  private long now = Long.MAX_VALUE - 5; // a clock may begin anywhere and run over

  @Test
  void nothingHasBeenYet() {
    assertTrue(history.isEmpty());
    assertEquals(List.of("joined 0 false"), welcome(OptionalLong.empty()));
  }

  @Test
  void offsetsCountFromOne() {
    add(2);
    assertEquals(List.of("joined 0 false", "1", "2"), welcome(OptionalLong.empty()));
  }

  @Test
  void onlySoManyAreKept() {
    add(5);
    assertEquals(List.of("joined 2 false", "3", "4", "5"), welcome(OptionalLong.empty()));
  }

  @Test
  void whoKnowsAPositionGetsWhatIsBehindIt() {
    add(5);
    assertEquals(List.of("joined 2 true", "3", "4", "5"), welcome(OptionalLong.of(2)));
    assertEquals(List.of("joined 4 true", "5"), welcome(OptionalLong.of(4)));
    assertEquals(List.of("joined 5 true"), welcome(OptionalLong.of(5)));
  }

  @Test
  void whatIsGoneOrHasNeverBeenCannotBeResumed() {
    add(5);
    List<String> all = List.of("joined 2 false", "3", "4", "5");
    assertEquals(all, welcome(OptionalLong.of(1)));
    assertEquals(all, welcome(OptionalLong.of(0)));
    assertEquals(all, welcome(OptionalLong.of(6)));
    assertEquals(all, welcome(OptionalLong.of(Long.MAX_VALUE)));
  }

  @Test
  void messagesAreForgottenWhenTheirTimeIsOver() {
    add(1);
    now += 9;
    add(1);
    history.trim(now);
    assertEquals(List.of("joined 0 false", "1", "2"), welcome(OptionalLong.empty()));
    now += 1;
    history.trim(now);
    assertEquals(List.of("joined 1 false", "2"), welcome(OptionalLong.of(0)));
    now += 9;
    history.trim(now);
    assertTrue(history.isEmpty());
    assertEquals(List.of("joined 2 true"), welcome(OptionalLong.of(2)));
    assertEquals(List.of("joined 2 false"), welcome(OptionalLong.of(1)));
    add(1);
    assertFalse(history.isEmpty());
    assertEquals(List.of("joined 2 true", "3"), welcome(OptionalLong.of(2)));
  }

  @Test
  void bothLimitsCanBeChanged() {
    add(3);
    history.limit(2, 10);
    history.trim(now);
    assertEquals(List.of("joined 1 false", "2", "3"), welcome(OptionalLong.empty()));
    history.limit(5, 100);
    now += 99;
    add(3);
    assertEquals(List.of("joined 1 false", "2", "3", "4", "5", "6"), welcome(OptionalLong.empty()));
  }

  @Test
  void anEpochIsAWordOfItsOwn() {
    assertTrue(history.epoch().matches("[0-9a-z]{12}"), history.epoch());
    assertNotEquals(history.epoch(), new RoomHistory(3, 10, memory).epoch());
  }

  @Test
  void theNameOfARoomMayBeAnything() {
    PreparedMessage joined = history.welcome("a\"b\\{", OptionalLong.empty()).getFirst();
    assertEquals(
        "{\"type\":\"@joined\",\"room\":\"a\\\"b\\\\{\",\"@position\":\""
            + history.epoch()
            + ".0\",\"resumed\":false}",
        text(joined));
  }

  @Test
  void aTimeMayBeLongerThanAnyClockRuns() {
    assertEquals(1_000, RoomHistory.nanos(Duration.ofNanos(1_000)));
    assertEquals(Long.MAX_VALUE, RoomHistory.nanos(Duration.ofDays(1_000_000)));
  }

  private void add(int messages) {
    for (int i = 0; i < messages; i++) {
      history.add(new Draft("x", Message.of(new int[0], new JsonEncoder()), Fate.RECEIVERS), now);
    }
  }

  /** The first one in short, then the offsets. */
  private List<String> welcome(OptionalLong seen) {
    List<String> welcome = new ArrayList<>();
    for (PreparedMessage message : history.welcome("hall", seen)) {
      Message before = message.before().orElse(null);
      String position = before == null ? text(message) : new String(before.payload(), UTF_8);
      String offset = position.replaceAll(".*\\.([0-9]+)\".*", "$1");
      welcome.add(
          before != null
              ? offset
              : "joined " + offset + " " + position.contains("\"resumed\":true"));
    }
    return welcome;
  }

  private static String text(PreparedMessage message) {
    return new String(message.message().payload(), UTF_8);
  }

  @Test
  void whatIsForgottenIsGivenBack() {
    add(5);
    assertTrue(memory.taken() > 0);
    now += 10;
    history.trim(now);
    assertEquals(0, memory.taken());
  }

  @Test
  void whenAllRoomsRememberTooMuchTheNewestTakesTheOldestsPlace() {
    add(3);
    memory.take(1_000_000); // of other rooms
    history.makeRoom();
    assertEquals(List.of("joined 2 false", "3"), welcome(OptionalLong.empty()));
    history.makeRoom();
    assertTrue(history.isEmpty());
    add(1);
    assertTrue(history.isEmpty());
    memory.giveBack(1_000_000);
    add(1);
    assertEquals(List.of("joined 4 false", "5"), welcome(OptionalLong.empty()));
  }
}
