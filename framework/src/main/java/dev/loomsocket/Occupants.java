package dev.loomsocket;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Virtual threads that keep carriers from everybody else: before Java 24, to wait with a monitor in
 * hand does that. For one thread at a time.
 */
final class Occupants {
  private static final long PATIENCE = 500_000_000L; // nanoseconds
  private static final long BETWEEN = 200_000L;

  private final CarrierThreads carriers;
  private final int all;
  private final List<Occupant> present = new ArrayList<>();
  private final List<Occupant> leaving = new ArrayList<>();

  /**
   * Makes none yet.
   *
   * @param all the size of the pool, without what it adds while carriers wait in the kernel
   */
  Occupants(CarrierThreads carriers, int all) {
    this.carriers = carriers;
    this.all = all;
  }

  /**
   * Finds out by occupying them for a moment whether there are so many carriers, and whether it is
   * seen when they are held. Without that, to occupy some could be to occupy all.
   */
  static boolean canOccupy(int all) {
    CarrierThreads carriers = new CarrierThreads();
    List<Occupant> occupants = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE;
    try {
      for (int i = 0; i < all; i++) {
        occupants.add(Occupant.start());
      }
      while (carriers.count() < all) {
        if (System.nanoTime() - deadline >= 0) {
          return false;
        }
        LockSupport.parkNanos(BETWEEN);
      }
      return true;
    } finally {
      occupants.forEach(Occupant::release);
      while (occupants.stream().anyMatch(Occupant::occupies)) {
        LockSupport.parkNanos(BETWEEN);
      }
    }
  }

  /** Makes them so many and waits for a while until all of them have found a carrier. */
  void awaitCount(int count) {
    long deadline = System.nanoTime() + PATIENCE;
    setCount(count);
    while (occupying(present) < count && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(BETWEEN);
      setCount(count);
    }
  }

  /**
   * Makes them so many, or fewer if too few carriers are idle. One of these is left: it may be
   * there in place of another that waits in the kernel.
   */
  void setCount(int count) {
    leaving.removeIf(occupant -> !occupant.occupies());
    while (present.size() > count) {
      Occupant last = present.removeLast();
      last.release();
      leaving.add(last);
    }
    if (present.size() < count) {
      int searching = present.size() - occupying(present);
      int room = carriers.idle(all) - searching - 1;
      for (; present.size() < count && room > 0; room--) {
        present.add(Occupant.start());
      }
    }
  }

  /** How many carriers they have, those included that they are about to leave. */
  int occupied() {
    return occupying(present) + occupying(leaving);
  }

  private static int occupying(List<Occupant> occupants) {
    int occupying = 0;
    for (Occupant occupant : occupants) {
      occupying += occupant.occupies() ? 1 : 0;
    }
    return occupying;
  }

  Stream<Thread> threads() {
    return Stream.concat(present.stream(), leaving.stream()).map(occupant -> occupant.thread);
  }

  /** One of them. */
  private static final class Occupant implements Runnable {
    final Thread thread = Thread.ofVirtual().name("loomsocket-spare-carrier").unstarted(this);
    private volatile boolean occupies;
    private volatile boolean released;

    /** One that takes the next carrier that has nothing else to do. */
    static Occupant start() {
      Occupant occupant = new Occupant();
      occupant.thread.start();
      return occupant;
    }

    @Override
    public void run() {
      synchronized (this) { // the only one here, and for the sake of what is bad about it
        occupies = !released;
        while (!released) {
          LockSupport.park(this);
        }
        occupies = false;
      }
    }

    /** False as long as it has found no carrier, and when it has left it. */
    boolean occupies() {
      return occupies;
    }

    void release() {
      released = true;
      LockSupport.unpark(thread);
    }
  }
}
