package dev.loomsocket.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A connection without a socket, both ends of it in a test's hands: what the peer sends, how much
 * it takes, and what time it is. Nothing passes by itself, so nothing has to be waited for by
 * sleeping.
 */
public final class MemoryTransport implements Transport {
  private static final long PATIENCE =
      TimeUnit.SECONDS.toNanos(20); // of a test that waits for what never comes

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // All guarded by lock.
  private final ByteArrayOutputStream input = new ByteArrayOutputStream();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private Watch watch = inputWaits -> {};
  private final ArrayDeque<Runnable> later =
      new ArrayDeque<>(); // soon() while the transport is busy
  private long window = Long.MAX_VALUE; // bytes that the peer still takes
  private int mouthful = Integer.MAX_VALUE; // bytes that one write takes at most
  private boolean quiet; // the window is too small to be told of
  private boolean busy;
  private boolean stirred;
  private byte[] flood = {};
  private boolean ended;
  private boolean broken;
  private boolean woken;
  private boolean outputShut;
  private boolean closed;
  private boolean cut; // and so closed
  private final Wait reading = new Wait();
  private final Wait writing = new Wait();
  private int waits;
  private int writes;
  private long worked;
  private long now = 1;
  private Runnable task = () -> {};
  private boolean resting;

  // ---- the peer's end

  /** The peer sends bytes. */
  public void send(byte[] bytes) {
    change(() -> input.writeBytes(bytes));
  }

  /** From now on the peer sends these bytes again whenever all others have been read. */
  public void flood(byte[] bytes) {
    change(() -> {
      flood = bytes;
      input.writeBytes(bytes);
    });
  }

  /** The peer sends nothing more. */
  public void end() {
    change(() -> ended = true);
  }

  /** The connection breaks: reading and writing fail. */
  public void reset() {
    change(() -> broken = true);
  }

  /** From now on the peer takes so many bytes more. */
  public void take(long bytes) {
    change(() -> {
      window = bytes;
      quiet = false;
    });
  }

  /** The peer takes so many bytes more, too few for the system to call the connection writable. */
  public void trickle(long bytes) {
    change(() -> {
      window = bytes;
      quiet = true;
    });
  }

  /**
   * From now on one write takes so many bytes at most, as if the socket's buffer were that small.
   */
  public void mouthful(int bytes) {
    change(() -> mouthful = bytes);
  }

  /** The reader is told of input that is not there, as it happens to one that has just read it. */
  public void stir() {
    change(() -> stirred = true);
  }

  /** From now on what is to be done {@link #soon} waits for {@link #idle}. */
  public void busy() {
    change(() -> busy = true);
  }

  /** Input has been waiting for too long. */
  public void neglect() {
    locked(() -> watch).look(true);
  }

  /** Somebody may look at the connection; no input waits. */
  public void sweep() {
    locked(() -> watch).look(false);
  }

  /** Does what was to be done soon. */
  public void idle() {
    change(() -> {
      busy = false;
      later.forEach(Thread::startVirtualThread);
      later.clear();
    });
  }

  /** Time passes. */
  public void advance(Duration time) {
    change(() -> now += time.toNanos());
  }

  /** Everything that was written so far. */
  public byte[] received() {
    return locked(() -> output.toByteArray());
  }

  /** Waits until at least so many bytes were written, and returns all. */
  public byte[] awaitReceived(int bytes) {
    await(() -> output.size() >= bytes);
    return received();
  }

  /** Waits until what was written so far is enough. */
  public void awaitReceived(Predicate<byte[]> enough) {
    await(() -> enough.test(output.toByteArray()));
  }

  /** Waits until the reader has read everything and waits for more. */
  public void awaitIdle() {
    await(() -> reading.goesOn() && input.size() == 0 && !woken && !stirred || closed);
  }

  /** Waits until the connection has let go of its thread. */
  public void awaitResting() {
    await(() -> resting);
  }

  /** Waits until the writer waits for the peer to take more. */
  public void awaitStalled() {
    await(() -> writing.goesOn() && !isWritable());
  }

  /** Waits until the reader has begun to wait for input so many times. */
  public void awaitWaits(int times) {
    await(() -> waits >= times);
  }

  /** How often the reader has begun to wait for input so far. */
  public int waits() {
    return locked(() -> waits);
  }

  /** How many writes have been tried so far. */
  public int writes() {
    return locked(() -> writes);
  }

  /** How many bytes the other end has told to have dealt with. */
  public long worked() {
    return locked(() -> worked);
  }

  /** How many things are to be done soon. */
  public int soon() {
    return locked(() -> later.size());
  }

  /** True if {@link #wake} was called and nobody has noticed yet. */
  public boolean isWoken() {
    return locked(() -> woken);
  }

  /** Waits until this side has said that it sends nothing more, or closed. */
  public void awaitOutputShut() {
    await(() -> outputShut || closed);
  }

  /** Waits until the connection was closed by this side. */
  public void awaitClosed() {
    await(() -> closed);
  }

  /** True if this side has said that it sends nothing more. */
  public boolean isOutputShut() {
    return locked(() -> outputShut);
  }

  // ---- this end

  @Override
  public void start(Runnable task, Runnable otherwise) {
    change(() -> this.task = task);
    Thread.startVirtualThread(task);
  }

  @Override
  public void rest(long timeout) {
    change(() -> {
      resting = true;
      reading.begin(timeout);
    });
    Thread.startVirtualThread(this::awaitTheEndOfTheRest);
  }

  private void awaitTheEndOfTheRest() {
    lock.lock();
    try {
      while (input.size() == 0 && !ended && !broken && !closed && !woken && reading.goesOn()) {
        changed.awaitUninterruptibly();
      }
      resting = false;
      reading.end();
    } finally {
      lock.unlock();
    }
    task.run();
  }

  @Override
  public boolean awaitReadable(long timeout) {
    lock.lock();
    try {
      reading.begin(timeout);
      waits++;
      while (input.size() == 0 && !stirred && !ended && !broken && !closed) {
        if (woken || !reading.goesOn()) {
          woken = false;
          return false;
        }
        changed.awaitUninterruptibly();
      }
      return true;
    } finally {
      reading.end();
      lock.unlock();
    }
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    lock.lock();
    try {
      check();
      stirred = false;
      byte[] there = input.toByteArray();
      int n = Math.min(there.length, to.remaining());
      to.put(there, 0, n);
      input.reset();
      input.write(there, n, there.length - n);
      if (input.size() == 0) {
        input.writeBytes(flood);
      }
      changed.signalAll();
      return n == 0 && ended ? -1 : n;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void wake() {
    change(() -> woken = true);
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    lock.lock();
    try {
      check();
      if (outputShut) {
        throw new IOException("written after the end");
      }
      writes++;
      int n = (int) Math.min(Math.min(window, mouthful), bytes.remaining());
      byte[] taken = new byte[n];
      bytes.get(taken);
      output.writeBytes(taken);
      window -= n;
      changed.signalAll();
      return n;
    } finally {
      lock.unlock();
    }
  }

  private void check() throws IOException {
    if (closed || broken) {
      throw new IOException(closed ? "closed" : "reset by the peer");
    }
  }

  @Override
  public boolean awaitWritable(long timeout) {
    lock.lock();
    try {
      writing.begin(timeout);
      while (!isWritable() && !broken && !closed) {
        if (!writing.goesOn()) {
          return false;
        }
        changed.awaitUninterruptibly();
      }
      return true;
    } finally {
      writing.end();
      lock.unlock();
    }
  }

  private boolean isWritable() {
    return window > 0 && !quiet;
  }

  @Override
  public void soon(Runnable task) {
    change(() -> {
      if (busy) {
        later.add(task);
      } else {
        Thread.startVirtualThread(task);
      }
    });
  }

  @Override
  public void watch(Watch watch) {
    change(() -> this.watch = watch);
  }

  @Override
  public void unread(boolean bytes) {}

  @Override
  public void worked(int bytes) {
    change(() -> worked += bytes);
  }

  @Override
  public void shutdownOutput() throws IOException {
    lock.lock();
    try {
      check();
      outputShut = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long now() {
    return locked(() -> now);
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return InetSocketAddress.createUnresolved("peer.test", 1);
  }

  @Override
  public boolean isOpen() {
    return locked(() -> !closed);
  }

  /** True if this side has ended the connection with a reset. */
  public boolean isCut() {
    return locked(() -> cut);
  }

  @Override
  public void cut() {
    change(() -> cut = true);
    close();
  }

  @Override
  public void close() {
    change(() -> closed = true);
  }

  private <T> T locked(Supplier<T> look) {
    lock.lock();
    try {
      return look.get();
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void await(BooleanSupplier condition) {
    lock.lock();
    try {
      long left = PATIENCE;
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          throw new AssertionError("did not happen within 20 s");
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      lock.unlock();
    }
  }

  /** One side's wait for the peer, guarded by lock. */
  private final class Wait {
    private boolean begun;
    private long start;
    private long timeout;

    void begin(long timeout) {
      begun = true;
      start = now;
      this.timeout = timeout;
      changed.signalAll();
    }

    void end() {
      begun = false;
    }

    /** True from its beginning until its time has passed. */
    boolean goesOn() {
      return begun && (timeout == FOREVER || now - start < timeout);
    }
  }
}
