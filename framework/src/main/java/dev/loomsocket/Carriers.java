package dev.loomsocket;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The platform threads that carry virtual ones.
 *
 * <p>Before Java 24 a virtual thread that blocks inside {@code synchronized} holds its carrier.
 * With as many carriers as cores a few such handlers, of an old database driver say, would stop
 * every connection; so there is one more {@linkplain CarrierReserve in reserve}, and another as
 * soon as it is used. From Java 24 on there is nothing of all this.
 *
 * <p>A user who sets the scheduler's size has the carriers asked for, and no reserve.
 */
final class Carriers {
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
  private static final String MIN_RUNNABLE = "jdk.virtualThreadScheduler.minRunnable";
  private static final String MAX_POOL_SIZE = "jdk.virtualThreadScheduler.maxPoolSize";
  private static final int FIRST_WITHOUT_PINNING = 24;

  private static final Carriers OF_PROCESS = new Carriers();

  private final ReentrantLock lock = new ReentrantLock();
  private boolean canReserve; // guarded by lock
  private int applications; // that are served; guarded by lock
  private @Nullable CarrierReserve reserve; // while there are some; guarded by lock

  private Carriers() {}

  /**
   * Sets what has an effect only before the process starts its first virtual thread, and never
   * against the user's own setting.
   */
  static void provide() {
    int version = Runtime.version().feature();
    if (version >= FIRST_WITHOUT_PINNING) {
      return;
    }
    if (CarrierThreads.find() == null && provide(version)) {
      OF_PROCESS.canReserve();
    }
  }

  private void canReserve() {
    lock.lock();
    try {
      canReserve = true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sets what a Java of that version needs before its first virtual thread.
   *
   * @return true if there will be a carrier for the reserve
   */
  static boolean provide(int version) {
    if (version >= FIRST_WITHOUT_PINNING
        || List.of(PARALLELISM, MIN_RUNNABLE, MAX_POOL_SIZE).stream()
            .anyMatch(name -> System.getProperty(name) != null)) {
      return false;
    }
    System.setProperty(PARALLELISM, Integer.toString(size()));
    // Half of the cores, as by default, and the reserve, which always seems to be running: with
    // fewer the pool would think that enough others do while a poller waits in the kernel.
    System.setProperty(MIN_RUNNABLE, Integer.toString(Math.max(1, cores() / 2) + 1));
    return true;
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** How many there are, with the one in reserve. */
  private static int size() {
    return cores() + 1;
  }

  /**
   * Keeps a carrier in reserve as long as an application runs.
   *
   * @return to be run once, at the application's end
   */
  static Runnable reserve() {
    return OF_PROCESS.keepOne();
  }

  private Runnable keepOne() {
    lock.lock();
    try {
      if (!canReserve) {
        return () -> {};
      }
      if (applications == 0) {
        reserve = CarrierReserve.start(size());
      }
      applications++;
      return this::release;
    } finally {
      lock.unlock();
    }
  }

  private void release() {
    lock.lock();
    try {
      if (--applications == 0 && reserve != null) {
        reserve.close();
        reserve = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
