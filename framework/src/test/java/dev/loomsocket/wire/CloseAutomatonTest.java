package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.wire.CloseAutomaton.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloseAutomatonTest {
  private static final ClosePayload OURS = new ClosePayload(1000, "ours");
  private static final ClosePayload FAILURE = new ClosePayload(1002, "failure");
  private static final ClosePayload THEIRS = new ClosePayload(1001, "theirs");
  private static final ClosePayload LATE = new ClosePayload(4000, "late");

  /** From each situation each event: the answer, and the state and the status after it. */
  @ParameterizedTest
  @CsvSource({
    // situation, event, answer, state, status code (0: not known)
    "opened, close, true, CLOSE_SENT, 0",
    "opened, fail, true, CLOSED, 4000",
    "opened, received, true, CLOSED, 4000",
    "opened, disconnected, -, CLOSED, 1006",
    "weClosed, close, false, CLOSE_SENT, 0",
    "weClosed, fail, false, CLOSED, 4000",
    "weClosed, received, false, CLOSED, 1000",
    "weClosed, disconnected, -, CLOSED, 1006",
    "weFailed, close, false, CLOSED, 1002",
    "weFailed, fail, false, CLOSED, 1002",
    "weFailed, received, false, CLOSED, 1002",
    "weFailed, disconnected, -, CLOSED, 1002",
    "lost, close, false, CLOSED, 1006",
    "lost, fail, false, CLOSED, 1006",
    "lost, received, false, CLOSED, 1006",
    "lost, disconnected, -, CLOSED, 1006",
    "theyAnswered, close, false, CLOSED, 1000",
    "theyAnswered, fail, false, CLOSED, 1000",
    "theyAnswered, received, false, CLOSED, 1000",
    "theyAnswered, disconnected, -, CLOSED, 1000",
    "weAnswered, close, false, CLOSED, 1001",
    "weAnswered, fail, false, CLOSED, 1001",
    "weAnswered, received, false, CLOSED, 1001",
    "weAnswered, disconnected, -, CLOSED, 1001",
  })
  void everyEventInEverySituation(
      String situation, String event, String answer, State state, int statusCode) {
    CloseAutomaton automaton = in(situation);
    assertEquals(answer, happen(automaton, event));
    assertEquals(state, automaton.state());
    if (statusCode == 0) {
      assertThrows(IllegalStateException.class, automaton::status);
    } else {
      assertEquals(statusCode, automaton.status().code());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "opened, true",
    "weClosed, false",
    "weFailed, false",
    "lost, false",
    "theyAnswered, false",
    "weAnswered, false",
  })
  void tellsWhetherDataMayBeSent(String situation, boolean send) {
    assertEquals(send, in(situation).maySend());
  }

  @Test
  void statusIsTheWholePayloadNotOnlyItsCode() {
    assertEquals(THEIRS, in("weAnswered").status());
    assertEquals(OURS, in("theyAnswered").status());
    assertEquals(FAILURE, in("weFailed").status());
    assertEquals(new ClosePayload(1006, ""), in("lost").status());
  }

  @Test
  void aPeerThatAnswersOurCloseWithNothingHasAnsweredIt() {
    CloseAutomaton automaton = in("weClosed");
    automaton.received(new ClosePayload(1005, ""));
    assertEquals(OURS, automaton.status());
  }

  private static CloseAutomaton in(String situation) {
    CloseAutomaton automaton = new CloseAutomaton();
    switch (situation) {
      case "opened" -> {}
      case "weClosed" -> automaton.close(OURS);
      case "weFailed" -> automaton.fail(FAILURE);
      case "lost" -> automaton.disconnected();
      case "theyAnswered" -> {
        automaton.close(OURS);
        automaton.received(THEIRS);
      }
      case "weAnswered" -> automaton.received(THEIRS);
      default -> throw new IllegalArgumentException(situation);
    }
    return automaton;
  }

  private static String happen(CloseAutomaton automaton, String event) {
    switch (event) {
      case "close":
        return String.valueOf(automaton.close(LATE));
      case "fail":
        return String.valueOf(automaton.fail(LATE));
      case "received":
        return String.valueOf(automaton.received(LATE));
      case "disconnected":
        automaton.disconnected();
        return "-";
      default:
        throw new IllegalArgumentException(event);
    }
  }
}
