package dev.loomsocket.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A connection without a socket, both ends of it in a test's hands: what the peer sends, how much it takes, and what time
 * it is. Nothing passes by itself, so nothing has to be waited for by sleeping.
 */
public final class MemoryTransport implements Transport {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20); // of a test that waits for what never comes

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // All guarded by lock.
  private final ByteArrayOutputStream input = new ByteArrayOutputStream();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private long window = Long.MAX_VALUE; // bytes that the peer still takes
  private boolean ended;
  private boolean broken;
  private boolean woken;
  private boolean outputShut;
  private boolean closed;
  private boolean waiting;
  private long now = 1;

  // ---- the peer's end

  /** The peer sends bytes. */
  public void send(byte[] bytes) {
    change(() -> input.writeBytes(bytes));
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
    change(() -> window = bytes);
  }

  /** Time passes. */
  public void advance(Duration time) {
    change(() -> now += time.toNanos());
  }

  /** Everything that was written so far. */
  public byte[] received() {
    lock.lock();
    try {
      return output.toByteArray();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until at least so many bytes were written, and returns all. */
  public byte[] awaitReceived(int bytes) {
    await(() -> output.size() >= bytes);
    return received();
  }

  /** Waits until the reader has read everything and waits for more. */
  public void awaitIdle() {
    await(() -> waiting && input.size() == 0 && !woken || closed);
  }

  /** Waits until the connection was closed by this side. */
  public void awaitClosed() {
    await(() -> closed);
  }

  /** Waits until this side has said that it sends nothing more, or closed. */
  public void awaitOutputShut() {
    await(() -> outputShut || closed);
  }

  // ---- this end

  @Override
  public void start(Runnable task) {
    Thread.startVirtualThread(task);
  }

  @Override
  public boolean awaitReadable(long timeout) {
    lock.lock();
    try {
      long deadline = timeout == FOREVER ? Long.MAX_VALUE : now + timeout;
      waiting = true;
      changed.signalAll();
      while (input.size() == 0 && !ended && !broken && !closed) {
        if (woken || now >= deadline) {
          woken = false;
          return false;
        }
        changed.awaitUninterruptibly();
      }
      return true;
    } finally {
      waiting = false;
      lock.unlock();
    }
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    lock.lock();
    try {
      check();
      byte[] there = input.toByteArray();
      int n = Math.min(there.length, to.remaining());
      to.put(there, 0, n);
      input.reset();
      input.write(there, n, there.length - n);
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
      int n = (int) Math.min(window, bytes.remaining());
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
      long deadline = timeout == FOREVER ? Long.MAX_VALUE : now + timeout;
      while (window == 0 && !broken && !closed) {
        if (now >= deadline) {
          return false;
        }
        changed.awaitUninterruptibly();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void soon(Runnable task) {
    Thread.startVirtualThread(task);
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
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return InetSocketAddress.createUnresolved("peer.test", 1);
  }

  @Override
  public boolean isOpen() {
    lock.lock();
    try {
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    change(() -> closed = true);
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

  private void await(java.util.function.BooleanSupplier condition) {
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
}
