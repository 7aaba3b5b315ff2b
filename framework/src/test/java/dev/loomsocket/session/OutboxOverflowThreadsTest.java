package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Doing;
import dev.loomsocket.session.PreparedMessage.Fate;
import dev.loomsocket.websocket.Overflow;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.wire.Opcode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client stalls and goes on while others send in all ways: nothing is torn, and all in order. */
@Timeout(120)
class OutboxOverflowThreadsTest {
  private Peer peer = new Peer();
  private Outbox outbox;

  @ParameterizedTest
  @EnumSource(Overflow.class)
  void whatIsNotDroppedIsWholeAndInOrder(Overflow policy) throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      peer = new Peer();
      Thread other = Thread.ofVirtual().unstarted(() -> {});
      outbox =
          new Outbox(
              peer.transport(),
              new BufferPool(4),
              Settings.queue(1_000),
              null,
              other,
              Settings.MEMORY);
      peer.transport().mouthful(77);
      Random random = new Random(seed);
      List<Doing> all = new ArrayList<>();
      all.add(Doing.start(() -> offer(policy)));
      all.add(Doing.start(this::sendOwn));
      all.add(Doing.start(this::streamOwn));
      for (int i = 0; i < 40; i++) {
        peer.transport().take(random.nextInt(2_000));
        Thread.yield();
      }
      peer.transport().take(Long.MAX_VALUE);
      for (Doing each : all) {
        try {
          each.await();
        } catch (SessionClosedException | SessionEndedException e) {
          assertTrue(policy == Overflow.CLOSE || policy == Overflow.CONFLATE);
        }
      }
      outbox.awaitDrained(Duration.ofHours(1).toNanos());
      assertInOrder();
    }
  }

  private void sendOwn() {
    for (int i = 0; i < 100; i++) {
      outbox.send(Message.text("own%03d".formatted(i)));
    }
  }

  private void streamOwn() throws IOException {
    for (int i = 0; i < 30; i++) {
      OutgoingMessage message = outbox.stream(Opcode.BINARY);
      message.write(i);
      message.flush();
      message.write(i);
      message.close();
    }
  }

  private void assertInOrder() {
    int room = -1;
    int own = 0;
    int streamed = 0;
    for (Frames.Frame frame : Frames.read(peer.transport().received())) {
      String text = frame.text();
      switch (frame.first()) {
        case Frames.CLOSE -> assertEquals(1013, frame.code());
        case Opcode.BINARY -> assertEquals(streamed, frame.payload()[0]);
        case 0x80 -> assertEquals(streamed++, frame.payload()[0]);
        default -> {
          if (text.startsWith("own")) {
            assertEquals("own%03d".formatted(own++), text);
          } else {
            int number = Integer.parseInt(text.substring(0, 5));
            assertEquals(text(number), text);
            assertTrue(number > room);
            room = number;
          }
        }
      }
    }
    if (outbox.ending().isOpen()) {
      assertEquals(100, own);
      assertEquals(30, streamed);
    }
  }

  private void offer(Overflow policy) {
    for (int i = 0; i <= 300; i++) {
      outbox.offer(new PreparedMessage(Message.text(text(i)), new Fate(policy, null)));
      outbox.flush();
    }
  }

  /** 98 characters. */
  private static String text(int number) {
    return "%05d".formatted(number) + "x".repeat(93);
  }
}
