package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.MemoryTransport;
import dev.loomsocket.wire.Opcode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SendQueueTest {
  private static final int BUFFER = BufferPool.BUFFER_SIZE;

  /** Payloads around every edge: of the header's forms, of an empty buffer, of two of them. */
  private static final int[] SIZES = {
    0, 1, 5, 125, 126, 8_200, BUFFER - 4, BUFFER - 3, BUFFER, BUFFER + 1, 40_000
  };

  private final BufferPool pool = new BufferPool(100);
  private MemoryTransport transport = new MemoryTransport();
  private SendQueue queue = new SendQueue(pool);
  private final ByteArrayOutputStream expected = new ByteArrayOutputStream();
  private final Random random = new Random(11);

  @Test
  void everyPairOfSizesAndKindsIsTheSameStream() throws IOException {
    for (int one : SIZES) {
      for (int two : SIZES) {
        for (int kinds = 0; kinds < 4; kinds++) {
          restart();
          add(one, (kinds & 1) == 0);
          add(two, (kinds & 2) == 0);
          drainAndCompare();
        }
      }
    }
  }

  @Test
  void everyOrderOfSmallFramesAndEveryPartialWriteIsTheSameStream() throws IOException {
    for (int order = 0; order < 3 * 3 * 3; order++) {
      for (int first = 0; first <= 9; first++) {
        for (int second = 0; second <= 9; second++) {
          restart();
          add(order % 3, true);
          writeAtMost(first);
          add(order / 3 % 3, false);
          writeAtMost(second);
          add(order / 9, true);
          drainAndCompare();
        }
      }
    }
  }

  @Test
  void aLargeFrameCutAnywhereIsTheSameStream() throws IOException {
    for (int cut = 0; cut < 2 * BUFFER; cut += 97) {
      restart();
      add(3, true);
      add(30_000, true);
      add(3, false);
      writeAtMost(cut);
      add(7, true);
      drainAndCompare();
    }
  }

  @Test
  void randomFramesAndRandomWritesAreTheSameStream() throws IOException {
    for (int round = 0; round < 300; round++) {
      restart();
      for (int i = random.nextInt(30); i >= 0; i--) {
        switch (random.nextInt(3)) {
          case 0 -> add(random.nextInt(200), random.nextBoolean());
          case 1 -> add(SIZES[random.nextInt(SIZES.length)], random.nextBoolean());
          default -> writeAtMost(random.nextInt(40_000));
        }
      }
      drainAndCompare();
    }
  }

  @Test
  void theSizeIsWhatWaits() throws IOException {
    add(5, true);
    assertEquals(7, queue.size());
    add(300, false);
    assertEquals(7 + 304, queue.size());
    writeAtMost(10);
    assertEquals(301, queue.size());
    writeAtMost(1_000);
    assertEquals(0, queue.size());
  }

  @Test
  void smallFramesLeaveInOneWrite() throws IOException {
    for (int i = 0; i < 100; i++) {
      add(10, true);
    }
    transport.mouthful(Integer.MAX_VALUE);
    queue.writeTo(transport);
    assertEquals(1, transport.writes());
  }

  @Test
  void aLargePayloadIsNotCopied() throws IOException {
    byte[] payload = new byte[3 * BUFFER];
    queue.addFrame(true, false, Opcode.BINARY, payload);
    payload[payload.length - 1] =
        1; // forbidden to users of the queue; here it shows whose array is written
    queue.writeTo(transport);
    byte[] received = transport.received();
    assertEquals(1, received[received.length - 1]);
  }

  @Test
  void everyBufferGoesBackToThePool() throws IOException {
    Set<ByteBuffer> buffers = fillPool(20);
    for (int i = 0; i < 15; i++) {
      add(SIZES[i % SIZES.length], true);
    }
    drainAndCompare();
    assertTrue(borrow(20).containsAll(buffers));
  }

  @Test
  void whatIsForgottenGoesBackToThePoolToo() throws IOException {
    Set<ByteBuffer> buffers = fillPool(20);
    for (int i = 0; i < 15; i++) {
      add(SIZES[i % SIZES.length], true);
    }
    writeAtMost(BUFFER + 1);
    queue.clear();
    assertEquals(0, queue.size());
    assertTrue(borrow(20).containsAll(buffers));
  }

  @Test
  void aPayloadOfABuffersSizeDoesNotBecomeABuffer() throws IOException {
    byte[] payload = new byte[BUFFER];
    queue.addFrame(true, false, Opcode.BINARY, payload);
    queue.writeTo(transport);
    for (ByteBuffer buffer : borrow(3)) {
      assertNotSame(payload, buffer.array());
    }
  }

  @Test
  void anEmptyQueueHoldsNoBuffer() throws IOException {
    ByteBuffer only = pool.borrow();
    pool.giveBack(only);
    add(5, true);
    queue.writeTo(transport);
    assertSame(only, pool.borrow());
  }

  @Test
  void aBrokenConnectionThrows() {
    add(5, true);
    transport.reset();
    assertThrows(IOException.class, () -> queue.writeTo(transport));
  }

  private void restart() {
    transport = new MemoryTransport();
    queue = new SendQueue(pool);
    expected.reset();
  }

  private void add(int size, boolean encodedHere) {
    byte[] payload = new byte[size];
    random.nextBytes(payload);
    byte[] frame = Frames.server(Frames.BINARY, payload);
    expected.writeBytes(frame);
    if (encodedHere) {
      queue.addFrame(true, false, Opcode.BINARY, payload);
    } else {
      queue.addEncoded(frame);
    }
  }

  private void writeAtMost(int bytes) throws IOException {
    transport.take(bytes);
    queue.writeTo(transport);
    assertEquals(expected.size() - transport.received().length, queue.size());
  }

  private void drainAndCompare() throws IOException {
    transport.take(Long.MAX_VALUE);
    queue.writeTo(transport);
    assertEquals(0, queue.size());
    assertArrayEquals(expected.toByteArray(), transport.received());
  }

  private Set<ByteBuffer> fillPool(int buffers) {
    Set<ByteBuffer> lent = borrow(buffers);
    lent.forEach(pool::giveBack);
    return lent;
  }

  private Set<ByteBuffer> borrow(int buffers) {
    Set<ByteBuffer> lent = Collections.newSetFromMap(new IdentityHashMap<>());
    while (lent.size() < buffers) {
      lent.add(pool.borrow());
    }
    return lent;
  }
}
