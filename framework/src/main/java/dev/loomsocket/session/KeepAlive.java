package dev.loomsocket.session;

/**
 * Decides when a silent peer is pinged, given up, or closed for idleness. Pure: it is told the time, in nanoseconds.
 * Used by the connection's thread only.
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

  private final SessionSettings settings;
  private long heard;
  private long message;
  private boolean pinged;

  KeepAlive(SessionSettings settings, long now) {
    this.settings = settings;
    heard = now;
    message = now;
  }

  /** Bytes of any kind have come. */
  void heard(long now) {
    heard = now;
    pinged = false;
  }

  /** A message has come. */
  void message(long now) {
    message = now;
  }

  /** What is to be done; a Ping is assumed to be sent. */
  Due due(long now) {
    if (idleTimeout() > 0 && now - message >= idleTimeout()) {
      return Due.IDLE;
    }
    if (pinged) {
      return now - heard >= pingAfter() + pongWithin() ? Due.LOST : Due.NOTHING;
    }
    if (now - heard >= pingAfter()) {
      pinged = true;
      return Due.PING;
    }
    return Due.NOTHING;
  }

  /** Nanoseconds until the next thing is due. */
  long timeout(long now) {
    long silence = pingAfter() + (pinged ? pongWithin() : 0);
    long next = heard + silence - now;
    if (idleTimeout() > 0) {
      next = Math.min(next, message + idleTimeout() - now);
    }
    return Math.max(1, next);
  }

  private long pingAfter() {
    return settings.pingAfter().toNanos();
  }

  private long pongWithin() {
    return settings.pongWithin().toNanos();
  }

  private long idleTimeout() {
    return settings.idleTimeout().toNanos();
  }
}
