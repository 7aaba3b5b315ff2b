package dev.loomsocket.server;

import java.time.Duration;

/**
 * The limits and times of a server.
 *
 * @param maxConnections open at a time; more are answered with 503
 * @param maxBodySize of a request that is read as a whole, in bytes; more is answered with 413.
 *     What a handler streams, and files of a form, have the limits that it gives them
 * @param headTimeout from the first byte of a request to the end of its head; longer is answered
 *     with 408. A body has as much time at first, and earns some with each byte, of which it keeps
 *     as much as {@code keepAlive} at most: it has to come with 1 KiB/s
 * @param keepAlive how long a connection may stay idle between requests
 * @param sendTimeout how long a client may take nothing while bytes wait for it
 * @param closeTimeout how long a client may take to close after the server has said its last word
 * @param stopTimeout how long stopping may take in all
 */
public record ServerSettings(
    int maxConnections,
    int maxBodySize,
    Duration headTimeout,
    Duration keepAlive,
    Duration sendTimeout,
    Duration closeTimeout,
    Duration stopTimeout) {

  /** What holds unless the application says otherwise. */
  public static final ServerSettings DEFAULT =
      new ServerSettings(
          10_000,
          1 << 20,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10));
}
