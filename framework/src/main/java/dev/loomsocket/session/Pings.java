package dev.loomsocket.session;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * The pings that this side has sent, numbered so that a Pong tells which one it answers. Guarded by
 * the outbox's lock.
 */
final class Pings {
  /** The bytes of a Ping's payload. */
  static final int SIZE = Integer.BYTES;

  private int count;
  private long sentAt; // nanoseconds

  /** The payload of the next Ping. */
  byte[] next(long now) {
    sentAt = now;
    return ByteBuffer.allocate(SIZE).putInt(++count).array();
  }

  /** The time since the latest Ping if this is the payload of its answer. */
  Optional<Duration> roundTrip(byte[] payload, long now) {
    boolean latest =
        count > 0 && payload.length == SIZE && ByteBuffer.wrap(payload).getInt() == count;
    return latest ? Optional.of(Duration.ofNanos(now - sentAt)) : Optional.empty();
  }
}
