package dev.loomsocket.net;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Buffers of one size that connections borrow while they have bytes to hold, so that an idle
 * connection holds none. Thread-safe; nothing blocks, unless memory outside of the heap is short,
 * which the JDK then collects for once.
 *
 * <p>Some are outside of the heap: a socket takes what is there without another copy.
 */
public final class BufferPool {
  /** The size of a buffer: 16 KiB of payload and a frame header. */
  public static final int BUFFER_SIZE = 16 * 1024 + 16;

  /**
   * So many outside of the heap, which who takes what he is sent gives back at once. The JDK needs
   * memory there itself, without which nobody can read or write.
   */
  private static final int MADE_OUTSIDE = 2 * Runtime.getRuntime().availableProcessors();

  private final Shelf inHeap;
  private final Shelf outside;
  private final AtomicInteger toBeMade; // outside of the heap
  private final AtomicLong held = new AtomicLong(); // bytes; by those who wait for input
  private final AtomicLong stalled = new AtomicLong(); // bytes; by those who wait for room
  private final long mostHeld;
  private final long mostStalled;

  /**
   * A pool that keeps at most so many buffers of the heap; what comes back beyond that is left to
   * the collector. A sixteenth of the heap is for what connections hold while they wait for input,
   * and an eighth for those that wait for room.
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
    this.inHeap = new Shelf(capacity);
    int made = Math.min(capacity, MADE_OUTSIDE);
    this.outside = new Shelf(made);
    this.toBeMade = new AtomicInteger(made);
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
   * A connection waits for its peer to take so many bytes. One alone may wait with any number: it
   * counts for half of what all together may have, at most.
   *
   * @throws BusyException if that is too much of all together; nothing has changed then
   */
  void stall(long bytes) throws BusyException {
    if (stalled.addAndGet(share(bytes)) > mostStalled) {
      goOn(bytes);
      throw new BusyException();
    }
  }

  /** It waits for them no longer. */
  void goOn(long bytes) {
    stalled.addAndGet(-share(bytes));
  }

  private long share(long bytes) {
    return Math.min(bytes, mostStalled / 2);
  }

  /** It does not hold so many bytes any more. */
  void letGo(int bytes) {
    held.addAndGet(-bytes);
  }

  /** An empty buffer that is backed by an array. */
  public ByteBuffer borrow() {
    ByteBuffer free = inHeap.take();
    return free == null ? ByteBuffer.allocate(BUFFER_SIZE) : free;
  }

  /** An empty buffer outside of the heap, unless as many as there may be are lent. */
  public ByteBuffer borrowOutside() {
    ByteBuffer free = outside.take();
    if (free == null) {
      free = makeOutside();
    }
    return free == null ? borrow() : free;
  }

  private @Nullable ByteBuffer makeOutside() {
    if (toBeMade.get() <= 0 || toBeMade.getAndDecrement() <= 0) {
      return null;
    }
    try {
      return ByteBuffer.allocateDirect(BUFFER_SIZE);
    } catch (OutOfMemoryError e) {
      toBeMade.set(0); // the process may have less of it: those that there are have to do
      return null;
    }
  }

  /**
   * Takes a buffer back; the caller must not use it any more. One of another size or read-only is
   * ignored.
   */
  public void giveBack(ByteBuffer buffer) {
    if (buffer.capacity() != BUFFER_SIZE || buffer.isReadOnly()) {
      return;
    }
    if (!buffer.isDirect()) {
      inHeap.put(buffer);
    } else if (!outside.put(buffer)) {
      toBeMade.incrementAndGet();
    }
  }
}
