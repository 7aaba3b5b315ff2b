package dev.loomsocket.session;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A lock with what is done under it in one piece, where that is not done for each message. */
sealed class Guard extends ReentrantLock permits SendLock {
  private static final long serialVersionUID = 1;

  /** Does something with the lock held. */
  final void with(Runnable step) {
    lock();
    try {
      step.run();
    } finally {
      unlock();
    }
  }

  /** Finds something out with the lock held. */
  final <T> T with(Supplier<T> look) {
    lock();
    try {
      return look.get();
    } finally {
      unlock();
    }
  }
}
