package dev.loomsocket.session;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Transport;
import dev.loomsocket.wire.CloseCode;
import dev.loomsocket.wire.MemoryBudget;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a session's {@link SendQueue} to its socket, and knows who is to do it when.
 *
 * <p>What the <em>owner</em> sends is gathered and written when it has no complete frame left to
 * handle, or a moment later if it is still busy then. Others write at once. When the socket takes
 * no more, a virtual thread waits for it and writes on, and gives the connection up when nothing
 * moves for the send timeout.
 *
 * <p>Called with the lock held, but for what takes it; it is never held while anything waits.
 */
final class QueueWriter {
  private final Transport transport;
  private final SendQueue queue;
  private final SendLock lock;
  private final SessionSettings settings;
  private final Ending ending;
  private @Nullable Thread owner; // found here by nobody but itself
  private boolean draining; // the virtual thread writes, nobody else; guarded by lock
  private volatile boolean flushOwed; // the transport will call flushOwed()
  private volatile long movedAt; // by the transport's clock; 0: never
  private final MemoryBudget memory;
  private long held; // bytes of it, for what the socket does not take; guarded by lock

  QueueWriter(
      Transport transport,
      SendQueue queue,
      SendLock lock,
      SessionSettings settings,
      Ending ending,
      Thread owner,
      MemoryBudget memory) {
    this.transport = transport;
    this.queue = queue;
    this.lock = lock;
    this.settings = settings;
    this.ending = ending;
    this.owner = owner;
    this.memory = memory;
  }

  /**
   * From now on this thread gathers what it sends; null: none does. Called by that thread itself,
   * or the one before.
   */
  void owner(@Nullable Thread owner) {
    this.owner = owner;
  }

  /** The limits and times that hold. */
  SessionSettings settings() {
    return settings;
  }

  /** True in the thread that gathers what it sends. */
  boolean isOwner() {
    return Thread.currentThread() == owner;
  }

  /**
   * True if a frame with such a payload fits beside what waits, after a write if need be. One that
   * is larger than the whole queue fits when nothing else waits.
   *
   * @param behind what else counts
   */
  boolean hasRoom(int payload, long behind) {
    if (!fits(payload, behind)) {
      write();
    }
    return fits(payload, behind);
  }

  /** True if it fits without a write. */
  boolean fits(int payload, long behind) {
    long waiting = queue.size() + behind;
    return waiting <= 0
        || waiting + SendQueue.frameSize(payload) <= settings.maxQueueSize()
            && !(draining && isTooMuch());
  }

  /** True if all slow clients together have as much waiting as there is memory for. */
  private boolean isTooMuch() {
    count();
    return memory.isUsedUp();
  }

  /**
   * What waits counts while the socket does not take it, and the buffer that it is gathered in:
   * what it takes at once is gone.
   */
  private void count() {
    boolean slow = draining && queue.size() > 0;
    long now = slow ? memory.share(queue.size() + BufferPool.BUFFER_SIZE) : 0;
    memory.take(now - held);
    held = now;
  }

  /**
   * When the socket last took bytes that it had not taken at once, by the transport's clock: the
   * peer has made room for them.
   *
   * @return 0 if that has never been so
   */
  long movedAt() {
    return movedAt;
  }

  /** True while the socket takes no more, and a virtual thread waits for it. */
  boolean isDraining() {
    return draining;
  }

  /** Waits until a frame with such a payload fits; false if the session is not open. */
  boolean awaitRoom(int payload) {
    while (ending.isOpen() && !hasRoom(payload, 0)) {
      lock.progress().awaitUninterruptibly(); // the draining thread makes it
    }
    return ending.isOpen();
  }

  /**
   * Waits until nothing waits any more, the connection is lost, or so many nanoseconds have passed.
   * Takes the lock.
   */
  void awaitDrained(long nanos) {
    long end = System.nanoTime() + nanos;
    lock.lock();
    try {
      write();
      while (queue.size() > 0 && end - System.nanoTime() > 0) {
        try {
          lock.progress().awaitNanos(end - System.nanoTime());
        } catch (InterruptedException e) {
          // Meant for a handler. Who gives the connection up closes the transport: that is noticed.
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes what waits, as far as the socket takes it now. Takes the lock. */
  void flush() {
    lock.lock();
    try {
      write();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes what waits; in the owner's thread only if the owner has not done so a moment later.
   * Takes the lock.
   */
  void flushOrOwe() {
    lock.lock();
    try {
      if (!isOwner()) {
        write();
      } else if (!flushOwed && !draining && queue.hasNext()) {
        flushOwed = true;
        try {
          transport.soon(this::flushOwed);
        } catch (RuntimeException | Error e) {
          flushOwed = false;
          throw e;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** In the transport's thread, which waits for nobody. */
  private void flushOwed() {
    flushOwed = false;
    if (!lock.tryLock()) {
      Thread.startVirtualThread(this::flush);
    } else {
      try {
        write();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Writes what waits, as far as the socket takes it now. */
  void write() {
    if (draining || !queue.hasNext()) {
      return;
    }
    try {
      queue.writeTo(transport);
      if (queue.size() > 0) {
        draining = true;
        Thread.startVirtualThread(this::drain);
        if (isTooMuch()) { // and this one would make it more
          ending.fail(CloseCode.TRY_AGAIN_LATER, "too many clients take too little");
          abort();
        }
      }
    } catch (IOException e) {
      abort();
    } catch (RuntimeException | Error e) {
      draining = false; // there is no such thread
      abort();
      throw e;
    }
  }

  /** In a virtual thread of its own. */
  private void drain() {
    boolean more;
    do {
      boolean inTime = awaitWritable();
      lock.lock();
      try {
        long now = transport.now();
        long before = queue.size();
        queue.writeTo(transport);
        if (queue.size() != before) { // a few bytes are a sign of life too
          movedAt = now;
        } else if (!inTime) {
          ending.fail(CloseCode.TRY_AGAIN_LATER, "this client takes nothing");
          abort();
        }
      } catch (IOException e) {
        abort();
      } catch (RuntimeException | Error e) {
        abort(); // nobody must wait for this thread any more
        throw e;
      } finally {
        more = queue.size() > 0;
        draining = more;
        count();
        startCloseTimeout(transport.now());
        lock.signalProgress();
        lock.unlock();
      }
    } while (more);
  }

  private boolean awaitWritable() {
    try {
      return transport.awaitWritable(settings.sendTimeout().toNanos());
    } catch (RuntimeException | Error e) {
      lock.lock();
      try {
        draining = false;
        abort();
      } finally {
        lock.unlock();
      }
      throw e;
    }
  }

  /** The peer's time to answer our Close begins when that has gone out. */
  void startCloseTimeout(long now) {
    if (queue.size() == 0 && ending.startDeadline(now, settings.closeTimeout())) {
      transport.wake();
    }
  }

  /** Gives the connection up: nothing can be sent, and whoever reads finds the end. */
  void abort() {
    queue.clear();
    count();
    ending.disconnected();
    lock.signalProgress();
    transport.close();
  }
}
