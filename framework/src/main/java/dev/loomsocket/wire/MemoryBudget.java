package dev.loomsocket.wire;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that something of which there are many may take all together, such as messages on
 * their way in: many who begin messages and do not end them cannot exhaust it. Thread-safe; nothing
 * blocks.
 *
 * <p>Whoever asks for more than is left is refused; one alone may take more than the whole budget
 * while there is no other.
 */
public final class MemoryBudget {
  private final long bytes;
  private final AtomicLong taken = new AtomicLong();

  /** A budget of so many bytes. */
  public MemoryBudget(long bytes) {
    this.bytes = bytes;
  }

  /** The heap divided by this. */
  public static MemoryBudget ofHeap(int divisor) {
    return new MemoryBudget(Runtime.getRuntime().maxMemory() / divisor);
  }

  /**
   * Takes a part of it.
   *
   * @param held what the same one has taken before
   * @return false if it is not there; nothing is taken then
   */
  public boolean tryTake(long part, long held) {
    long now = taken.addAndGet(part);
    if (now > bytes && now != held + part) {
      taken.addAndGet(-part);
      return false;
    }
    return true;
  }

  /**
   * Takes a part of it for what is there already, whether it fits or not.
   *
   * @param part less than nothing gives back
   */
  public void take(long part) {
    taken.addAndGet(part);
  }

  /** Gives a part back. */
  public void giveBack(long part) {
    taken.addAndGet(-part);
  }

  /** True if nothing is left. */
  public boolean isUsedUp() {
    return taken.get() >= bytes;
  }

  /** What counts of so many bytes of one: half of the budget at most, so that others have some. */
  public long share(long held) {
    return Math.min(held, bytes / 2);
  }

  /** How much is taken, in bytes. */
  public long taken() {
    return taken.get();
  }
}
