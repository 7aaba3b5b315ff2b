package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.wire.MemoryBudget;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits for slow clients has a bound for all of them together, here 100 000 bytes. */
@Timeout(60)
class OutboxMemoryTest {
  private static final String LARGE = "x".repeat(200_000);

  private final MemoryBudget memory = new MemoryBudget(100_000);
  private final BufferPool pool = new BufferPool(4);

  /** One session and its client. */
  private final class Slow {
    private final Peer peer = new Peer();
    private final Outbox outbox =
        new Outbox(
            peer.transport(),
            pool,
            Settings.queue(1_000_000),
            null,
            Thread.ofVirtual().unstarted(() -> {}), // every other thread writes at once
            memory);

    /** Sends it a message, of which it takes nothing. */
    Slow(String text) {
      peer.transport().take(0);
      outbox.send(Message.text(text));
    }

    void takeAll(String... frames) {
      peer.transport().take(Long.MAX_VALUE);
      peer.awaitFrames(frames);
      outbox.awaitDrained(Long.MAX_VALUE / 2);
    }
  }

  @Test
  void oneAloneMayTakeMoreThanThereIs() {
    Slow alone = new Slow(LARGE);
    alone.outbox.send(Message.text("more"));
    assertTrue(alone.outbox.ending().isOpen());
    assertEquals(50_000, memory.taken(), "half of what there is");
    alone.takeAll("text " + LARGE, "text more");
    assertEquals(0, memory.taken());
  }

  @Test
  void whoBecomesSlowWhenNothingIsLeftIsGivenUp() {
    Slow first = new Slow(LARGE);
    Slow second = new Slow("small"); // for which the large one leaves room
    assertTrue(second.outbox.ending().isOpen());
    long taken = memory.taken();
    Slow third = new Slow(LARGE);
    assertEquals(1013, third.outbox.ending().status().code());
    assertFalse(third.peer.transport().isOpen());
    assertEquals(taken, memory.taken());
    assertTrue(first.outbox.ending().isOpen());
    first.takeAll("text " + LARGE);
    Slow fourth = new Slow(LARGE);
    assertTrue(fourth.outbox.ending().isOpen());
    fourth.takeAll("text " + LARGE);
    second.takeAll("text small");
    assertEquals(0, memory.taken());
  }

  @Test
  void whoIsSlowAlreadyHasAFullQueueThen() {
    Slow first = new Slow("small");
    Slow second = new Slow("small");
    assertTrue(first.outbox.offer(message("fits")) == 0);
    memory.take(100_000); // others hold it
    first.outbox.offer(message("too much"));
    assertEquals(1013, first.outbox.ending().status().code());
    memory.giveBack(100_000);
    first.takeAll("text small", "text fits", "close 1013 this client is too slow");
    second.takeAll("text small");
    assertEquals(0, memory.taken());
  }

  private static PreparedMessage message(String text) {
    return new PreparedMessage(Message.text(text));
  }

  @Test
  void whoTakesEverythingAtOnceCountsNowhere() {
    memory.take(100_000); // others hold it
    Peer peer = new Peer();
    Outbox outbox =
        new Outbox(
            peer.transport(),
            pool,
            Settings.DEFAULT,
            null,
            Thread.ofVirtual().unstarted(() -> {}),
            memory);
    for (String text : List.of(LARGE, "small")) {
      outbox.send(Message.text(text));
    }
    peer.awaitFrames("text " + LARGE, "text small");
    assertTrue(outbox.ending().isOpen());
    assertEquals(100_000, memory.taken());
  }
}
