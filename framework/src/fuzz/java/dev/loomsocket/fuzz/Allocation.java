package dev.loomsocket.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Holds a thread to a number of bytes, whatever it is made to read. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /**
   * Fails if the action allocates more. An action may do so once, as classes are loaded; so it is
   * asked again then, and has to be one that can be repeated.
   */
  public static void atMost(long bytes, Runnable action) {
    if (of(action) > bytes) {
      long again = of(action);
      if (again > bytes) {
        throw new AssertionError(again + " bytes were allocated where " + bytes + " must do");
      }
    }
  }

  private static long of(Runnable action) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    action.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
