package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Doing;
import dev.loomsocket.net.MemoryTransport;
import dev.loomsocket.session.Frames.Frame;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.wire.ClosePayload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads send at once while the socket takes now more and now less. */
@Timeout(120)
class OutboxThreadsTest {
  private static final int SENDERS = 8;
  private static final int EACH = 150; // messages

  private final MemoryTransport transport = new MemoryTransport();
  private final BufferPool pool = new BufferPool(4);
  private final AtomicIntegerArray accepted = new AtomicIntegerArray(SENDERS);

  @Test
  void messagesAreWholeAndInTheOrderOfTheirSender() throws IOException {
    int[] mouthfuls = {1_000_000, 1_000, 13};
    for (int round = 0; round < mouthfuls.length; round++) {
      transport.mouthful(mouthfuls[round]);
      int first = round * EACH;
      Outbox outbox = outbox(300);
      List<Doing> all = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        all.add(Doing.start(() -> send(outbox, sender, first)));
      }
      awaitAll(all);
      outbox.awaitDrained(Duration.ofHours(1).toNanos());
    }
    assertInOrder(Frames.read(transport.received()), mouthfuls.length * EACH);
  }

  @Test
  void roomsAndTheOwnerAndPongsKeepTheOrderToo() throws IOException {
    transport.mouthful(100);
    Outbox outbox = outbox(Integer.MAX_VALUE);
    List<Doing> all = new ArrayList<>();
    for (int i = 1; i < SENDERS; i += 2) {
      int sender = i;
      all.add(Doing.start(() -> send(outbox, sender, 0)));
      if (sender + 1 < SENDERS) {
        all.add(Doing.start(() -> offer(outbox, sender + 1)));
      }
    }
    for (int i = 0; i < EACH; i++) {
      outbox.reply(Message.text(text(0, i)));
      outbox.pong(new byte[3]);
      outbox.flushOrOwe();
    }
    awaitAll(all);
    outbox.awaitDrained(Duration.ofHours(1).toNanos());
    List<Frame> frames = Frames.read(transport.received());
    assertEquals(EACH, frames.stream().filter(frame -> frame.first() == Frames.PONG).count());
    assertInOrder(frames, EACH);
  }

  @RepeatedTest(20)
  void whatWasAcceptedBeforeTheCloseIsDelivered() throws IOException {
    transport.mouthful(50);
    Outbox outbox = outbox(300);
    List<Doing> all = senders(outbox);
    transport.awaitReceived(2_000);
    outbox.closing().close(CloseStatus.NORMAL);
    awaitToldOfTheEnd(all);
    outbox.closing().received(new ClosePayload(1000, ""));
    outbox.awaitDrained(Duration.ofHours(1).toNanos());
    List<Frame> frames = Frames.read(transport.received());
    assertEquals("close 1000", frames.removeLast().toString());
    for (int i = 0; i < SENDERS; i++) {
      assertEquals(accepted.get(i), countInOrder(frames, i), "sender " + i);
    }
  }

  @RepeatedTest(20)
  void everySenderIsToldWhenTheConnectionBreaks() throws IOException {
    transport.take(3_000);
    Outbox outbox = outbox(300);
    List<Doing> all = senders(outbox);
    transport.awaitReceived(3_000);
    transport.reset();
    awaitToldOfTheEnd(all);
    assertEquals(1006, outbox.ending().status().code());
  }

  @RepeatedTest(20)
  void everySenderIsToldWhenTheClientStalls() throws IOException {
    transport.take(3_000);
    Outbox outbox = outbox(300);
    List<Doing> all = senders(outbox);
    transport.awaitStalled();
    transport.advance(Duration.ofSeconds(10));
    awaitToldOfTheEnd(all);
    assertEquals(1013, outbox.ending().status().code());
  }

  /** Its owner is the test's thread. */
  private Outbox outbox(int queue) {
    return new Outbox(
        transport, pool, Settings.queue(queue), null, Thread.currentThread(), Settings.MEMORY);
  }

  /** Each sends until it is told that the session is closed, or has nothing more to say. */
  private List<Doing> senders(Outbox outbox) {
    List<Doing> all = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      int sender = i;
      all.add(
          Doing.start(() -> {
            while (accepted.get(sender) < EACH) {
              outbox.send(Message.text(text(sender, accepted.get(sender))));
              accepted.incrementAndGet(sender);
            }
          }));
    }
    return all;
  }

  private static void send(Outbox outbox, int sender, int first) {
    for (int i = first; i < first + EACH; i++) {
      outbox.send(Message.text(text(sender, i)));
    }
  }

  private static void offer(Outbox outbox, int sender) {
    for (int i = 0; i < EACH; i++) {
      outbox.offer(new PreparedMessage(Message.text(text(sender, i))));
      outbox.flushOrOwe();
    }
  }

  /** The number and sender of a message, and a length that follows from them. */
  private static String text(int sender, int number) {
    return sender + ":" + number + ":" + "x".repeat(new Random(number * 31 + sender).nextInt(290));
  }

  private static void assertInOrder(List<Frame> frames, int messagesOfEach) {
    for (int i = 0; i < SENDERS; i++) {
      assertEquals(messagesOfEach, countInOrder(frames, i), "sender " + i);
    }
  }

  /** How many messages of one sender there are, which must be whole and in order. */
  private static int countInOrder(List<Frame> frames, int sender) {
    int next = 0;
    for (Frame frame : frames) {
      if (frame.first() == Frames.TEXT && frame.text().startsWith(sender + ":")) {
        assertEquals(text(sender, next++), frame.text());
      }
    }
    return next;
  }

  private static void awaitToldOfTheEnd(List<Doing> all) throws IOException {
    for (Doing each : all) {
      try {
        each.await();
      } catch (SessionClosedException e) {
        // as it should be
      }
    }
  }

  private static void awaitAll(List<Doing> all) throws IOException {
    for (Doing each : all) {
      each.await();
    }
  }
}
