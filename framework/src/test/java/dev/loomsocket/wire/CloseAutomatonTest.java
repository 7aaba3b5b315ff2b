package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.wire.CloseAutomaton.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloseAutomatonTest {
  private static final ClosePayload OURS = new ClosePayload(1000, "ours");
  private static final ClosePayload FAILURE = new ClosePayload(1002, "failure");
  private static final ClosePayload THEIRS = new ClosePayload(1001, "theirs");
  private static final ClosePayload LATE = new ClosePayload(4000, "late");

  /**
   * From each situation each event: the answer, and the state, the status and the cleanness after
   * it.
   */
  @ParameterizedTest
  @CsvSource({
    // situation, event, answer, state, status code (0: not known), clean
    "opened, close, true, CLOSE_SENT, 0, false",
    "opened, fail, true, CLOSED, 4000, false",
    "opened, received, true, CLOSE_RECEIVED, 4000, false",
    "opened, echoed, -, OPEN, 0, false",
    "opened, disconnected, -, CLOSED, 1006, false",
    "weClosed, close, false, CLOSE_SENT, 0, false",
    "weClosed, fail, false, CLOSED, 4000, false",
    "weClosed, received, false, CLOSED, 1000, true",
    "weClosed, echoed, -, CLOSE_SENT, 0, false",
    "weClosed, disconnected, -, CLOSED, 1006, false",
    "theyClosed, close, false, CLOSE_RECEIVED, 1001, false",
    "theyClosed, fail, false, CLOSE_RECEIVED, 1001, false",
    "theyClosed, received, false, CLOSE_RECEIVED, 1001, false",
    "theyClosed, echoed, -, CLOSED, 1001, true",
    "theyClosed, disconnected, -, CLOSED, 1001, false",
    "weFailed, close, false, CLOSED, 1002, false",
    "weFailed, fail, false, CLOSED, 1002, false",
    "weFailed, received, false, CLOSED, 1002, false",
    "weFailed, echoed, -, CLOSED, 1002, false",
    "weFailed, disconnected, -, CLOSED, 1002, false",
    "lost, close, false, CLOSED, 1006, false",
    "lost, fail, false, CLOSED, 1006, false",
    "lost, received, false, CLOSED, 1006, false",
    "lost, echoed, -, CLOSED, 1006, false",
    "lost, disconnected, -, CLOSED, 1006, false",
    "theyAnswered, close, false, CLOSED, 1000, true",
    "theyAnswered, fail, false, CLOSED, 1000, true",
    "theyAnswered, received, false, CLOSED, 1000, true",
    "theyAnswered, echoed, -, CLOSED, 1000, true",
    "theyAnswered, disconnected, -, CLOSED, 1000, true",
    "weAnswered, close, false, CLOSED, 1001, true",
    "weAnswered, fail, false, CLOSED, 1001, true",
    "weAnswered, received, false, CLOSED, 1001, true",
    "weAnswered, echoed, -, CLOSED, 1001, true",
    "weAnswered, disconnected, -, CLOSED, 1001, true",
  })
  void everyEventInEverySituation(
      String situation, String event, String answer, State state, int statusCode, boolean clean) {
    CloseAutomaton automaton = in(situation);
    assertEquals(answer, happen(automaton, event));
    assertEquals(state, automaton.state());
    assertEquals(clean, automaton.isClean());
    if (statusCode == 0) {
      assertThrows(IllegalStateException.class, automaton::status);
    } else {
      assertEquals(statusCode, automaton.status().code());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "opened, true, true",
    "weClosed, false, true",
    "theyClosed, false, false",
    "weFailed, false, false",
    "lost, false, false",
    "theyAnswered, false, false",
    "weAnswered, false, false",
  })
  void tellsWhetherDataMayBeSentAndIsDelivered(String situation, boolean send, boolean receive) {
    assertEquals(send, in(situation).maySend());
    assertEquals(receive, in(situation).mayReceiveData());
  }

  @ParameterizedTest
  @ValueSource(strings = {"theyClosed", "weAnswered"})
  void echoesWhatThePeerSaid(String situation) {
    assertEquals(THEIRS, in(situation).echo());
  }

  @ParameterizedTest
  @ValueSource(strings = {"opened", "weClosed", "weFailed", "lost", "theyAnswered"})
  void owesNoEchoToWhoDidNotCloseFirst(String situation) {
    assertThrows(IllegalStateException.class, () -> in(situation).echo());
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
      case "theyClosed" -> automaton.received(THEIRS);
      case "weFailed" -> automaton.fail(FAILURE);
      case "lost" -> automaton.disconnected();
      case "theyAnswered" -> {
        automaton.close(OURS);
        automaton.received(THEIRS);
      }
      case "weAnswered" -> {
        automaton.received(THEIRS);
        automaton.echoed();
      }
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
      case "echoed":
        automaton.echoed();
        return "-";
      case "disconnected":
        automaton.disconnected();
        return "-";
      default:
        throw new IllegalArgumentException(event);
    }
  }
}
