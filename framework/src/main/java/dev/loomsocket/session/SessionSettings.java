package dev.loomsocket.session;

import java.time.Duration;

/**
 * The limits and times of an endpoint's sessions.
 *
 * @param maxMessageSize the largest message accepted, in bytes
 * @param maxQueueSize how many bytes may wait for a slow client
 * @param sendTimeout how long a client may take nothing while bytes wait for it
 * @param pingAfter the silence after which a Ping is sent; zero: never
 * @param pongWithin how long the answer to a Ping may take; anything that is heard counts
 * @param idleTimeout the time without a message after which the session is closed; zero: none
 * @param closeTimeout how long the peer may take for its part of the closing handshake
 */
public record SessionSettings(
    int maxMessageSize,
    int maxQueueSize,
    Duration sendTimeout,
    Duration pingAfter,
    Duration pongWithin,
    Duration idleTimeout,
    Duration closeTimeout) {

  /** What holds unless the application says otherwise. */
  public static final SessionSettings DEFAULT =
      new SessionSettings(
          1 << 20,
          1 << 20,
          Duration.ofSeconds(10),
          Duration.ofSeconds(25),
          Duration.ofSeconds(20),
          Duration.ZERO,
          Duration.ofSeconds(5));

  /** These settings with an endpoint's own sizes and idle timeout, where it has any; 0 means none. */
  SessionSettings with(int messageSize, int queueSize, int idleTimeoutSeconds) {
    return new SessionSettings(
        messageSize == 0 ? maxMessageSize : messageSize,
        queueSize == 0 ? maxQueueSize : queueSize,
        sendTimeout,
        pingAfter,
        pongWithin,
        idleTimeoutSeconds == 0 ? idleTimeout : Duration.ofSeconds(idleTimeoutSeconds),
        closeTimeout);
  }
}
