package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Doing;
import dev.loomsocket.net.MemoryTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Who writes when, and who waits while the queue of 100 bytes is full. The test's thread is the
 * owner.
 */
@Timeout(60)
class OutboxTest {
  private static final int QUEUE = 100;
  private static final String FIFTY = "x".repeat(48); // in a frame, with its header of two bytes

  private final Peer peer = new Peer();
  private final MemoryTransport transport = peer.transport();
  private final Outbox outbox =
      new Outbox(
          transport,
          new BufferPool(4),
          Settings.queue(QUEUE),
          null,
          Thread.currentThread(),
          Settings.MEMORY);

  @Test
  void whatTheOwnerSendsIsGatheredUntilTheFlush() {
    transport.busy();
    send("one");
    send("two");
    assertEquals(List.of(), peer.frames());
    outbox.flush();
    assertEquals(List.of("text one", "text two"), peer.frames());
    assertEquals(1, transport.writes());
  }

  @Test
  void whileTheOwnerIsBusyTheTransportFlushes() {
    send("one");
    peer.awaitFrames("text one");
  }

  @Test
  void theTransportIsAskedOnceForManyMessages() {
    transport.busy();
    send("one");
    send("two");
    assertEquals(1, transport.soon());
    transport.idle();
    peer.awaitFrames("text one", "text two");
    transport.busy();
    send("three");
    assertEquals(1, transport.soon());
  }

  @Test
  void whatOthersSendIsWrittenAtOnce() throws IOException {
    transport.busy();
    Doing.start(() -> send("one")).await();
    assertEquals(List.of("text one"), peer.frames());
    assertEquals(0, transport.soon());
  }

  @Test
  void whatTheOwnerHasGatheredLeavesBeforeWhatOthersSend() throws IOException {
    transport.busy();
    send("one");
    Doing.start(() -> send("two")).await();
    assertEquals(List.of("text one", "text two"), peer.frames());
  }

  @Test
  void answersAndPongsWaitForTheOwnersFlush() {
    transport.busy();
    outbox.reply(Message.text("one"));
    outbox.pong("two".getBytes(StandardCharsets.UTF_8));
    assertTrue(outbox.hasWaiting());
    assertEquals(0, transport.soon());
    outbox.flushOrOwe();
    assertEquals(1, transport.soon());
    outbox.flush();
    assertEquals(List.of("text one", "pong two"), peer.frames());
    assertFalse(outbox.hasWaiting());
  }

  @Test
  void whatTheSocketDoesNotTakeIsWrittenLater() throws IOException {
    transport.take(3);
    Doing.start(() -> send("one")).await();
    transport.awaitStalled();
    send("two");
    transport.take(4);
    transport.awaitReceived(7);
    transport.take(Long.MAX_VALUE);
    peer.awaitFrames("text one", "text two");
  }

  @Test
  void nobodyElseWritesWhileTheRestWaits() {
    transport.take(0);
    send("one");
    outbox.flush();
    transport.awaitStalled();
    int writes = transport.writes();
    send("two");
    outbox.flush();
    assertEquals(writes, transport.writes());
  }

  @Test
  void aSenderWaitsWhileTheQueueIsFull() throws IOException {
    transport.take(0);
    send(FIFTY);
    send(FIFTY); // exactly full
    Doing third = Doing.start(() -> send(FIFTY)).awaitParked();
    transport.take(49);
    transport.awaitReceived(49);
    transport.awaitStalled();
    assertTrue(third.thread().isAlive());
    transport.take(Long.MAX_VALUE);
    third.await();
    peer.awaitFrames("text " + FIFTY, "text " + FIFTY, "text " + FIFTY);
  }

  @Test
  void noMoreThanTheQueueEverWaits() {
    transport.take(0);
    send(FIFTY);
    Doing.start(() -> send("y".repeat(49))).awaitParked(); // one byte too many, with its header
    send(FIFTY);
  }

  @Test
  void everySenderThatWaitsGoesOn() throws IOException {
    transport.take(0);
    send("x".repeat(98));
    Doing[] waiting = new Doing[5];
    for (int i = 0; i < waiting.length; i++) {
      waiting[i] = Doing.start(() -> send(FIFTY)).awaitParked();
    }
    transport.take(Long.MAX_VALUE);
    for (Doing each : waiting) {
      each.await();
    }
    assertEquals(1 + waiting.length, peer.frames().size());
  }

  @Test
  void aMessageLargerThanTheQueueIsTakenWhenNothingWaits() throws IOException {
    transport.take(0);
    send("x".repeat(1_000));
    Doing second = Doing.start(() -> send("y".repeat(1_000))).awaitParked();
    transport.take(1_004);
    second.await();
    transport.awaitStalled();
    transport.take(Long.MAX_VALUE);
    peer.awaitFrames("text " + "x".repeat(1_000), "text " + "y".repeat(1_000));
  }

  @Test
  void theOwnerWaitsTooWithItsAnswersAndPongs() throws IOException {
    transport.take(0);
    Doing replies =
        Doing.start(() -> {
          outbox.reply(Message.text(FIFTY));
          outbox.reply(Message.text(FIFTY));
          outbox.reply(Message.text("one"));
          outbox.pong(FIFTY.getBytes(StandardCharsets.UTF_8));
          outbox.pong(FIFTY.getBytes(StandardCharsets.UTF_8));
          outbox.ping();
          outbox.flush();
        });
    for (int taken = 100; taken <= 200; taken += 100) {
      replies.awaitParked();
      transport.take(100);
      transport.awaitReceived(taken);
    }
    transport.take(Long.MAX_VALUE);
    replies.await();
    peer.awaitFrames(
        "text " + FIFTY,
        "text " + FIFTY,
        "text one",
        "pong " + FIFTY,
        "pong " + FIFTY,
        "ping 00000001");
  }

  @Test
  void aPingTellsTheTimeUntilItsPong() {
    outbox.ping();
    peer.awaitFrames("ping 00000001");
    assertTrue(outbox.roundTrip(Frames.hex("00 00 00 01")).orElseThrow().toNanos() >= 0);
    assertEquals(Optional.empty(), outbox.roundTrip(Frames.hex("00 00 00 02")));
  }

  private void send(String text) {
    outbox.send(Message.text(text));
  }
}
