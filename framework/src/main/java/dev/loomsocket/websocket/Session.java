package dev.loomsocket.websocket;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One open WebSocket connection, seen from the server.
 *
 * <p>Every method may be called from any thread. Messages are sent whole and, of one sender, in the order of its
 * calls.
 *
 * <pre>{@code
 * @OnOpen void open(Session session) {
 *   session.send("welcome");                    // text
 *   session.send(new byte[] {1, 2, 3});         // binary
 *   session.send(new Line("Ann", "hello"));     // JSON text
 *   session.join("lobby");
 * }
 * }</pre>
 */
public interface Session {
  /** A name for this connection, unique while the server runs. */
  String id();

  /**
   * Sends one message: a {@link CharSequence} as text, {@code byte[]} and {@link java.nio.ByteBuffer} as binary,
   * anything else as JSON text. The message is encoded before this method returns, so arrays and buffers may be reused.
   *
   * <p>Returns as soon as the message waits in this connection's queue; blocks while the queue is full. When the
   * client takes nothing for the send timeout (10 s by default) the connection is closed with 1013.
   *
   * @throws SessionClosedException if the connection is closed or closing, or ends while this method waits
   * @throws IllegalArgumentException if the message cannot be encoded
   */
  void send(Object message);

  /** Sends a Ping (RFC 6455 §5.5.2); the answer goes to the {@code @OnMessage} method that takes a {@link Pong}. */
  void ping();

  /** Closes with 1000 as {@link #close(CloseStatus)} does. */
  default void close() {
    close(CloseStatus.NORMAL);
  }

  /**
   * Starts the closing handshake (RFC 6455 §7.1.2) and returns without waiting for its end: messages sent before are
   * delivered first, then the client has 5 s to answer. Closing a closed session does nothing.
   *
   * @throws IllegalArgumentException if the status may not be sent, for example 1006
   */
  void close(CloseStatus status);

  /** True until either side has started the closing handshake or the connection is lost. */
  boolean isOpen();

  /** Joins the room of that name, which comes into being with its first member. Joining twice changes nothing. */
  Room join(String room);

  /** The decoded value of a variable of the endpoint's path. */
  String pathParam(String name);

  /** The first value of a parameter of the handshake's query, decoded. */
  Optional<String> queryParam(String name);

  /** All parameters of the handshake's query, decoded, in the order in which they came. */
  Map<String, List<String>> queryParams();

  /** A concurrent map for whatever should live as long as this connection. */
  Map<String, Object> attributes();

  /** Who the endpoint's {@link OnHandshake} method said this is. */
  Optional<Principal> user();

  /** The subprotocol chosen in the handshake. */
  Optional<String> subprotocol();

  /** The client's address as the socket tells it. */
  InetSocketAddress remoteAddress();
}
