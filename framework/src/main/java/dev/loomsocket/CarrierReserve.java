package dev.loomsocket;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;

/**
 * One carrier that does nothing until the others are held, on Java 21 to 23. A virtual thread
 * occupies it, since an idle carrier would be woken in vain with nearly every message.
 *
 * <p>A thread that is not a virtual one looks fifty times a second whether a new virtual thread
 * gets its turn, and whether carriers are held. If so, the carrier in reserve is free at once, and
 * the pool becomes larger for the next reserve: by as many as are held, and by one, two, four more
 * if that does not help. When none has been held for ten seconds it has its first size again.
 */
final class CarrierReserve implements AutoCloseable {
  private static final long INTERVAL = 20_000_000L; // nanoseconds
  private static final long CALM = 10_000_000_000L;

  /** So long a new virtual thread may wait for its turn while a carrier is held. */
  private static final Duration PATIENCE = Duration.ofMillis(40);

  /** And so long if none seems to be: the others compute, or wait in native code. */
  private static final Duration MORE_PATIENCE = Duration.ofSeconds(1);

  /** So many carriers the JDK makes at most, if the user does not ask for others. */
  private static final int MOST = 256;

  /** Carriers that are held in so many looks are told of: who loads a class holds one for less. */
  private static final int LONG = 10;

  private static final int NOBODY = -1;

  private static final Logger LOG = System.getLogger("dev.loomsocket");

  private final int size; // of the pool at first, with the one in reserve
  private final int most;

  /** Two that take turns, so that who leaves wakes the other one from the carrier. */
  private final List<Thread> occupants = List.of(occupant(0), occupant(1));

  private volatile int turn; // whose it is to occupy the carrier, or NOBODY
  private volatile boolean
      occupied; // written before released is read; released the other way round
  private volatile boolean released;
  private volatile boolean keeps = true; // false: the pool is as large as it may be
  private volatile boolean closed;

  // Owner: the thread that watches.
  private long lastWant;
  private int heldBefore; // at the last look
  private int looksHeld; // one after the other, in which some were
  private int step = 1; // by which the pool grows next
  private boolean told;

  private CarrierReserve(int size) {
    this.size = size;
    this.most = Math.max(MOST, size);
  }

  /**
   * Starts watching, and keeps a carrier if the pool has this size, of which one is to spare.
   *
   * @throws OutOfMemoryError if there can be no thread for it
   */
  static CarrierReserve start(int size) {
    CarrierReserve reserve = new CarrierReserve(size);
    Thread.ofPlatform().daemon().name("loomsocket-carriers").start(reserve::watch);
    return reserve;
  }

  private void watch() {
    try {
      occupants.forEach(Thread::start);
      CarrierThreads carriers = CarrierThreads.find();
      if (carriers != null) {
        ForkJoinPool pool = carriers.pool();
        if (pool != null && pool.getParallelism() == size) { // else it was not asked in time
          watch(carriers, pool);
        }
      }
    } catch (InterruptedException e) {
      // nobody does that; the pool has one more carrier than cores from now on
    } finally {
      close();
    }
  }

  private void watch(CarrierThreads carriers, ForkJoinPool pool) throws InterruptedException {
    while (!closed) {
      try {
        look(carriers, pool);
      } catch (RuntimeException | Error e) {
        // memory is short: the next look may find some
      }
      LockSupport.parkNanos(this, INTERVAL);
    }
    pool.setParallelism(size);
  }

  private void look(CarrierThreads carriers, ForkJoinPool pool) throws InterruptedException {
    Thread one = Thread.ofVirtual().start(() -> {});
    boolean hadTurn = one.join(PATIENCE) || carriers.held() <= 1 && one.join(MORE_PATIENCE);
    int held = carriers.held() - 1; // by others than the occupant
    int longHeld = Math.min(held, heldBefore);
    heldBefore = held;
    looksHeld = held > 0 ? looksHeld + 1 : 0;
    if (looksHeld == LONG && !told) {
      told = true;
      tell();
    }
    int now = pool.getParallelism();
    if (!hadTurn) {
      grow(pool, Math.max(now, size + held) + step);
      step = Math.min(most, 2 * step);
    } else if (now < size + longHeld) { // in whose queues threads may wait, unseen by the others
      grow(pool, size + longHeld);
    } else {
      step = 1;
      if (now > size && held == 0 && System.nanoTime() - lastWant > CALM) {
        shrink(pool);
      }
    }
  }

  private void grow(ForkJoinPool pool, int wanted) {
    int larger = Math.min(most, wanted);
    pool.setParallelism(larger);
    keeps = larger < most;
    release();
    lastWant = System.nanoTime();
  }

  private void shrink(ForkJoinPool pool) {
    pool.setParallelism(size);
    keeps = true;
    if (turn == NOBODY) {
      give(0);
    }
  }

  private static void tell() {
    try {
      LOG.log(
          Level.WARNING,
          "A virtual thread blocks inside synchronized, and holds its carrier meanwhile; the others"
              + " go on with another one. With a java.util.concurrent.locks.ReentrantLock instead,"
              + " or on Java 24 or newer, it would hold none. -Djdk.tracePinnedThreads=short tells"
              + " who does (and names CarrierReserve.occupy, which is how one more is kept).");
    } catch (RuntimeException | Error unreportable) {
      // those who are held up are more important
    }
  }

  private Thread occupant(int me) {
    return Thread.ofVirtual().name("loomsocket-carrier-reserve-" + me).unstarted(() -> hold(me));
  }

  private void hold(int me) {
    while (!closed) {
      try {
        while (turn != me && !closed) {
          LockSupport.park(this);
        }
        occupy();
        released = false;
        if (keeps) {
          give(1 - me); // to this carrier's own queue, which is empty: that is noticed by the pool
        } else {
          turn = NOBODY;
        }
      } catch (RuntimeException | Error e) {
        // memory is short: once more
      }
    }
  }

  private void occupy() {
    synchronized (occupants) { // the only one here, and for the sake of what is bad about it
      occupied = true;
      while (!released && !closed) {
        LockSupport.park(this);
      }
      occupied = false;
    }
  }

  private void give(int to) {
    turn = to;
    LockSupport.unpark(occupants.get(to));
  }

  /** Wakes nobody who is not on a carrier: he would wait for one in vain, behind all others. */
  private void release() {
    released = true;
    if (occupied) {
      LockSupport.unpark(occupants.get(turn));
    }
  }

  @Override
  public void close() {
    closed = true;
    occupants.forEach(LockSupport::unpark);
  }
}
