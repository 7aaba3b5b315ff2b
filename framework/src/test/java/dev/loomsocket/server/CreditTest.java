package dev.loomsocket.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Ten seconds at first, and a minute at most. */
class CreditTest {
  private final Credit credit = new Credit(ServerSettings.DEFAULT);

  private static long seconds(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void waitingCosts() {
    assertEquals(seconds(10), credit.left());
    credit.waited(seconds(4), 0);
    assertEquals(seconds(6), credit.left());
    assertFalse(credit.isUsedUp());
    credit.waited(seconds(7), 0); // a wait may end late
    assertTrue(credit.isUsedUp());
  }

  @Test
  void bytesEarn() {
    credit.waited(seconds(10), 2 * 1024);
    assertTrue(Math.abs(credit.left() - seconds(2)) < 2_000, "1 KiB for a second");
  }

  @Test
  void nobodySavesMoreThanAMinute() {
    credit.waited(0, 1 << 30);
    assertEquals(seconds(60), credit.left());
  }
}
