package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.session.KeepAlive.Due;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
  private static final long START = 1_000;

  @Test
  void pingsAfterSilence() {
    KeepAlive keepAlive = keepAlive(Duration.ZERO);
    assertEquals(seconds(25), keepAlive.timeout(START));
    assertEquals(Due.NOTHING, keepAlive.due(START + seconds(25) - 1));
    assertEquals(Due.PING, keepAlive.due(START + seconds(25)));
  }

  @Test
  void pingsOnceForOneSilence() {
    KeepAlive keepAlive = keepAlive(Duration.ZERO);
    keepAlive.due(START + seconds(25));
    assertEquals(Due.NOTHING, keepAlive.due(START + seconds(26)));
    assertEquals(seconds(19), keepAlive.timeout(START + seconds(26)));
  }

  @Test
  void aPeerThatDoesNotAnswerIsLost() {
    KeepAlive keepAlive = keepAlive(Duration.ZERO);
    keepAlive.due(START + seconds(25));
    assertEquals(Due.NOTHING, keepAlive.due(START + seconds(45) - 1));
    assertEquals(Due.LOST, keepAlive.due(START + seconds(45)));
  }

  @Test
  void aPeerIsNotLostBeforeItHadTheTimeToAnswer() {
    KeepAlive keepAlive = keepAlive(Duration.ZERO);
    long late = START + seconds(60); // a handler took its time
    assertEquals(-seconds(35), keepAlive.timeout(late));
    assertEquals(Due.PING, keepAlive.due(late));
    assertEquals(seconds(20), keepAlive.timeout(late));
    assertEquals(Due.NOTHING, keepAlive.due(late + seconds(20) - 1));
    assertEquals(Due.LOST, keepAlive.due(late + seconds(20)));
  }

  @Test
  void withoutATimeThereAreNoPings() {
    KeepAlive keepAlive = keepAlive(Duration.ZERO, Duration.ZERO);
    assertEquals(Long.MAX_VALUE, keepAlive.timeout(START + seconds(100)));
    assertEquals(Due.NOTHING, keepAlive.due(START + seconds(100)));
  }

  @Test
  void withoutPingsTheIdleTimeoutHolds() {
    KeepAlive keepAlive = keepAlive(Duration.ZERO, Duration.ofSeconds(30));
    assertEquals(seconds(10), keepAlive.timeout(START + seconds(20)));
    assertEquals(Due.IDLE, keepAlive.due(START + seconds(30)));
  }

  @Test
  void theClockMayStartAnywhere() {
    for (long start : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE - 1}) {
      KeepAlive keepAlive =
          new KeepAlive(
              new KeepAlive.Times(settings(Duration.ofSeconds(25), Duration.ofSeconds(40))), start);
      assertEquals(seconds(25), keepAlive.timeout(start));
      assertEquals(Due.NOTHING, keepAlive.due(start + seconds(25) - 1));
      assertEquals(Due.PING, keepAlive.due(start + seconds(25)));
      assertEquals(seconds(15), keepAlive.timeout(start + seconds(25)));
      assertEquals(Due.IDLE, keepAlive.due(start + seconds(40)));
    }
  }

  @Test
  void anythingThatIsHeardAnswersThePing() {
    KeepAlive keepAlive = keepAlive(Duration.ZERO);
    keepAlive.due(START + seconds(25));
    keepAlive.heard(START + seconds(30));
    assertEquals(seconds(25), keepAlive.timeout(START + seconds(30)));
    assertEquals(Due.NOTHING, keepAlive.due(START + seconds(54)));
    assertEquals(Due.PING, keepAlive.due(START + seconds(55)));
  }

  @Test
  void whoTakesWhatWaitsForItIsAlive() {
    KeepAlive keepAlive = keepAlive(Duration.ZERO);
    keepAlive.due(START + seconds(25));
    keepAlive.taken(START + seconds(30));
    assertEquals(Due.NOTHING, keepAlive.due(START + seconds(54)));
    assertEquals(Due.PING, keepAlive.due(START + seconds(55)));
    keepAlive.taken(START + seconds(30)); // that is known
    assertEquals(Due.LOST, keepAlive.due(START + seconds(75)));
  }

  @Test
  void whoHasTakenNothingIsNoMoreAliveForIt() {
    KeepAlive keepAlive = keepAlive(Duration.ZERO);
    keepAlive.taken(0);
    assertEquals(Due.PING, keepAlive.due(START + seconds(25)));
  }

  @Test
  void pongsAreNoMessagesForTheIdleTimeout() {
    KeepAlive keepAlive = keepAlive(Duration.ofSeconds(40));
    keepAlive.heard(START + seconds(39));
    assertEquals(seconds(1), keepAlive.timeout(START + seconds(39)));
    assertEquals(Due.IDLE, keepAlive.due(START + seconds(40)));
  }

  @Test
  void aMessageStartsTheIdleTimeoutAnew() {
    KeepAlive keepAlive = keepAlive(Duration.ofSeconds(10));
    keepAlive.heard(START + seconds(9));
    keepAlive.message(START + seconds(9));
    assertEquals(Due.NOTHING, keepAlive.due(START + seconds(18)));
    assertEquals(Due.IDLE, keepAlive.due(START + seconds(19)));
  }

  @Test
  void whileAHandlerIsBusyNobodyIsIdle() {
    KeepAlive keepAlive = keepAlive(Duration.ZERO, Duration.ofSeconds(10));
    keepAlive.busy();
    assertEquals(Long.MAX_VALUE, keepAlive.timeout(START + seconds(30)));
    assertEquals(Due.NOTHING, keepAlive.due(START + seconds(30)));
    keepAlive.message(START + seconds(30));
    assertEquals(seconds(10), keepAlive.timeout(START + seconds(30)));
    assertEquals(Due.IDLE, keepAlive.due(START + seconds(40)));
  }

  private static KeepAlive keepAlive(Duration idleTimeout) {
    return keepAlive(Duration.ofSeconds(25), idleTimeout);
  }

  private static KeepAlive keepAlive(Duration pingAfter, Duration idleTimeout) {
    return new KeepAlive(new KeepAlive.Times(settings(pingAfter, idleTimeout)), START);
  }

  private static SessionSettings settings(Duration pingAfter, Duration idleTimeout) {
    SessionSettings d = SessionSettings.DEFAULT;
    return new SessionSettings(
        d.maxMessageSize(),
        d.maxStreamSize(),
        d.maxQueueSize(),
        d.sendTimeout(),
        pingAfter,
        Duration.ofSeconds(20),
        idleTimeout,
        d.closeTimeout(),
        d.overflow(),
        d.allowedOrigins(),
        d.compression());
  }

  private static long seconds(int n) {
    return Duration.ofSeconds(n).toNanos();
  }
}
