package dev.loomsocket.websocket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A received Pong frame (RFC 6455 §5.5.3).
 *
 * @param data its payload, at most 125 bytes, read-only
 * @param roundTrip the time since the ping that it answers; empty if that is not the latest one, or
 *     nobody asked for it
 */
public record Pong(ByteBuffer data, Optional<Duration> roundTrip) {}
