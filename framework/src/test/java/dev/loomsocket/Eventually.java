package dev.loomsocket;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what will be so soon, where nobody tells when. */
public final class Eventually {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
  private static final long BETWEEN = TimeUnit.MILLISECONDS.toNanos(2);

  private Eventually() {}

  /** Returns once the condition holds; after 20 s it fails with what should have been. */
  public static void holds(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("after 20 s it still does not hold that " + what);
      }
      LockSupport.parkNanos(BETWEEN);
    }
  }
}
