package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoolTest {
  private static final int CAPACITY = 3;

  private final ConcurrentLinkedQueue<Thing> made = new ConcurrentLinkedQueue<>();
  private final Pool<Thing> pool =
      new Pool<>(CAPACITY, this::make, thing -> thing.dirty = false, Thing::end);

  private static final class Thing {
    private final AtomicBoolean lent = new AtomicBoolean();
    private volatile boolean dirty;
    private volatile boolean ended;

    void end() {
      assertFalse(ended, "ended twice");
      ended = true;
    }
  }

  private Thing make() {
    Thing thing = new Thing();
    made.add(thing);
    return thing;
  }

  private Thing borrow() {
    Thing thing = pool.borrow();
    assertTrue(thing.lent.compareAndSet(false, true), "lent to two at once");
    assertFalse(thing.dirty || thing.ended);
    thing.dirty = true;
    return thing;
  }

  private void giveBack(Thing thing) {
    thing.lent.set(false);
    pool.giveBack(thing);
  }

  @Test
  void whatComesBackIsClearedAndLentAgain() {
    Thing thing = borrow();
    assertNotSame(thing, borrow());
    giveBack(thing);
    assertSame(thing, borrow());
  }

  @Test
  void whatComesBackToAFullPoolIsEnded() {
    List<Thing> things = IntStream.range(0, CAPACITY + 2).mapToObj(i -> borrow()).toList();
    things.forEach(this::giveBack);
    assertEquals(CAPACITY, pool.idle());
    assertEquals(2, things.stream().filter(thing -> thing.ended).count());
  }

  @Test
  void aClosedPoolEndsAllThatItHasAndAllThatComesBack() {
    Thing away = borrow();
    giveBack(borrow());
    pool.close();
    assertEquals(0, pool.idle());
    assertFalse(away.ended);
    giveBack(away);
    giveBack(borrow());
    assertTrue(made.stream().allMatch(thing -> thing.ended));
    assertEquals(0, pool.idle());
  }

  @Test
  void manyThreadsNeverShareAndNothingIsLost() throws Exception {
    int threads = 8;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      Callable<Void> work =
          () -> {
            for (int n = 0; n < 20_000; n++) {
              Thing first = borrow();
              Thing second = n % 3 == 0 ? borrow() : first;
              giveBack(first);
              if (second != first) {
                giveBack(second);
              }
            }
            return null;
          };
      List<Callable<Void>> all = IntStream.range(0, threads).mapToObj(i -> work).toList();
      for (Future<Void> done : executor.invokeAll(all)) {
        done.get();
      }
    }
    assertTrue(pool.idle() <= CAPACITY);
    long alive = made.stream().filter(thing -> !thing.ended).count();
    assertEquals(pool.idle(), alive);
    pool.close();
    assertTrue(made.stream().allMatch(thing -> thing.ended));
  }
}
