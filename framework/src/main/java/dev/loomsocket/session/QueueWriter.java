package dev.loomsocket.session;

import dev.loomsocket.net.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes a session's {@link SendQueue} to its socket. When the socket takes no more, a virtual
 * thread waits for it and writes on, and gives up when nothing moves for the send timeout.
 *
 * <p>All methods are called with the lock of the {@link Outbox} held, and so are those of its
 * listener; nothing waits while it is held.
 */
final class QueueWriter {
  private final Transport transport;
  private final SendQueue queue;
  private final ReentrantLock lock;
  private final Duration timeout;
  private final Listener listener;
  private boolean draining; // the virtual thread writes, nobody else; guarded by lock

  /** Who hears of what the socket does. */
  interface Listener {
    /** Bytes have gone out, or nothing waits any more. */
    void progressed();

    /** The peer has taken nothing for the send timeout. */
    void stalled();

    /** The connection is broken. */
    void lost();
  }

  QueueWriter(
      Transport transport,
      SendQueue queue,
      ReentrantLock lock,
      Duration timeout,
      Listener listener) {
    this.transport = transport;
    this.queue = queue;
    this.lock = lock;
    this.timeout = timeout;
    this.listener = listener;
  }

  /** True while the socket takes no more. */
  boolean isWaiting() {
    return draining;
  }

  /** Writes what waits, as far as the socket takes it now. */
  void write() {
    if (draining || queue.size() == 0) {
      return;
    }
    try {
      queue.writeTo(transport);
      if (queue.size() > 0) {
        draining = true;
        Thread.startVirtualThread(this::drain);
      }
    } catch (IOException e) {
      listener.lost();
    }
  }

  /** In a virtual thread of its own. */
  private void drain() {
    boolean more;
    do {
      boolean inTime = transport.awaitWritable(timeout.toNanos());
      lock.lock();
      try {
        long before = queue.size();
        queue.writeTo(transport);
        if (!inTime && queue.size() == before) { // a few bytes are a sign of life too
          listener.stalled();
        }
      } catch (IOException e) {
        listener.lost();
      } catch (RuntimeException | Error e) {
        listener.lost(); // nobody must wait for this thread any more
        throw e;
      } finally {
        more = queue.size() > 0;
        draining = more;
        listener.progressed();
        lock.unlock();
      }
    } while (more);
  }
}
