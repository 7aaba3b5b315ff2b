package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HistoriesTest {
  private final Histories histories = new Histories();

  @Test
  void aRoomHasOneHistory() {
    assertSame(histories.of("lobby"), histories.of("lobby"));
    assertNotSame(histories.of("lobby"), histories.of("attic"));
  }

  @Test
  void beyondTheBoundTheRoomThatWasNotUsedForLongestIsForgotten() {
    History used = histories.of("used");
    History unused = histories.of("unused");
    for (int i = 2; i < Histories.MAX_ROOMS; i++) {
      histories.of("room-" + i);
    }
    assertSame(used, histories.of("used"));
    histories.of("one-more");
    assertSame(used, histories.of("used"));
    assertNotSame(unused, histories.of("unused"));
  }

  @Test
  void aHistoryKeepsTheNewestLines() {
    History history = new History();
    for (int i = 0; i <= History.MAX_LINES; i++) {
      assertTrue(history.add(new Event.Line("id-" + i, "Ann", "line " + i)));
    }
    assertEquals(History.MAX_LINES, history.lines().size());
    assertEquals("line 1", history.lines().getFirst().text());
    assertEquals("line 100", history.lines().getLast().text());
  }

  @Test
  void aLineThatIsKnownIsNotKeptAgain() {
    History history = new History();
    assertTrue(history.add(new Event.Line("id", "Ann", "once")));
    assertFalse(history.add(new Event.Line("id", "Ann", "once")));
    assertEquals(1, history.lines().size());
  }

  @Test
  void longLinesLeaveRoomForFewer() {
    History history = new History();
    for (int i = 0; i < 100; i++) {
      history.add(new Event.Line("" + i, "Ann", "x".repeat(History.MAX_TEXT / 10)));
    }
    assertEquals(10, history.lines().size());
    assertEquals("99", history.lines().getLast().id());
  }
}
