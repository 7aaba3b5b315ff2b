package dev.loomsocket.session;

/**
 * Decides when a silent peer is pinged, given up, or closed for idleness. Pure: it is told the
 * time, in nanoseconds. Used by whoever reads the connection.
 *
 * <p>A peer that takes what waits for it is not silent, though it says nothing: a Ping would wait
 * behind a download, and its Pong come late. One that takes nothing is the {@link QueueWriter}'s.
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

  /** What an endpoint's sessions share: no Ping after 0, no idle timeout of 0. */
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
  private boolean busy; // with the last one
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

  /**
   * The peer last took bytes at that time that had to wait for it; 0: never. What goes out at once
   * is no sign of life.
   */
  void taken(long at) {
    if (at != 0 && at - heard > 0) {
      heard(at);
    }
  }

  /** Nobody waits for a message until the next one is told of. */
  void busy() {
    busy = true;
  }

  /** A message has come, and its handler is ready for another. */
  void message(long now) {
    message = now;
    busy = false;
  }

  private boolean awaitsMessage() {
    return times.idleTimeout > 0 && !busy;
  }

  /** What is to be done; a Ping is assumed to be sent. */
  Due due(long now) {
    if (awaitsMessage() && now - message >= times.idleTimeout) {
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
    if (awaitsMessage()) {
      next = Math.min(next, message + times.idleTimeout - now);
    }
    return next;
  }
}
