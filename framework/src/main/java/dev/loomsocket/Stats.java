package dev.loomsocket;

/**
 * Numbers of a running application, as they were at one moment.
 *
 * <pre>{@code
 * app.every(Duration.ofSeconds(1), () -> app.room("monitor").send(app.stats()));
 * }</pre>
 *
 * <p>Sums only rise: who wants messages a second takes the difference of two. The numbers are not
 * taken in one instant, so one may be a message or a connection ahead of another.
 *
 * @param connections that are open, of HTTP and of WebSockets, those included that are just ending
 * @param sessions WebSockets that are open
 * @param received messages that have come over WebSockets since the start, those included that
 *     reached no handler
 * @param sent messages that were queued for clients since the start; one of a room counts once for
 *     each member
 * @param queuedBytes bytes that wait for clients to take them, of all sessions together
 * @param rooms that have members, remember messages, or had something set by {@code app.room(name)}
 */
public record Stats(
    int connections, int sessions, long received, long sent, long queuedBytes, int rooms) {

  /** Of an application that has not been started. */
  static final Stats NONE = new Stats(0, 0, 0, 0, 0, 0);
}
