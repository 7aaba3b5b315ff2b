package dev.loomsocket.session;

import dev.loomsocket.net.Transport;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Makes who works for long without a wait step aside, so that others have their turn.
 *
 * <p>A virtual thread keeps its carrier until it waits for something. What a fast client takes as
 * soon as it is sent, or what a few compressed bytes unfold to, gives it nothing to wait for. To
 * yield, or to park for a moment, would not be enough: a carrier may find enough to do among those
 * who do nothing else, and never come to the transport's thread. So it is that which wakes whoever
 * rests: it has had its turn then, and the others get theirs through it.
 *
 * <p>A few threads may use one: what they disagree on does no harm.
 */
final class Pace {
  /** So many bytes are worth a look at the clock; before, work has hardly taken any time. */
  static final int LOOK = 64 * 1024;

  /** So many nanoseconds of work without rest are enough. */
  static final long SHIFT = 2_000_000L;

  private final LongSupplier clock;
  private final Runnable rest;
  private int bytes; // since the last look
  private long rested;

  Pace(Transport transport) {
    this(System::nanoTime, () -> awaitTurn(transport));
  }

  Pace(LongSupplier clock, Runnable rest) {
    this.clock = clock;
    this.rest = rest;
    this.rested = clock.getAsLong();
  }

  /** Returns too early now and then, which does no harm. */
  private static void awaitTurn(Transport transport) {
    Thread thread = Thread.currentThread();
    transport.soon(() -> LockSupport.unpark(thread));
    LockSupport.park(transport);
  }

  /** So many bytes have been dealt with; now nothing is held that others wait for. */
  void worked(int count) {
    bytes += count;
    if (bytes >= LOOK) {
      bytes = 0;
      if (clock.getAsLong() - rested >= SHIFT) {
        rest.run();
        rested = clock.getAsLong();
      }
    }
  }
}
