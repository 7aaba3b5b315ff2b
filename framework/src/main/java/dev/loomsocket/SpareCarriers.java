package dev.loomsocket;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carriers that wait for the day when others are held. Idle ones would be woken for nothing with
 * every message; so each is occupied by a virtual thread that does nothing, until a look every 20
 * ms finds a carrier that somebody else holds.
 *
 * <p>It looks as long as there are applications, in a thread that is not a virtual one: it must not
 * need what it provides. Thread-safe.
 */
final class SpareCarriers {
  private static final long TICK = 20_000_000L; // nanoseconds

  private final int spare;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Supplier<Stream<Thread>>> applications = new CopyOnWriteArrayList<>();
  private @Nullable Thread watch; // while there are applications; guarded by the lock

  // Guarded by the lock while there is no watch, owned by it while there is one.
  private final CarrierThreads carriers = new CarrierThreads();
  private final PinReport report = new PinReport();
  private final Occupants occupants;
  private Set<Thread> heldBefore = Set.of();

  /**
   * Makes those of a pool.
   *
   * @param spare how many of its carriers are
   * @param all how many it has
   */
  SpareCarriers(int spare, int all) {
    this.spare = spare;
    this.occupants = new Occupants(carriers, all);
  }

  /**
   * From now on there is an application whose connections are served by these threads. It has no
   * poller yet: for one that waits in the kernel the pool provides another carrier only if it sees
   * the spare ones busy by then.
   */
  void add(Supplier<Stream<Thread>> threads) {
    lock.lock();
    try {
      applications.add(threads);
      if (watch == null) {
        occupants.awaitCount(spare);
        watch = Thread.ofPlatform().daemon().name("loomsocket-carriers").start(this::watch);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The application has ended. */
  void remove(Supplier<Stream<Thread>> threads) {
    lock.lock();
    try {
      applications.remove(threads);
      LockSupport.unpark(watch);
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    try {
      ReleaseRule rule = new ReleaseRule(spare, System.nanoTime());
      do {
        look(rule);
        LockSupport.parkNanos(this, TICK);
      } while (isNeeded());
    } catch (RuntimeException | Error e) {
      occupants.setCount(0); // and there is no new watch: they are just more than cores from now on
      throw e;
    }
  }

  private boolean isNeeded() {
    lock.lock();
    try {
      if (applications.isEmpty()) {
        watch = null;
        occupants.setCount(0);
      }
      return watch != null;
    } finally {
      lock.unlock();
    }
  }

  /** Who is held in two looks is so for a whole tick, or again and again. */
  private void look(ReleaseRule rule) {
    int occupied = occupants.occupied();
    Set<Thread> held = Set.of();
    if (carriers.count() > occupied) { // else there is nothing to be found, as mostly
      held = carriers.held();
    }
    Set<Thread> longHeld = new HashSet<>(held);
    longHeld.retainAll(heldBefore);
    heldBefore = held;
    int others = Math.max(0, longHeld.size() - occupied);
    occupants.setCount(spare - rule.free(others, System.nanoTime()));
    if (others > 0) {
      report.look(longHeld, occupants.threads(), applications.stream().flatMap(Supplier::get));
    } else {
      report.forget();
    }
  }
}
