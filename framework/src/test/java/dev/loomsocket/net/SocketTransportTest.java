package dev.loomsocket.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.net.Loopback.Pair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SocketTransportTest {
  private static final long SHORT = 1_000_000; // nanoseconds

  private Loopback loopback;
  private Pair pair;
  private Transport transport;

  @BeforeEach
  void connect() throws IOException, InterruptedException {
    loopback = new Loopback();
    pair = loopback.connect();
    transport = pair.transport();
  }

  @AfterEach
  void close() throws IOException {
    pair.close();
    loopback.close();
  }

  @Test
  void bytesEndTheWait() throws IOException {
    Doing waiting = awaitReadable(true).awaitParked();
    pair.send(3);
    waiting.await();
    ByteBuffer read = ByteBuffer.allocate(10);
    assertEquals(3, transport.read(read));
    assertEquals(0, transport.read(read));
  }

  @Test
  void bytesThatCameBeforeAreNotMissed() throws IOException {
    for (int i = 0; i < 100; i++) {
      pair.send(1);
      assertTrue(transport.awaitReadable(Transport.FOREVER));
      readOne();
    }
  }

  @Test
  void aReadTakesWhatThereIsRoomFor() throws IOException {
    pair.send(5);
    ByteBuffer two = ByteBuffer.allocate(4).position(1).limit(3);
    transport.awaitReadable(Transport.FOREVER);
    assertEquals(2, transport.read(two));
    assertArrayEquals(new byte[] {0, 0, 1, 0}, two.array());
    assertEquals(3, two.limit());
    assertTrue(transport.awaitReadable(Transport.FOREVER), "three more");
  }

  @Test
  void theEndOfTheStreamEndsTheWait() throws IOException {
    Doing waiting = awaitReadable(true).awaitParked();
    pair.peer().shutdownOutput();
    waiting.await();
    assertEquals(-1, transport.read(ByteBuffer.allocate(1)));
  }

  @Test
  void aResetEndsTheWaitAndTheReadThrows() throws IOException {
    Doing waiting = awaitReadable(true).awaitParked();
    pair.peer().setSoLinger(true, 0);
    pair.peer().close();
    waiting.await();
    assertThrows(IOException.class, () -> transport.read(ByteBuffer.allocate(1)));
  }

  @Test
  void aTimeoutEndsTheWait() throws IOException {
    awaitReadable(false, SHORT).await();
    pair.send(1);
    awaitReadable(true).await();
  }

  @Test
  void aTimeoutOfNothingDoesNotWait() {
    assertFalse(transport.awaitReadable(0));
    assertFalse(transport.awaitReadable(-1));
  }

  @Test
  void wakingEndsTheWait() throws IOException {
    Doing waiting = awaitReadable(false).awaitParked();
    transport.wake();
    waiting.await();
  }

  @Test
  void wakingEndsTheNextWaitIfThereIsNoneNow() throws IOException {
    transport.wake();
    assertFalse(transport.awaitReadable(Transport.FOREVER));
    awaitReadable(true).awaitParked();
    pair.send(1);
  }

  @Test
  void bytesComeBeforeAWake() throws IOException {
    pair.send(1);
    transport.awaitReadable(Transport.FOREVER);
    transport.wake();
    assertTrue(transport.awaitReadable(Transport.FOREVER));
    readOne();
    while (transport.awaitReadable(Transport.FOREVER)) { // it may be told of the same byte again
      assertEquals(0, transport.read(ByteBuffer.allocate(1)));
    }
  }

  @Test
  void anInterruptDoesNotTurnTheWaitIntoASpin() throws IOException {
    Doing waiting =
        Doing.start(() -> {
          Thread.currentThread().interrupt();
          assertTrue(transport.awaitReadable(Transport.FOREVER));
          assertFalse(Thread.currentThread().isInterrupted());
        });
    waiting.awaitParked().thread().interrupt();
    waiting.awaitParked();
    pair.send(1);
    waiting.await();
  }

  @Test
  void anInterruptDoesNotCloseTheConnection() throws IOException {
    pair.send(1);
    Doing.start(
            () -> {
              assertTrue(transport.awaitReadable(Transport.FOREVER));
              Thread.currentThread().interrupt();
              readOne();
              assertEquals(1, transport.write(ByteBuffer.allocate(1)));
            })
        .await();
    assertEquals(0, pair.peer().getInputStream().read());
  }

  @Test
  void closingEndsBothWaits() throws IOException {
    stall();
    Doing reading = awaitReadable(true).awaitParked();
    Doing writing = Doing.start(() -> assertTrue(transport.awaitWritable(Transport.FOREVER)));
    writing.awaitParked();
    transport.close();
    reading.await();
    writing.await();
    assertFalse(transport.isOpen());
    assertThrows(IOException.class, () -> transport.read(ByteBuffer.allocate(1)));
    assertThrows(IOException.class, () -> transport.write(ByteBuffer.allocate(1)));
  }

  @Test
  void closingTellsThePeer() throws IOException {
    transport.close();
    transport.close();
    assertEquals(-1, pair.peer().getInputStream().read());
  }

  @Test
  void shuttingTheOutputLeavesTheInput() throws IOException {
    transport.shutdownOutput();
    assertEquals(-1, pair.peer().getInputStream().read());
    pair.send(1);
    assertTrue(transport.awaitReadable(Transport.FOREVER));
    readOne();
    assertThrows(IOException.class, () -> transport.write(ByteBuffer.allocate(1)));
  }

  @Test
  void aPeerThatGoesOnReadingEndsTheWaitForRoom() throws IOException {
    int stalled = stall();
    Doing waiting = Doing.start(() -> assertTrue(transport.awaitWritable(Transport.FOREVER)));
    waiting.awaitParked();
    pair.peer().getInputStream().readNBytes(stalled);
    waiting.await();
    assertEquals(1, transport.write(ByteBuffer.allocate(1)));
  }

  @Test
  void anInterruptIsThereWhenTheWaitForRoomIsOver() throws IOException {
    int stalled = stall();
    Doing waiting =
        Doing.start(() -> {
          assertTrue(transport.awaitWritable(Transport.FOREVER));
          assertTrue(Thread.interrupted());
        });
    waiting.awaitParked().thread().interrupt();
    waiting.awaitParked();
    pair.peer().getInputStream().readNBytes(stalled);
    waiting.await();
  }

  @Test
  void aPeerThatTakesNothingEndsTheWaitByTimeout() throws IOException {
    int stalled = stall();
    Doing.start(() -> assertFalse(transport.awaitWritable(SHORT))).await();
    pair.peer().getInputStream().readNBytes(stalled);
    Doing.start(() -> assertTrue(transport.awaitWritable(Transport.FOREVER))).await();
  }

  @Test
  void aResetEndsTheWaitForRoomAndTheWriteThrows() throws IOException {
    stall();
    Doing waiting = Doing.start(() -> assertTrue(transport.awaitWritable(Transport.FOREVER)));
    waiting.awaitParked();
    pair.peer().setSoLinger(true, 0);
    pair.peer().close();
    waiting.await();
    assertThrows(IOException.class, () -> transport.write(ByteBuffer.allocate(1)));
  }

  @Test
  void largeWritesArriveAsTheyWere() throws IOException {
    byte[] bytes = new byte[3_000_000];
    new Random(4).nextBytes(bytes);
    Doing writing =
        Doing.start(() -> {
          ByteBuffer left = ByteBuffer.wrap(bytes);
          while (left.hasRemaining()) {
            transport.write(left);
            assertEquals(bytes.length, left.limit());
            transport.awaitWritable(Transport.FOREVER);
          }
        });
    assertArrayEquals(bytes, pair.peer().getInputStream().readNBytes(bytes.length));
    writing.await();
  }

  @Test
  void largeReadsTakeAllThatThereIs() throws IOException {
    int size = 1_000_000;
    Doing sending = Doing.start(() -> pair.send(size));
    ByteBuffer read = ByteBuffer.allocate(size);
    while (read.hasRemaining()) {
      assertTrue(transport.awaitReadable(Transport.FOREVER));
      transport.read(read);
    }
    sending.await();
    for (int i = 0; i < size; i++) {
      assertEquals((byte) i, read.get(i));
    }
  }

  @Test
  void whatIsToBeDoneSoonIsDone() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    transport.soon(done::countDown);
    done.await();
  }

  @Test
  void theClockGoesOnWhileNothingHappens() {
    long before = transport.now();
    while (transport.now() == before) {
      Thread.onSpinWait();
    }
    assertTrue(transport.now() - before > 0);
  }

  @Test
  void knowsWhereThePeerIs() {
    assertEquals(pair.peer().getLocalSocketAddress(), transport.remoteAddress());
  }

  private Doing awaitReadable(boolean expected) {
    return awaitReadable(expected, Transport.FOREVER);
  }

  private Doing awaitReadable(boolean expected, long timeout) {
    return Doing.start(() -> assertEquals(expected, transport.awaitReadable(timeout)));
  }

  private void readOne() throws IOException {
    assertEquals(1, transport.read(ByteBuffer.allocate(10)));
  }

  /** Writes until the peer's side takes no more; returns how much it took. */
  private int stall() throws IOException {
    int total = 0;
    for (int n; (n = transport.write(ByteBuffer.allocate(1 << 20))) > 0; ) {
      total += n;
    }
    return total;
  }
}
