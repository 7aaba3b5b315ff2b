package dev.loomsocket.wire;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that messages on their way in may take on all connections together, so that many who
 * begin messages and do not end them cannot exhaust it. Thread-safe; nothing blocks.
 *
 * <p>Whoever asks for more than is left is refused, and loses its connection; one message may be
 * larger than the whole budget while there is no other.
 */
public final class MemoryBudget {
  private final long bytes;
  private final AtomicLong taken = new AtomicLong();

  /** A budget of so many bytes. */
  public MemoryBudget(long bytes) {
    this.bytes = bytes;
  }

  /** A quarter of the heap. */
  public static MemoryBudget ofHeap() {
    return new MemoryBudget(Runtime.getRuntime().maxMemory() / 4);
  }

  /**
   * Takes a part of it.
   *
   * @param held what the same message has taken before
   * @throws ProtocolException 1013 if it is not there
   */
  void take(long part, long held) {
    long now = taken.addAndGet(part);
    if (now > bytes && now != held + part) {
      taken.addAndGet(-part);
      throw new ProtocolException(
          CloseCode.TRY_AGAIN_LATER, "too many messages are under way on this server");
    }
  }

  /** Gives a part back. */
  void giveBack(long part) {
    taken.addAndGet(-part);
  }

  /** How much is taken, in bytes. */
  public long taken() {
    return taken.get();
  }
}
