package dev.loomsocket.server;

/**
 * The time for which we wait for a client's body: some at first, and more with each byte. The time
 * that a handler takes for itself costs the client nothing. Used by one thread.
 */
final class Credit {
  /** Nanoseconds that a client earns with each byte: it has to send 1 KiB/s. */
  private static final long LEAST_PACE = 1_000_000_000L / 1024;

  private final long most; // nanoseconds
  private long left;

  Credit(ServerSettings settings) {
    this.left = settings.headTimeout().toNanos();
    this.most = Math.max(left, settings.keepAlive().toNanos());
  }

  /** How many nanoseconds the client may let us wait now. */
  long left() {
    return left;
  }

  boolean isUsedUp() {
    return left == 0;
  }

  /** We have waited for so many nanoseconds, and so many bytes have come. */
  void waited(long nanos, int bytes) {
    left = Math.min(most, Math.max(0, left - nanos) + bytes * LEAST_PACE);
  }
}
