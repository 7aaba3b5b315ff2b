package dev.loomsocket.net;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Buffers of one size that connections borrow while they have bytes to hold, so that an idle
 * connection holds none. Thread-safe; nothing blocks. The buffer given back last is lent first,
 * while it is still in the cache; two lie at hand, so that a message that comes and goes allocates
 * nothing here.
 */
public final class BufferPool {
  /** The size of a buffer: 16 KiB of payload and a frame header. */
  public static final int BUFFER_SIZE = 16 * 1024 + 16;

  private static final int AT_HAND = 2; // one to read to, one to write from

  private final AtomicReferenceArray<@Nullable ByteBuffer> atHand;
  private final ConcurrentLinkedDeque<ByteBuffer> free = new ConcurrentLinkedDeque<>();
  private final AtomicInteger count = new AtomicInteger();
  private final int capacity; // of those that are not at hand
  private final AtomicLong held = new AtomicLong(); // bytes; by those who wait for input
  private final AtomicLong stalled = new AtomicLong(); // bytes; by those who wait for room
  private final long mostHeld;
  private final long mostStalled;

  /**
   * A pool that keeps at most so many buffers; what comes back beyond that is left to the
   * collector. A sixteenth of the heap is for what connections hold while they wait for input, and
   * an eighth for those that wait for room.
   */
  public BufferPool(int capacity) {
    this(capacity, Runtime.getRuntime().maxMemory() / 16, Runtime.getRuntime().maxMemory() / 8);
  }

  /**
   * A pool with other limits for what connections hold while they wait.
   *
   * @param mostHeld bytes, for input
   * @param mostStalled bytes, for room
   */
  BufferPool(int capacity, long mostHeld, long mostStalled) {
    this.atHand = new AtomicReferenceArray<>(Math.min(AT_HAND, capacity));
    this.capacity = capacity - atHand.length();
    this.mostHeld = mostHeld;
    this.mostStalled = mostStalled;
  }

  /**
   * A connection waits, and holds so many bytes more than before, or less.
   *
   * @throws BusyException if that is too much; nothing has changed then
   */
  void hold(int more) throws BusyException {
    if (held.addAndGet(more) > mostHeld && more > 0) {
      letGo(more);
      throw new BusyException();
    }
  }

  /**
   * A connection waits for its peer to take so many bytes. One alone may wait with any number.
   *
   * @throws BusyException if that is too much of all together; nothing has changed then
   */
  void stall(long bytes) throws BusyException {
    long all = stalled.addAndGet(bytes);
    if (all > mostStalled && all != bytes) {
      goOn(bytes);
      throw new BusyException();
    }
  }

  /** It waits for them no longer. */
  void goOn(long bytes) {
    stalled.addAndGet(-bytes);
  }

  /** It does not hold so many bytes any more. */
  void letGo(int bytes) {
    held.addAndGet(-bytes);
  }

  /** An empty buffer that is backed by an array. */
  public ByteBuffer borrow() {
    for (int i = atHand.length() - 1; i >= 0; i--) {
      ByteBuffer near = atHand.get(i) == null ? null : atHand.getAndSet(i, null);
      if (near != null) {
        return near.clear();
      }
    }
    ByteBuffer buffer = free.pollFirst();
    if (buffer == null) {
      return ByteBuffer.allocate(BUFFER_SIZE);
    }
    count.decrementAndGet();
    return buffer.clear();
  }

  /**
   * Takes a buffer back; the caller must not use it any more. One of another size or read-only is
   * ignored.
   */
  public void giveBack(ByteBuffer buffer) {
    if (buffer.capacity() != BUFFER_SIZE || buffer.isReadOnly()) {
      return;
    }
    for (int i = 0; i < atHand.length(); i++) {
      if (atHand.get(i) == null && atHand.compareAndSet(i, null, buffer)) {
        return;
      }
    }
    if (count.incrementAndGet() > capacity) {
      count.decrementAndGet();
      return;
    }
    free.addFirst(buffer);
  }
}
