package dev.loomsocket.conformance;

/**
 * How much is to be tried: a part of the long-running cases in the ordinary build, all of them with
 * {@code -Dconformance=full}.
 */
final class Effort {
  private Effort() {}

  static boolean isFull() {
    return "full".equals(System.getProperty("conformance"));
  }
}
