package dev.loomsocket.binding;

/**
 * Lets a user's checked exception pass through a method that declares none, as it is and not
 * wrapped.
 */
final class Thrower {
  private Thrower() {}

  /** Throws what it is given; the result is only there so that callers can write {@code throw}. */
  static RuntimeException unchecked(Throwable thrown) {
    throw Thrower.<RuntimeException>as(thrown);
  }

  /** Erasure makes the cast of every type succeed, which is the point. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T as(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
