package dev.loomsocket;

/**
 * The platform threads that carry virtual ones.
 *
 * <p>Before Java 24 a virtual thread that blocks inside {@code synchronized} holds its carrier.
 * With as many carriers as cores a few such handlers, of an old database driver say, would stop
 * every connection; so there are more.
 */
final class Carriers {
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
  private static final int FIRST_WITHOUT_PINNING = 24;
  private static final int SPARE = 4;

  private Carriers() {}

  /**
   * Has an effect only before the process starts its first virtual thread, and never against the
   * user's own setting.
   */
  static void provide() {
    provide(Runtime.version().feature());
  }

  /** What {@link #provide()} does on a Java of that version. */
  static void provide(int version) {
    if (version < FIRST_WITHOUT_PINNING && System.getProperty(PARALLELISM) == null) {
      int cores = Runtime.getRuntime().availableProcessors();
      System.setProperty(PARALLELISM, Integer.toString(cores + SPARE));
    }
  }
}
