package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PingsTest {
  private final Pings pings = new Pings();

  @Test
  void pingsAreNumbered() {
    assertArrayEquals(Frames.hex("00 00 00 01"), pings.next(0));
    assertArrayEquals(Frames.hex("00 00 00 02"), pings.next(0));
  }

  @Test
  void theAnswerToTheLatestTellsItsTime() {
    byte[] payload = pings.next(100);
    assertEquals(Optional.of(Duration.ofNanos(23)), pings.roundTrip(payload, 123));
  }

  @Test
  void anAnswerToAnEarlierOneTellsNothing() {
    byte[] earlier = pings.next(100);
    pings.next(200);
    assertEquals(Optional.empty(), pings.roundTrip(earlier, 300));
  }

  @Test
  void aPongThatAnswersNothingTellsNothing() {
    assertEquals(Optional.empty(), pings.roundTrip(Frames.hex("00 00 00 00"), 1));
    pings.next(0);
    assertEquals(Optional.empty(), pings.roundTrip(new byte[0], 1));
    assertEquals(Optional.empty(), pings.roundTrip(Frames.hex("00 00 00 01 00"), 1));
    assertEquals(Optional.empty(), pings.roundTrip(Frames.hex("00 00 00 02"), 1));
  }
}
