package dev.loomsocket.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection that rests has no thread, and gets one for whatever would have ended a wait. */
@Timeout(60)
class RestTest {
  private static final long SHORT = 1_000_000; // nanoseconds

  private final SynchronousQueue<Thread> threads = new SynchronousQueue<>(); // as they begin
  private final SynchronousQueue<Runnable> parts = new SynchronousQueue<>(); // what they do
  private Loopback loopback;
  private Socket peer;
  private Transport transport;

  @BeforeEach
  void connect() throws IOException, InterruptedException {
    loopback = new Loopback();
    peer = loopback.dial();
    transport = loopback.listener().accept();
    transport.start(this::live, () -> {});
  }

  @AfterEach
  void close() throws IOException {
    transport.close();
    peer.close();
    loopback.close();
  }

  private void live() {
    try {
      threads.put(Thread.currentThread());
      parts.take().run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for the connection's next thread. */
  private Thread next() throws InterruptedException {
    Thread thread = threads.poll(20, TimeUnit.SECONDS);
    assertTrue(thread != null && thread.isVirtual(), "it has got a thread");
    return thread;
  }

  private void rest(long timeout) throws InterruptedException {
    Thread thread = next();
    parts.put(() -> transport.rest(timeout));
    thread.join();
  }

  @Test
  void bytesEndIt() throws Exception {
    rest(Transport.FOREVER);
    assertFalse(threads.poll(1, TimeUnit.MILLISECONDS) != null, "nothing has come");
    peer.getOutputStream().write(7);
    next();
    CompletableFuture<Byte> read = new CompletableFuture<>();
    parts.put(() -> read.complete(readOne()));
    assertEquals((byte) 7, read.get());
  }

  @Test
  void bytesThatCameBeforeEndItAtOnce() throws Exception {
    Thread first = next();
    peer.getOutputStream().write(7);
    assertTrue(transport.awaitReadable(Transport.FOREVER));
    parts.put(() -> transport.rest(Transport.FOREVER));
    assertNotEquals(first, next());
    parts.put(() -> {});
  }

  @Test
  void bytesEndItAlsoAfterItWasToldTwiceOfOthers() throws Exception {
    Thread first = next();
    peer.getOutputStream().write(7);
    for (int round = 0; round < 5; round++) { // of the poller, which tells it in each
      CountDownLatch passed = new CountDownLatch(1);
      transport.soon(passed::countDown);
      passed.await();
    }
    parts.put(() -> {
      readOne();
      transport.rest(Transport.FOREVER);
    });
    first.join();
    peer.getOutputStream().write(8);
    next();
    parts.put(() -> {});
  }

  @Test
  void itsTimeoutEndsIt() throws InterruptedException {
    rest(SHORT);
    next();
    parts.put(() -> {});
  }

  @Test
  void aWakeEndsIt() throws InterruptedException {
    rest(Transport.FOREVER);
    transport.wake();
    next();
    CompletableFuture<Boolean> readable = new CompletableFuture<>();
    parts.put(() -> readable.complete(transport.awaitReadable(Transport.FOREVER)));
    assertFalse(readable.join(), "and the next wait finds it");
  }

  @Test
  void aWakeBeforeItEndsItAtOnce() throws InterruptedException {
    transport.wake();
    rest(Transport.FOREVER);
    next();
    parts.put(() -> {});
  }

  @Test
  void closingEndsIt() throws InterruptedException {
    rest(Transport.FOREVER);
    transport.close();
    next();
    parts.put(() -> {});
  }

  @Test
  void theEndOfTheStreamEndsIt() throws Exception {
    rest(Transport.FOREVER);
    peer.shutdownOutput();
    next();
    parts.put(() -> {});
  }

  @Test
  void aResetEndsIt() throws Exception {
    rest(Transport.FOREVER);
    peer.setSoLinger(true, 0);
    peer.close();
    next();
    parts.put(() -> {});
  }

  @Test
  void everyMessageIsAnsweredHoweverOftenItRestsAndByOneThreadAtATime() throws Exception {
    next();
    Resting echo = new Resting();
    try (Socket asking = loopback.dial()) {
      echo.begin(loopback.listener().accept());
      Random random = new Random(8);
      for (int i = 0; i < 3_000; i++) {
        byte[] question = new byte[1 + random.nextInt(i % 50 == 0 ? 100_000 : 60)];
        random.nextBytes(question);
        asking.getOutputStream().write(question);
        assertArrayEquals(question, asking.getInputStream().readNBytes(question.length));
        if (random.nextInt(4) == 0) {
          echo.transport.wake();
        }
      }
    }
    assertTrue(echo.ended.await(20, TimeUnit.SECONDS));
    assertFalse(echo.crowded);
    parts.put(() -> {});
  }

  /** Sends everything back, and rests instead of waiting, now and then. */
  private static final class Resting implements Runnable {
    private final AtomicBoolean running = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Random random = new Random(9);
    private final ByteBuffer buffer = ByteBuffer.allocate(1000);
    private Transport transport;
    private volatile boolean crowded;

    void begin(Transport transport) {
      this.transport = transport;
      transport.start(this, () -> {});
    }

    @Override
    public void run() {
      crowded |= !running.compareAndSet(false, true);
      try {
        while (random.nextBoolean() || transport.awaitReadable(SHORT)) {
          int n = transport.read(buffer.clear());
          if (n < 0) {
            running.set(false);
            transport.close();
            ended.countDown();
            return;
          }
          buffer.flip();
          while (buffer.hasRemaining() && transport.write(buffer) == 0) {
            transport.awaitWritable(Transport.FOREVER);
          }
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      running.set(false);
      transport.rest(random.nextBoolean() ? Transport.FOREVER : SHORT);
    }
  }

  private byte readOne() {
    try {
      ByteBuffer one = ByteBuffer.allocate(1);
      assertEquals(1, transport.read(one));
      return one.get(0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
