package dev.loomsocket.wire;

/** What waits in pools to be lent, for tests of other packages. */
public final class Idle {
  private Idle() {}

  /** How many deflaters of that level nobody has borrowed, of those that there are. */
  public static int deflaters(DeflatePools pools, int level) {
    return pools.deflaters(level).idle();
  }
}
