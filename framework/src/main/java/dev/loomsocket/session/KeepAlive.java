package dev.loomsocket.session;

/**
 * Decides when a silent peer is pinged, given up, or closed for idleness. Pure: it is told the
 * time, in nanoseconds. Used by whoever reads the connection.
 */
final class KeepAlive {
  /** What is to be done now. */
  enum Due {
    NOTHING,
    PING,
    /** No sign of life within the time after a Ping. */
    LOST,
    /** No message within the application's idle timeout. */
    IDLE
  }

  /** What an endpoint's sessions share: 0 means never, or none. */
  static final class Times {
    private final long pingAfter;
    private final long pongWithin;
    private final long idleTimeout;

    Times(SessionSettings settings) {
      pingAfter = settings.pingAfter().toNanos();
      pongWithin = settings.pongWithin().toNanos();
      idleTimeout = settings.idleTimeout().toNanos();
    }
  }

  private static final long NEVER = Long.MIN_VALUE;

  private final Times times;
  private long heard;
  private long message;
  private long pingedAt = NEVER; // and nothing heard since

  KeepAlive(Times times, long now) {
    this.times = times;
    heard = now;
    message = now;
  }

  /** Bytes of any kind have come. */
  void heard(long now) {
    heard = now;
    pingedAt = NEVER;
  }

  /** A message has come. */
  void message(long now) {
    message = now;
  }

  /** What is to be done; a Ping is assumed to be sent. */
  Due due(long now) {
    if (times.idleTimeout > 0 && now - message >= times.idleTimeout) {
      return Due.IDLE;
    }
    if (pingedAt != NEVER) {
      return now - pingedAt >= times.pongWithin ? Due.LOST : Due.NOTHING;
    }
    if (times.pingAfter > 0 && now - heard >= times.pingAfter) {
      pingedAt = now; // not when it was due: a handler may have kept this thread from sending it
      return Due.PING;
    }
    return Due.NOTHING;
  }

  /**
   * Nanoseconds until the next thing is due, 0 or less if it is; {@link Long#MAX_VALUE} if nothing
   * will be.
   */
  long timeout(long now) {
    long next = Long.MAX_VALUE;
    if (pingedAt != NEVER) {
      next = pingedAt + times.pongWithin - now;
    } else if (times.pingAfter > 0) {
      next = heard + times.pingAfter - now;
    }
    if (times.idleTimeout > 0) {
      next = Math.min(next, message + times.idleTimeout - now);
    }
    return next;
  }
}
