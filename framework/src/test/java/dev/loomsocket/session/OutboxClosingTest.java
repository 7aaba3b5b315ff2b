package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Doing;
import dev.loomsocket.net.MemoryTransport;
import dev.loomsocket.net.Transport;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.wire.ClosePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The closing handshake while messages wait: the peer takes nothing until a test lets it. */
@Timeout(60)
class OutboxClosingTest {
  private static final Duration SEND_TIMEOUT = Settings.DEFAULT.sendTimeout();
  private static final long FOR_EVER = Duration.ofHours(1).toNanos();

  private final Peer peer = new Peer();
  private final MemoryTransport transport = peer.transport();
  private final Outbox outbox =
      new Outbox(
          transport,
          new BufferPool(4),
          Settings.queue(100),
          null,
          Thread.currentThread(),
          Settings.MEMORY);

  @Test
  void ourCloseGoesBehindWhatWaitsAndIsAnswered() {
    queue("first");
    outbox.closing().close(new CloseStatus(4000, "enough"));
    assertClosing();
    assertFalse(outbox.ending().isClosed());
    outbox.closing().received(new ClosePayload(4000, "enough"));
    assertEnd(4000, "text first", "close 4000 enough");
  }

  @Test
  void ourCloseKeepsItsStatusWhateverThePeerAnswers() {
    queue("first");
    outbox.closing().close(CloseStatus.NORMAL);
    outbox.closing().received(new ClosePayload(3000, "something else"));
    assertEnd(1000, "text first", "close 1000");
  }

  @Test
  void thePeersCloseIsEchoedBehindWhatWaits() {
    queue("first");
    outbox.closing().received(new ClosePayload(4001, "bye"));
    assertClosing();
    assertEnd(4001, "text first", "close 4001 bye");
  }

  @Test
  void aCloseWithoutACodeIsEchoedWithoutOne() {
    queue("first");
    outbox.closing().received(new ClosePayload(1005, ""));
    assertEnd(1005, "text first", "close 1005");
  }

  @Test
  void aFailureIsToldBehindWhatWaits() {
    queue("first");
    outbox.closing().fail(1002, "because");
    assertClosing();
    assertEnd(1002, "text first", "close 1002 because");
  }

  @Test
  void whatWaitsIsWrittenAlthoughThePeerSendsNothingMore() {
    queue("first");
    outbox.closing().disconnected();
    assertClosing();
    assertEnd(1006, "text first");
  }

  @Test
  void aFailureAfterOurCloseTellsNothingMore() {
    queue("first");
    outbox.closing().close(CloseStatus.NORMAL);
    outbox.closing().fail(1002, "because");
    assertEnd(1002, "text first", "close 1000");
  }

  @Test
  void anEndWithoutAnAnswerToOurCloseIsAbnormal() {
    queue("first");
    outbox.closing().close(CloseStatus.NORMAL);
    outbox.closing().disconnected();
    assertEnd(1006, "text first", "close 1000");
  }

  @Test
  void theFirstEndDecides() {
    queue("first");
    outbox.closing().received(new ClosePayload(4001, "bye"));
    outbox.closing().close(CloseStatus.NORMAL);
    outbox.closing().fail(1011, "");
    outbox.closing().received(new ClosePayload(4002, "again"));
    outbox.closing().disconnected();
    assertEnd(4001, "text first", "close 4001 bye");
  }

  @Test
  void closingTwiceIsClosingOnce() {
    queue("first");
    outbox.closing().close(new CloseStatus(4000, ""));
    outbox.closing().close(new CloseStatus(4002, ""));
    outbox.closing().received(new ClosePayload(4000, ""));
    assertEnd(4000, "text first", "close 4000");
  }

  @Test
  void aRoomsMessageThatFindsTheQueueFullEndsTheSession() {
    queue("x".repeat(93));
    outbox.offer(frame("12345"));
    assertClosing();
    assertTrue(outbox.ending().isClosed());
    outbox.offer(frame("late"));
    assertEnd(1013, "text " + "x".repeat(93), "close 1013 this client is too slow");
  }

  @Test
  void aRoomsMessageThatFitsExactlyIsTaken() {
    queue("x".repeat(93));
    outbox.offer(frame("123"));
    assertTrue(outbox.ending().isOpen());
    transport.take(Long.MAX_VALUE);
    peer.awaitFrames("text " + "x".repeat(93), "text 123");
  }

  @Test
  void aRoomsMessageLargerThanTheQueueIsTakenWhenNothingWaits() {
    transport.take(0);
    outbox.offer(frame("x".repeat(200)));
    outbox.flush();
    assertTrue(outbox.ending().isOpen());
    outbox.offer(frame("y"));
    assertEnd(1013, "text " + "x".repeat(200), "close 1013 this client is too slow");
  }

  @Test
  void aRoomWritesBeforeItGivesAMemberUp() {
    transport.busy();
    for (int i = 0; i < 10; i++) {
      outbox.offer(frame("x".repeat(40)));
    }
    assertTrue(outbox.ending().isOpen());
    outbox.flush();
    assertEquals(10, peer.frames().size());
  }

  @Test
  void aSenderThatWaitsIsToldOfTheEnd() {
    queue("x".repeat(98));
    Doing one = Doing.start(() -> outbox.send(Message.text("one"))).awaitParked();
    Doing two = Doing.start(() -> outbox.reply(Message.text("two"))).awaitParked();
    Doing pong = Doing.start(() -> outbox.pong(new byte[0])).awaitParked();
    outbox.closing().close(CloseStatus.NORMAL);
    assertThrows(SessionClosedException.class, one::await);
    assertThrows(SessionClosedException.class, two::await);
    assertDone(pong);
    outbox.closing().received(new ClosePayload(1000, ""));
    assertEnd(1000, "text " + "x".repeat(98), "close 1000");
  }

  @Test
  void aClientThatTakesNothingForTooLongIsGivenUp() {
    queue("x".repeat(98));
    Doing sender = Doing.start(() -> outbox.send(Message.text("one"))).awaitParked();
    transport.awaitStalled();
    transport.advance(SEND_TIMEOUT);
    assertThrows(SessionClosedException.class, sender::await);
    transport.awaitClosed();
    assertTrue(outbox.ending().isClosed());
    assertEquals(1013, outbox.ending().status().code());
    outbox.awaitDrained(FOR_EVER);
  }

  @Test
  void aClientThatTakesAFewBytesInTimeIsNotGivenUp() {
    queue("hello");
    for (int i = 1; i <= 7; i++) {
      transport.awaitStalled();
      transport.trickle(1);
      transport.advance(SEND_TIMEOUT);
      transport.awaitReceived(i);
    }
    peer.awaitFrames("text hello");
    assertTrue(outbox.ending().isOpen());
  }

  @Test
  void aWriteThatFailsIsTheEnd() {
    transport.busy();
    outbox.send(Message.text("first"));
    transport.reset();
    outbox.flush();
    assertLost();
  }

  @Test
  void aWriteThatFailsLaterIsTheEndToo() {
    queue("x".repeat(98));
    Doing sender = Doing.start(() -> outbox.send(Message.text("one"))).awaitParked();
    transport.reset();
    assertThrows(SessionClosedException.class, sender::await);
    assertLost();
  }

  @Test
  void aFailureThatCannotBeToldKeepsItsStatus() {
    transport.reset();
    outbox.closing().fail(1002, "because");
    assertTrue(outbox.ending().isClosed());
    assertEquals(1002, outbox.ending().status().code());
  }

  @Test
  void aCloseThatCannotBeToldIsAbnormal() {
    transport.reset();
    outbox.closing().close(CloseStatus.NORMAL);
    assertLost();
  }

  @Test
  void thePeerHasTheCloseTimeoutToAnswer() {
    assertEquals(Transport.FOREVER, outbox.closing().timeLeft());
    outbox.closing().close(CloseStatus.NORMAL);
    assertEquals(Duration.ofSeconds(5).toNanos(), outbox.closing().timeLeft());
    transport.advance(Duration.ofSeconds(4));
    outbox.closing().close(CloseStatus.NORMAL);
    assertEquals(Duration.ofSeconds(1).toNanos(), outbox.closing().timeLeft());
  }

  @Test
  void whoeverReadsIsWokenWhenAnyThreadEndsTheSession() throws IOException {
    Doing.start(() -> outbox.closing().close(CloseStatus.NORMAL)).await();
    assertTrue(transport.isWoken());
    assertFalse(transport.awaitReadable(Transport.FOREVER));
    outbox.closing().fail(1002, ""); // the owner, while a relief reads
    assertTrue(transport.isWoken());
  }

  @Test
  void whoeverReadsIsWokenWhenTheQueueOverflows() throws IOException {
    queue("x".repeat(98));
    Doing.start(() -> outbox.offer(frame("y"))).await();
    assertTrue(transport.isWoken());
  }

  @Test
  void nobodyIsWokenForNothing() throws IOException {
    outbox.closing().received(new ClosePayload(1000, ""));
    Doing.start(() -> outbox.closing().close(CloseStatus.NORMAL)).await(); // it is closed already
    assertFalse(transport.isWoken());
  }

  @Test
  void waitingForTheLastByteEndsWithIt() throws IOException {
    queue("first");
    Doing waiting = Doing.start(() -> outbox.awaitDrained(FOR_EVER));
    transport.awaitStalled();
    transport.take(Long.MAX_VALUE);
    waiting.await();
    assertEquals(List.of("text first"), peer.frames());
  }

  @Test
  void waitingForTheLastByteEndsInTime() {
    queue("first");
    outbox.awaitDrained(1);
    assertEquals(List.of(), peer.frames());
  }

  @Test
  void waitingForTheLastByteEndsWithTheConnection() throws IOException {
    queue("first");
    Doing waiting = Doing.start(() -> outbox.awaitDrained(FOR_EVER));
    transport.close();
    waiting.await();
  }

  @Test
  void anInterruptMeantForAHandlerCostsNoBytes() throws IOException {
    queue("first");
    Doing waiting =
        Doing.start(() -> {
          Thread.currentThread().interrupt();
          outbox.awaitDrained(FOR_EVER);
        });
    transport.awaitStalled();
    waiting.thread().interrupt();
    transport.take(Long.MAX_VALUE);
    waiting.await();
    assertEquals(List.of("text first"), peer.frames());
  }

  /** A message that waits, as the peer takes nothing from now on. */
  private void queue(String text) {
    transport.take(0);
    outbox.send(Message.text(text));
    outbox.flush();
    transport.awaitStalled();
  }

  private static PreparedMessage frame(String text) {
    return new PreparedMessage(Message.text(text));
  }

  private static void assertDone(Doing doing) {
    try {
      doing.await();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Nothing more is sent. */
  private void assertClosing() {
    assertFalse(outbox.ending().isOpen());
    assertThrows(SessionClosedException.class, () -> outbox.send(Message.text("late")));
    assertThrows(SessionClosedException.class, () -> outbox.reply(Message.text("late")));
    outbox.offer(frame("late"));
    outbox.pong("late".getBytes(StandardCharsets.UTF_8));
    outbox.ping();
  }

  /** The peer takes everything now, which is these frames. */
  private void assertEnd(int code, String... frames) {
    assertTrue(outbox.ending().isClosed());
    assertEquals(code, outbox.ending().status().code());
    transport.take(Long.MAX_VALUE);
    outbox.awaitDrained(FOR_EVER);
    assertFalse(outbox.hasWaiting());
    assertEquals(List.of(frames), peer.frames());
  }

  private void assertLost() {
    assertTrue(outbox.ending().isClosed());
    assertFalse(transport.isOpen());
    assertEquals(1006, outbox.ending().status().code());
    assertFalse(outbox.hasWaiting());
    assertThrows(SessionClosedException.class, () -> outbox.send(Message.text("late")));
  }
}
