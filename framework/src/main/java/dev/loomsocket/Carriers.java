package dev.loomsocket;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The platform threads that carry virtual ones.
 *
 * <p>Before Java 24 a virtual thread that blocks inside {@code synchronized} holds its carrier.
 * With as many carriers as cores a few such handlers, of an old database driver say, would stop
 * every connection; so there are more. While nobody needs them, {@link SpareCarriers} keeps them
 * occupied: carriers that look for work and find none cost a quarter of the speed. From Java 24 on
 * there is nothing of all this.
 *
 * <p>A user who sets the scheduler's size has the carriers asked for, and none of them occupied.
 */
final class Carriers {
  /** How many there are beyond one for each core. */
  static final int SPARE = 4;

  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
  private static final String MIN_RUNNABLE = "jdk.virtualThreadScheduler.minRunnable";
  private static final String MAX_POOL_SIZE = "jdk.virtualThreadScheduler.maxPoolSize";
  private static final int FIRST_WITHOUT_PINNING = 24;

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final AtomicReference<@Nullable SpareCarriers> RESERVE = new AtomicReference<>();

  private Carriers() {}

  /**
   * Has an effect only before the process starts its first virtual thread, and never against the
   * user's own setting.
   */
  static void provide() {
    int version = Runtime.version().feature();
    if (version >= FIRST_WITHOUT_PINNING) {
      return;
    }
    LOCK.lock();
    try {
      boolean inTime = !CarrierThreads.exist();
      if (provide(version) && inTime && Occupants.canOccupy(cores() + SPARE)) {
        RESERVE.set(new SpareCarriers(SPARE, cores() + SPARE));
      }
    } finally {
      LOCK.unlock();
    }
  }

  /**
   * Sets what a Java of that version needs before its first virtual thread.
   *
   * @return true if none of the scheduler's size is the user's choice
   */
  static boolean provide(int version) {
    if (version >= FIRST_WITHOUT_PINNING || System.getProperty(PARALLELISM) != null) {
      return false;
    }
    System.setProperty(PARALLELISM, Integer.toString(cores() + SPARE));
    if (System.getProperty(MIN_RUNNABLE) != null || System.getProperty(MAX_POOL_SIZE) != null) {
      return false;
    }
    // Half of the cores, as by default, and the spare carriers, which are always busy: with fewer
    // the
    // pool would think that enough others run while a poller waits in the kernel.
    System.setProperty(MIN_RUNNABLE, Integer.toString(Math.max(1, cores() / 2) + SPARE));
    return true;
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * Keeps the spare carriers for those who need them, as long as an application runs. To be called
   * before its pollers start.
   *
   * @param threads those that serve the application's connections at the time
   * @return to be run at the application's end
   */
  static Runnable keep(Supplier<Stream<Thread>> threads) {
    SpareCarriers reserve = RESERVE.get();
    if (reserve == null) {
      return () -> {};
    }
    reserve.add(threads);
    return () -> reserve.remove(threads);
  }
}
