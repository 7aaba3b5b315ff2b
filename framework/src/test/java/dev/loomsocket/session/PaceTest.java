package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PaceTest {
  private long now = 5;
  private int rests;
  private final Pace pace =
      new Pace(
          () -> now,
          () -> {
            rests++;
            now += 1_000;
          });

  @Test
  void workThatTakesNoTimeNeedsNoRest() {
    for (int i = 0; i < 1_000; i++) {
      pace.worked(Pace.LOOK);
    }
    assertEquals(0, rests);
  }

  @Test
  void thereIsARestAfterEachShift() {
    now += Pace.SHIFT - 1;
    pace.worked(Pace.LOOK);
    assertEquals(0, rests);
    now++;
    pace.worked(Pace.LOOK);
    assertEquals(1, rests);
    pace.worked(Pace.LOOK);
    assertEquals(1, rests);
    now += Pace.SHIFT;
    pace.worked(2 * Pace.LOOK);
    assertEquals(2, rests);
  }

  @Test
  void theClockIsLookedAtOnceInManyBytes() {
    now += Pace.SHIFT;
    for (int i = 1; i < Pace.LOOK; i++) {
      pace.worked(1);
    }
    assertEquals(0, rests);
    pace.worked(1);
    assertEquals(1, rests);
  }
}
