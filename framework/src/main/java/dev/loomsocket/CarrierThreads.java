package dev.loomsocket;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The carriers as they are seen from outside, on Java 21 to 23. */
final class CarrierThreads {
  private static final String NAME = "CarrierThreads"; // of their group

  private final ThreadGroup group;

  private CarrierThreads(ThreadGroup group) {
    this.group = group;
  }

  /** Null if this process has not started a virtual thread. */
  static @Nullable CarrierThreads find() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    ThreadGroup[] groups = new ThreadGroup[root.activeGroupCount() + 8];
    int n = root.enumerate(groups, false);
    for (int i = 0; i < n; i++) {
      if (groups[i].getName().equals(NAME)) {
        return new CarrierThreads(groups[i]);
      }
    }
    return null;
  }

  /** Null if there is none at the moment. */
  @Nullable ForkJoinPool pool() {
    for (Thread thread : list()) {
      if (thread instanceof ForkJoinWorkerThread carrier) {
        return carrier.getPool();
      }
    }
    return null;
  }

  /** How many are held by a thread that waits. Whoever computes holds none in this sense. */
  int held() {
    int held = 0;
    for (Thread thread : list()) {
      held += thread != null && isHeld(thread) ? 1 : 0;
    }
    return held;
  }

  private @Nullable Thread[] list() {
    Thread[] threads = new Thread[group.activeCount() + 8]; // more may have been added meanwhile
    group.enumerate(threads, false);
    return threads;
  }

  /** A carrier out of work says that it waits for its pool; a virtual thread on it would not. */
  private static boolean isHeld(Thread carrier) {
    return switch (carrier.getState()) {
      case WAITING, TIMED_WAITING, BLOCKED -> LockSupport.getBlocker(carrier) == null;
      default -> false;
    };
  }
}
