package dev.loomsocket;

/**
 * How many of the spare carriers are to be free: all of them as soon as more carriers are held than
 * are free to stand in for them, and after a calm second as many as were held at most.
 */
final class ReleaseRule {
  /** Nanoseconds. */
  static final long CALM = 1_000_000_000L;

  private final int spare;
  private int free;
  private int most; // were held since
  private long since;

  ReleaseRule(int spare, long now) {
    this.spare = spare;
    this.since = now;
  }

  /**
   * Tells how many.
   *
   * @param held carriers that are held, without those that only keep the spare ones occupied
   */
  int free(int held, long now) {
    if (held > free) {
      free = spare;
      most = 0;
      since = now;
    }
    most = Math.max(most, held);
    if (now - since >= CALM) {
      free = Math.min(most, spare);
      most = held;
      since = now;
    }
    return free;
  }
}
