package dev.loomsocket.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What has happened in a room and its listeners have not been told yet: they are called in that
 * order, without any lock and by one thread at a time. Thread-safe.
 */
final class Telling {
  private static final Logger LOG = System.getLogger("dev.loomsocket.session");

  /** So many things in a row are told by a thread that has something else to do. */
  private static final int TURN = 100;

  private static final int NOBODY = 0;
  private static final int SOMEBODY = 1;
  private static final int MORE = 2; // somebody tells, and may not have seen the last

  private final String room;
  private final Queue<Runnable> noted = new ConcurrentLinkedQueue<>();
  private final AtomicInteger state = new AtomicInteger(NOBODY);

  Telling(String room) {
    this.room = room;
  }

  /** Is to be told behind what is noted already. */
  void note(Runnable event) {
    noted.add(event);
  }

  /**
   * Tells the listeners what has happened. If another thread is about it, that one tells it too:
   * perhaps this one, further down its stack. While more and more happens, a thread of its own goes
   * on: whoever joined or sent is not held up for as long as others do.
   */
  void tell() {
    if (state.getAndSet(MORE) == NOBODY) {
      tell(TURN);
    }
  }

  /**
   * Lets another thread do that.
   *
   * @return is open once all that is noted now has been told
   */
  CountDownLatch tellElsewhere() {
    if (state.get() == NOBODY && noted.isEmpty()) {
      return new CountDownLatch(0);
    }
    CountDownLatch told = new CountDownLatch(1);
    note(told::countDown);
    if (state.getAndSet(MORE) == NOBODY) {
      handOver();
    }
    return told;
  }

  private void handOver() {
    try {
      Thread.startVirtualThread(() -> tell(Integer.MAX_VALUE));
    } catch (RuntimeException | Error e) {
      tell(Integer.MAX_VALUE); // there is no thread to be had but this
    }
  }

  private void tell(int most) {
    int left = most;
    boolean failed = true;
    try {
      do {
        state.set(SOMEBODY);
        for (Runnable next = noted.poll(); next != null; next = noted.poll()) {
          call(next);
          if (--left == 0) {
            failed = false;
            handOver();
            return;
          }
        }
      } while (!state.compareAndSet(SOMEBODY, NOBODY));
      failed = false;
    } finally {
      if (failed) {
        state.set(NOBODY); // whoever comes next tells what is left
      }
    }
  }

  void call(Runnable listener) {
    call(room, listener);
  }

  /** Calls a listener; what it throws is logged, be it checked or not. */
  static void call(String room, Runnable listener) {
    try {
      listener.run();
    } catch (Throwable e) {
      LOG.log(Level.WARNING, () -> "a listener of the room " + room + " failed", e);
    }
  }
}
