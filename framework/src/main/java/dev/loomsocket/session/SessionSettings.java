package dev.loomsocket.session;

import dev.loomsocket.websocket.Compression;
import dev.loomsocket.websocket.Overflow;
import dev.loomsocket.websocket.WebSocketEndpoint;
import dev.loomsocket.wire.DeflateOptions;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The limits and times of an endpoint's sessions.
 *
 * @param maxMessageSize the largest message accepted, in bytes
 * @param maxStreamSize the largest message that a handler reads while it arrives, in bytes
 * @param maxQueueSize how many bytes may wait for a slow client
 * @param sendTimeout how long a client may take nothing while bytes wait for it
 * @param pingAfter the silence after which a Ping is sent; zero: never
 * @param pongWithin how long the answer to a Ping may take; anything that is heard counts
 * @param idleTimeout the time without a message after which the session is closed; zero: none
 * @param closeTimeout how long the peer may take for its part of the closing handshake
 * @param overflow what becomes of a room's message for a slow client, unless the room says it
 * @param allowedOrigins whose pages may connect besides the server's own; {@code "*"} for all
 * @param compression what may be agreed on for permessage-deflate (RFC 7692)
 */
public record SessionSettings(
    int maxMessageSize,
    long maxStreamSize,
    int maxQueueSize,
    Duration sendTimeout,
    Duration pingAfter,
    Duration pongWithin,
    Duration idleTimeout,
    Duration closeTimeout,
    Overflow overflow,
    Set<String> allowedOrigins,
    DeflateOptions compression) {

  /** What holds unless the application says otherwise. */
  public static final SessionSettings DEFAULT =
      new SessionSettings(
          1 << 20,
          1 << 20,
          Duration.ofSeconds(10),
          Duration.ofSeconds(25),
          Duration.ofSeconds(20),
          Duration.ZERO,
          Duration.ofSeconds(5),
          Set.of());

  /**
   * Settings with what only an endpoint's annotation can change as it is without it: compression,
   * the overflow policy, and no limit for streams.
   */
  public SessionSettings(
      int maxMessageSize,
      int maxQueueSize,
      Duration sendTimeout,
      Duration pingAfter,
      Duration pongWithin,
      Duration idleTimeout,
      Duration closeTimeout,
      Set<String> allowedOrigins) {
    this(
        maxMessageSize,
        Long.MAX_VALUE,
        maxQueueSize,
        sendTimeout,
        pingAfter,
        pongWithin,
        idleTimeout,
        closeTimeout,
        Overflow.CLOSE,
        allowedOrigins,
        DeflateOptions.DEFAULTS);
  }

  /**
   * These settings with those of an endpoint's annotation, where it has any; 0 means none. Its
   * origins are allowed as well.
   */
  SessionSettings with(WebSocketEndpoint options) {
    int idle = options.idleTimeoutSeconds();
    return new SessionSettings(
        options.maxMessageSize() == 0 ? maxMessageSize : options.maxMessageSize(),
        options.maxStreamSize() == 0 ? maxStreamSize : options.maxStreamSize(),
        options.maxQueueSize() == 0 ? maxQueueSize : options.maxQueueSize(),
        sendTimeout,
        pingAfter,
        pongWithin,
        idle == 0 ? idleTimeout : Duration.ofSeconds(idle),
        closeTimeout,
        options.overflow(),
        union(allowedOrigins, options.allowedOrigins()),
        compression(options.compression()));
  }

  private static Set<String> union(Set<String> some, String[] more) {
    return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
  }

  private static DeflateOptions compression(Compression options) {
    return new DeflateOptions(
        options.enabled(),
        options.level(),
        options.threshold(),
        options.contextTakeover(),
        options.contextTakeover(),
        DeflateOptions.DEFAULTS.maxWindowBits());
  }
}
