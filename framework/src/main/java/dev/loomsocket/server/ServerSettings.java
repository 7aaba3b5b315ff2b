package dev.loomsocket.server;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * The limits and times of a server.
 *
 * @param address where it listens; port 0 takes a free one
 * @param maxConnections open at a time; more are answered with 503
 * @param maxBodySize of a request, in bytes; more is answered with 413
 * @param headTimeout from the first byte of a request to the end of its head; longer is answered with 408
 * @param keepAlive how long a connection may stay idle between requests
 * @param sendTimeout how long a client may take nothing while bytes wait for it
 * @param closeTimeout how long a client may take to close after the server has said its last word
 * @param stopTimeout how long stopping may take in all
 */
public record ServerSettings(
    InetSocketAddress address,
    int maxConnections,
    int maxBodySize,
    Duration headTimeout,
    Duration keepAlive,
    Duration sendTimeout,
    Duration closeTimeout,
    Duration stopTimeout) {

  /** What holds unless the application says otherwise, for an address. */
  public static ServerSettings at(InetSocketAddress address, int maxConnections, int maxBodySize) {
    return new ServerSettings(
        address,
        maxConnections,
        maxBodySize,
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10));
  }
}
