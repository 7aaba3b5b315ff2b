package dev.loomsocket.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Doing;
import dev.loomsocket.session.PreparedMessage.Fate;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Overflow;
import dev.loomsocket.wire.DeflateOptions;
import dev.loomsocket.wire.DeflateParameters;
import dev.loomsocket.wire.DeflatePools;
import dev.loomsocket.wire.Opcode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What becomes of rooms' messages for a client that takes nothing. The queue takes 1 000 bytes, a
 * message has 98 and its header; the first one is on its way.
 */
@Timeout(60)
class OutboxOverflowTest {
  private static final int QUEUE = 1_000;

  private final Peer peer = new Peer();
  private Outbox outbox = outbox(peer, null);

  @Test
  void closeIsWhatHoldsUnlessItIsSaid() {
    stall();
    offer(null, 1, 9);
    assertTrue(outbox.ending().isOpen());
    offer(null, 10, 10);
    assertEquals(1013, outbox.ending().status().code());
    go();
    awaitFrames(numbers(0, 9), "close 1013 this client is too slow");
    assertEquals(0, outbox.droppedMessages());
  }

  @Test
  void anEndpointsPolicyHoldsWhereTheRoomHasNone() {
    SessionSettings settings = Settings.queue(QUEUE, Overflow.DROP_NEWEST);
    outbox =
        new Outbox(
            peer.transport(), new BufferPool(4), settings, null, unstarted(), Settings.MEMORY);
    stall();
    offer(null, 1, 20);
    assertEquals(11, outbox.droppedMessages());
    offer(Overflow.CLOSE, 21, 21);
    assertFalse(outbox.ending().isOpen());
  }

  @Test
  void dropNewestKeepsWhatWaits() {
    stall();
    assertEquals(0, offer(Overflow.DROP_NEWEST, 1, 9));
    assertEquals(90, offer(Overflow.DROP_NEWEST, 10, 99));
    assertEquals(90, outbox.droppedMessages());
    go();
    awaitFrames(numbers(0, 9));
    offer(Overflow.DROP_NEWEST, 100, 100);
    awaitFrames(numbers(0, 9), number(100));
    assertEquals(90, outbox.droppedMessages());
  }

  @Test
  void dropOldestKeepsWhatIsNew() {
    stall();
    assertEquals(0, offer(Overflow.DROP_OLDEST, 1, 9));
    assertEquals(QUEUE, outbox.queuedBytes());
    assertEquals(90, offer(Overflow.DROP_OLDEST, 10, 99));
    assertEquals(90, outbox.droppedMessages());
    assertEquals(QUEUE, outbox.queuedBytes());
    go();
    awaitFrames(numbers(0, 0), numbers(91, 99));
    assertEquals(0, outbox.queuedBytes());
  }

  @Test
  void aFrameThatIsPartlyWrittenIsNotDropped() {
    stall();
    peer.transport().take(50);
    peer.transport().awaitReceived(50);
    peer.transport().awaitStalled();
    offer(Overflow.DROP_OLDEST, 1, 99);
    go();
    awaitFrames(numbers(0, 0), numbers(91, 99));
  }

  @Test
  void nothingIsDroppedForAMessageThatHasNoRoomAnyhow() {
    stall();
    offer(Overflow.DROP_OLDEST, 1, 5);
    assertEquals(1, outbox.offer(message("x".repeat(2_000), Overflow.DROP_OLDEST, null)));
    go();
    awaitFrames(numbers(0, 5));
  }

  @Test
  void aMessageOfTheSessionsOwnIsNotDroppedAndKeepsItsPlace() throws IOException {
    stall();
    offer(Overflow.DROP_OLDEST, 1, 3);
    outbox.send(Message.text("mine"));
    offer(Overflow.DROP_OLDEST, 4, 99);
    go();
    awaitFrames(numbers(0, 0), List.of("text mine"), numbers(92, 99));
  }

  @Test
  void controlFramesAreNotDroppedAndNeedNotWait() throws IOException {
    stall();
    offer(Overflow.DROP_OLDEST, 1, 9);
    outbox.pong("pong".getBytes(UTF_8));
    outbox.ping();
    offer(Overflow.DROP_OLDEST, 10, 99);
    outbox.closing().close(CloseStatus.NORMAL);
    go();
    awaitFrames(
        numbers(0, 0),
        List.of("pong pong", "ping 00000001"),
        numbers(92, 99), // the two take a place of the queue
        "close 1000");
  }

  @Test
  void conflatingKeepsTheNewestOfEachKey() {
    stall();
    for (int round = 0; round < 50; round++) {
      for (String key : List.of("a", "b", "c")) {
        assertEquals(
            round == 0 ? 0 : 1, outbox.offer(message(key + round, Overflow.CONFLATE, key)));
      }
    }
    outbox.offer(message("keyless", Overflow.CONFLATE, null));
    outbox.offer(message("a50", Overflow.CONFLATE, "a"));
    assertEquals(3 * 49 + 1, outbox.droppedMessages());
    go();
    awaitFrames(
        numbers(0, 0), List.of("text b49", "text c49", "text keyless", "text a50"), List.of());
  }

  @Test
  void whatConflatingCannotHoldClosesTheConnection() {
    stall();
    for (int i = 1; i <= 9; i++) {
      outbox.offer(message(text(i), Overflow.CONFLATE, i));
    }
    outbox.offer(message(text(9), Overflow.CONFLATE, 9));
    assertTrue(outbox.ending().isOpen());
    outbox.offer(message(text(10), Overflow.CONFLATE, 10));
    assertEquals(1013, outbox.ending().status().code());
    go();
    awaitFrames(numbers(0, 9), "close 1013 this client is too slow");
  }

  @Test
  void aClientThatKeepsUpGetsEveryMessageOfAKey() {
    for (int i = 0; i < 10; i++) {
      assertEquals(0, outbox.offer(message(text(i), Overflow.CONFLATE, "key")));
      outbox.flush();
    }
    awaitFrames(numbers(0, 9));
  }

  @Test
  void tinyMessagesDoNotWaitInEndlessNumbers() {
    stall();
    for (int i = 0; i < 10_000; i++) {
      outbox.offer(message("x", Overflow.DROP_OLDEST, null));
    }
    assertTrue(outbox.droppedMessages() > 9_900, () -> "" + outbox.droppedMessages());
  }

  @ParameterizedTest
  @EnumSource(Overflow.class)
  void whatFollowsAStreamedMessageIsBoundedToo(Overflow policy) throws IOException {
    OutgoingMessage streamed = outbox.stream(Opcode.TEXT);
    streamed.write('s');
    streamed.flush();
    for (int i = 0; i <= 20; i++) {
      outbox.offer(message(text(i), policy, i % 2));
    }
    outbox.flush();
    if (policy == Overflow.CLOSE) {
      peer.awaitFrames("1 73", "close 1013 this client is too slow");
      return;
    }
    streamed.close();
    outbox.flush();
    switch (policy) {
      case DROP_NEWEST -> awaitFrames(List.of("1 73", "80 "), numbers(0, 9));
      case DROP_OLDEST -> awaitFrames(List.of("1 73", "80 "), numbers(11, 20));
      default -> awaitFrames(List.of("1 73", "80 "), numbers(19, 20));
    }
  }

  @Test
  void aStreamedMessageBeginsBehindWhatWaited() throws IOException {
    stall();
    offer(Overflow.DROP_OLDEST, 1, 5);
    Doing streaming =
        Doing.start(
                () -> {
                  OutgoingMessage streamed = outbox.stream(Opcode.TEXT);
                  streamed.write('s');
                  streamed.close();
                })
            .awaitParked();
    go();
    streaming.await();
    awaitFrames(numbers(0, 5), "text s");
  }

  @Test
  void withAContextWhatIsDroppedHasNotBeenCompressed() {
    DeflatePools pools = new DeflatePools(1);
    DeflateParameters parameters = new DeflateParameters(false, false, 15, 15);
    Compressor keeping =
        new Compressor(pools, new DeflateOptions(true, 6, 0, true, true, 15), parameters);
    outbox = outbox(peer, keeping);
    stall();
    offer(Overflow.DROP_OLDEST, 1, 50);
    outbox.send(Message.text("mine"));
    offer(Overflow.DROP_OLDEST, 51, 99);
    go();
    List<String> texts = new ArrayList<>();
    Inflater inflater = new Inflater(true);
    while (texts.isEmpty() || !texts.getLast().equals(text(99))) {
      int known = texts.size();
      peer.transport().awaitReceived(bytes -> Frames.read(bytes).size() > known);
      Frames.Frame frame = Frames.read(peer.transport().received()).get(known);
      assertEquals(0xc1, frame.first());
      texts.add(inflate(inflater, frame.payload()));
    }
    inflater.end();
    assertEquals(text(0), texts.removeFirst());
    assertEquals("mine", texts.removeFirst());
    for (int number = 99; !texts.isEmpty(); number--) {
      assertEquals(text(number), texts.removeLast());
    }
    assertTrue(outbox.droppedMessages() >= 90);
  }

  /** With what came before (RFC 7692 §7.2.2). */
  private static String inflate(Inflater inflater, byte[] payload) {
    byte[] text = new byte[1_000];
    try {
      inflater.setInput(Frames.join(payload, Frames.hex("00 00 ff ff")));
      return new String(text, 0, inflater.inflate(text), UTF_8);
    } catch (DataFormatException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReplayThatIsLargerThanTheQueueDoesNotMakeTheClientSlow() throws IOException {
    stall();
    outbox.replay(messages(1, 1_000));
    assertEquals(100 + 1_000 * 100, outbox.queuedBytes());
    offer(null, 1_001, 1_009);
    Doing sending = Doing.start(() -> outbox.send(Message.text(text(1_010)))).awaitParked();
    assertTrue(outbox.ending().isOpen());
    go();
    sending.await();
    awaitFrames(numbers(0, 1_010));
    assertEquals(0, outbox.queuedBytes());
  }

  @Test
  void whatFollowsAReplayIsBoundedAsEver() {
    stall();
    outbox.replay(messages(1, 100));
    offer(null, 101, 110);
    assertEquals(1013, outbox.ending().status().code());
    go();
    awaitFrames(numbers(0, 109), "close 1013 this client is too slow");
  }

  @Test
  void aReplayOnItsWayDoesNotCountEither() {
    stall();
    outbox.replay(messages(1, 500));
    peer.transport().take(250);
    peer.transport().awaitReceived(250);
    peer.transport().awaitStalled();
    offer(null, 501, 509);
    assertTrue(outbox.ending().isOpen());
    go();
    awaitFrames(numbers(0, 509));
  }

  @Test
  void whoAsksForReplaysAgainAndAgainAndTakesNoneIsTooSlow() {
    stall();
    outbox.replay(messages(1, 50));
    assertTrue(outbox.ending().isOpen());
    outbox.replay(messages(51, 60));
    assertEquals(1013, outbox.ending().status().code());
  }

  @Test
  void severalReplaysMayWaitThatFitIntoTheQueue() {
    stall();
    outbox.replay(messages(1, 4));
    outbox.replay(messages(5, 8));
    outbox.replay(messages(9, 12)); // these count, as the others have not gone yet
    assertTrue(outbox.ending().isOpen());
    go();
    awaitFrames(numbers(0, 12));
  }

  private static List<PreparedMessage> messages(int first, int last) {
    List<PreparedMessage> all = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      all.add(new PreparedMessage(Message.text(text(i))));
    }
    return all;
  }

  /** The client takes nothing, and number 0 is on its way. */
  private void stall() {
    peer.transport().take(0);
    outbox.offer(new PreparedMessage(Message.text(text(0))));
    outbox.flush();
    peer.transport().awaitStalled();
  }

  private void go() {
    peer.transport().take(Long.MAX_VALUE);
  }

  private int offer(@Nullable Overflow policy, int first, int last) {
    int dropped = 0;
    for (int i = first; i <= last; i++) {
      dropped += outbox.offer(message(text(i), policy, null));
      outbox.flush();
    }
    return dropped;
  }

  private static PreparedMessage message(
      String text, @Nullable Overflow policy, @Nullable Object key) {
    return new PreparedMessage(Message.text(text), new Fate(policy, key));
  }

  /** 98 characters. */
  private static String text(int number) {
    return "%05d".formatted(number) + "x".repeat(93);
  }

  private static String number(int number) {
    return "text " + text(number);
  }

  private static List<String> numbers(int first, int last) {
    List<String> all = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      all.add(number(i));
    }
    return all;
  }

  private void awaitFrames(Object... expected) {
    List<String> all = new ArrayList<>();
    for (Object each : expected) {
      if (each instanceof List<?> list) {
        list.forEach(one -> all.add((String) one));
      } else {
        all.add((String) each);
      }
    }
    peer.awaitFrames(all.toArray(String[]::new));
  }

  private static Outbox outbox(Peer peer, @Nullable Compressor compressor) {
    return new Outbox(
        peer.transport(),
        new BufferPool(4),
        Settings.queue(QUEUE),
        compressor,
        unstarted(),
        Settings.MEMORY);
  }

  private static Thread unstarted() {
    return Thread.ofVirtual().unstarted(() -> {}); // every other thread writes at once
  }
}
