package dev.loomsocket.session;

import dev.loomsocket.websocket.Overflow;
import dev.loomsocket.wire.MemoryBudget;
import java.time.Duration;

/** {@link SessionSettings} for tests: the defaults but for one thing. */
final class Settings {
  static final SessionSettings DEFAULT = SessionSettings.DEFAULT;

  private Settings() {}

  /** More than any test needs. */
  static final MemoryBudget MEMORY = new MemoryBudget(Long.MAX_VALUE);

  static SessionSettings queue(int maxQueueSize) {
    return queue(maxQueueSize, DEFAULT.overflow());
  }

  static SessionSettings queue(int maxQueueSize, Overflow overflow) {
    return new SessionSettings(
        DEFAULT.maxMessageSize(),
        DEFAULT.maxStreamSize(),
        maxQueueSize,
        DEFAULT.sendTimeout(),
        DEFAULT.pingAfter(),
        DEFAULT.pongWithin(),
        DEFAULT.idleTimeout(),
        DEFAULT.closeTimeout(),
        overflow,
        DEFAULT.allowedOrigins(),
        DEFAULT.compression());
  }

  static SessionSettings sending(Duration sendTimeout) {
    return new SessionSettings(
        DEFAULT.maxMessageSize(),
        DEFAULT.maxStreamSize(),
        DEFAULT.maxQueueSize(),
        sendTimeout,
        DEFAULT.pingAfter(),
        DEFAULT.pongWithin(),
        DEFAULT.idleTimeout(),
        DEFAULT.closeTimeout(),
        DEFAULT.overflow(),
        DEFAULT.allowedOrigins(),
        DEFAULT.compression());
  }

  static SessionSettings idle(Duration idleTimeout) {
    return times(DEFAULT.pingAfter(), idleTimeout, DEFAULT.closeTimeout());
  }

  static SessionSettings closing(Duration closeTimeout) {
    return times(DEFAULT.pingAfter(), DEFAULT.idleTimeout(), closeTimeout);
  }

  static SessionSettings times(Duration pingAfter, Duration idleTimeout, Duration closeTimeout) {
    return new SessionSettings(
        DEFAULT.maxMessageSize(),
        DEFAULT.maxStreamSize(),
        DEFAULT.maxQueueSize(),
        DEFAULT.sendTimeout(),
        pingAfter,
        DEFAULT.pongWithin(),
        idleTimeout,
        closeTimeout,
        DEFAULT.overflow(),
        DEFAULT.allowedOrigins(),
        DEFAULT.compression());
  }
}
