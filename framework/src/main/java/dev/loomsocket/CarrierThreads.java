package dev.loomsocket;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The carriers as they are seen from outside, on Java 21 to 23: one that waits although it has not
 * run out of work is held by the virtual thread on it. To look at a few dozen takes a microsecond
 * or two.
 */
final class CarrierThreads {
  private static final String GROUP = "CarrierThreads";

  private Thread[] room = new Thread[32];
  private @Nullable ThreadGroup group; // once it is there

  /** True if this process has started a virtual thread. */
  static boolean exist() {
    return find() != null;
  }

  private static @Nullable ThreadGroup find() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    ThreadGroup[] groups = new ThreadGroup[root.activeGroupCount() + 8];
    int n = root.enumerate(groups, false);
    for (int i = 0; i < n; i++) {
      if (groups[i].getName().equals(GROUP)) {
        return groups[i];
      }
    }
    return null;
  }

  /** How many are held now. A virtual thread that computes holds none in this sense. */
  int count() {
    int held = 0;
    for (int i = list() - 1; i >= 0; i--) {
      held += isHeld(room[i]) ? 1 : 0;
    }
    return held;
  }

  /** Those that are held now. */
  Set<Thread> held() {
    int n = list();
    Set<Thread> held = new HashSet<>(Arrays.asList(room).subList(0, n));
    held.removeIf(carrier -> !isHeld(carrier));
    return held;
  }

  /** How many have nothing to do; of a pool of that size the missing ones count, too. */
  int idle(int size) {
    int n = list();
    int idle = Math.max(0, size - n);
    for (int i = 0; i < n; i++) {
      idle += LockSupport.getBlocker(room[i]) instanceof ForkJoinPool ? 1 : 0;
    }
    return idle;
  }

  private int list() {
    ThreadGroup found = group == null ? find() : group;
    if (found == null) {
      return 0;
    }
    group = found;
    int n = found.enumerate(room, false);
    while (n == room.length) { // there may be more
      room = new Thread[2 * n];
      n = found.enumerate(room, false);
    }
    return n;
  }

  /** A carrier out of work says that it waits for its pool; a virtual thread on it would not. */
  static boolean isHeld(Thread carrier) {
    return switch (carrier.getState()) {
      case WAITING, TIMED_WAITING, BLOCKED -> LockSupport.getBlocker(carrier) == null;
      default -> false;
    };
  }

  /** True if a virtual thread is on it; it takes longer to find out than the rest. */
  static boolean carries(Thread carrier) {
    StackTraceElement[] calls = carrier.getStackTrace();
    return calls.length > 0 && calls[0].getClassName().equals("jdk.internal.vm.Continuation");
  }
}
