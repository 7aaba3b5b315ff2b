package dev.loomsocket;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One carrier that does nothing until the others are held, on Java 21 to 23. A virtual thread
 * occupies it, since an idle carrier would be woken in vain with nearly every message.
 *
 * <p>A thread that is not a virtual one looks fifty times a second whether a new virtual thread
 * gets its turn. If it does not, the carrier in reserve is free at once, and the pool becomes
 * larger by one for the next reserve. After ten seconds in which everybody had a turn it has its
 * first size again.
 */
final class CarrierReserve implements AutoCloseable {
  private static final long INTERVAL = 20_000_000L; // nanoseconds
  private static final long CALM = 10_000_000_000L;

  /** So long a new virtual thread may wait for its turn while a carrier is held. */
  private static final Duration PATIENCE = Duration.ofMillis(40);

  /** And so long if none seems to be: they compute, or wait in native code. */
  private static final Duration MORE_PATIENCE = Duration.ofSeconds(1);

  /** So many carriers the pool has at most, if the user does not ask for others. */
  private static final int MOST = 256;

  private static final Logger LOG = System.getLogger("dev.loomsocket");

  private volatile @Nullable Thread occupant;
  private volatile boolean free; // the occupant's carrier
  private volatile boolean closed;

  private CarrierReserve() {}

  static CarrierReserve start() {
    CarrierReserve reserve = new CarrierReserve();
    Thread.ofPlatform().daemon().name("loomsocket-carriers").start(reserve::watch);
    return reserve;
  }

  private void watch() {
    try {
      occupy();
      CarrierThreads carriers = CarrierThreads.find();
      ForkJoinPool pool = carriers == null ? null : carriers.pool();
      if (pool != null) {
        watch(carriers, pool);
      }
    } catch (InterruptedException e) {
      // nobody does that; the pool has one more carrier than cores from now on
    } finally {
      close();
    }
  }

  private void watch(CarrierThreads carriers, ForkJoinPool pool) throws InterruptedException {
    int size = pool.getParallelism();
    long lastWant = System.nanoTime();
    for (boolean told = false; !closed; LockSupport.parkNanos(this, INTERVAL)) {
      if (!everybodyHasTurns(carriers)) {
        pool.setParallelism(Math.min(MOST, pool.getParallelism() + 1));
        free();
        lastWant = System.nanoTime();
        if (!told) {
          told = true;
          tell();
        }
      } else if (pool.getParallelism() > size && System.nanoTime() - lastWant > CALM) {
        pool.setParallelism(size);
      }
    }
  }

  private static boolean everybodyHasTurns(CarrierThreads carriers) throws InterruptedException {
    Thread one = Thread.ofVirtual().start(() -> {});
    return one.join(PATIENCE) || carriers.held() <= 1 && one.join(MORE_PATIENCE);
  }

  private static void tell() {
    try {
      LOG.log(
          Level.WARNING,
          "All carriers of virtual threads are held: a thread blocks inside synchronized or in"
              + " native code. There is another one for the others now. On Java 24 or newer, or"
              + " with a java.util.concurrent.locks.ReentrantLock instead of synchronized, a thread"
              + " that blocks holds none; -Djdk.tracePinnedThreads=short tells who does.");
    } catch (RuntimeException | Error unreportable) {
      // those who are held up are more important
    }
  }

  private void occupy() {
    occupant = Thread.ofVirtual().name("loomsocket-carrier-reserve").start(this::hold);
  }

  private void hold() {
    synchronized (this) { // the only one here, and for the sake of what is bad about it
      while (!free) {
        LockSupport.park(this);
      }
      free = false;
    }
    if (!closed) {
      occupy(); // from here: the pool notices what a thread on a carrier starts, whatever waits
    }
  }

  private void free() {
    free = true;
    LockSupport.unpark(occupant);
  }

  @Override
  public void close() {
    closed = true;
    free();
  }
}
