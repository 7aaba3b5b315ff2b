package dev.loomsocket.wire;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Things of one kind that are dear to make, each lent to one borrower at a time. Thread-safe;
 * nothing blocks: who finds the pool empty gets a new one, and what comes back to a full pool is
 * ended. The one given back last is lent first, while it is still in the cache.
 */
final class Pool<T> {
  private final ConcurrentLinkedDeque<T> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger count = new AtomicInteger(); // idle, or about to be
  private final int capacity;
  private final Supplier<T> make;
  private final Consumer<T> clear;
  private final Consumer<T> end;
  private volatile boolean closed;

  /**
   * An empty pool.
   *
   * @param capacity how many it keeps at most
   * @param clear makes a used one as good as new
   * @param end frees what a thing holds besides heap
   */
  Pool(int capacity, Supplier<T> make, Consumer<T> clear, Consumer<T> end) {
    this.capacity = capacity;
    this.make = make;
    this.clear = clear;
    this.end = end;
  }

  T borrow() {
    T thing = idle.pollFirst();
    if (thing == null) {
      return make.get();
    }
    count.decrementAndGet();
    return thing;
  }

  /** Takes one back; the caller must not use it any more. */
  void giveBack(T thing) {
    if (count.incrementAndGet() > capacity) {
      count.decrementAndGet();
      end.accept(thing);
      return;
    }
    clear.accept(thing);
    idle.addFirst(thing);
    if (closed) {
      close(); // which may have looked before this one was there
    }
  }

  /** Ends the idle ones now, and the lent ones when they come back. */
  void close() {
    closed = true;
    for (T thing = idle.pollFirst(); thing != null; thing = idle.pollFirst()) {
      count.decrementAndGet();
      end.accept(thing);
    }
  }

  /** How many wait to be lent. */
  int idle() {
    return idle.size();
  }
}
