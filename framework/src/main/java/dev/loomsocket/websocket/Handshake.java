package dev.loomsocket.websocket;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The client's opening handshake (RFC 6455 §4.1): the HTTP request that asked for the connection.
 * Immutable, and good for as long as one likes. A path or query that cannot be decoded was refused
 * before.
 */
public interface Handshake {
  /** The path of the request, percent-decoded, without the query. */
  String path();

  /**
   * The decoded value of a variable of the endpoint's path.
   *
   * @throws IllegalArgumentException if the path has no such variable
   */
  String pathParam(String name);

  /** The first value of a query parameter, decoded. */
  Optional<String> queryParam(String name);

  /** All query parameters, decoded, in the order in which they came. */
  Map<String, List<String>> queryParams();

  /** The first field of that name, in whatever case, without surrounding white space. */
  Optional<String> header(String name);

  /** All fields of that name, in whatever case, in the order in which they came. */
  List<String> headers(String name);

  /** The value of the cookie of that name. */
  Optional<String> cookie(String name);

  /**
   * The Origin header: the page that opened the connection. Absent when the client is not a
   * browser.
   */
  Optional<String> origin();

  /**
   * What pages have put into the session of this browser ({@code request.session()}), by name, as
   * it was when the connection was opened; empty if there is none. It cannot be changed here: what
   * a connection knows belongs to its endpoint's fields.
   */
  Map<String, String> session();

  /**
   * The subprotocols that the client offers, in the order of its preference. The token behind
   * {@code bearer} is none of them.
   */
  List<String> subprotocols();

  /**
   * The token of {@code Authorization: Bearer <token>} (RFC 6750 §2.1) or, as pages cannot set that
   * header, of {@code Sec-WebSocket-Protocol: bearer, <token>}.
   *
   * <pre>{@code
   * new WebSocket("wss://example.com/chat", ["bearer", token])           // the page
   * new WebSocket("wss://example.com/chat", ["bearer", token, "chat"])   // with a subprotocol
   * }</pre>
   *
   * <p>The first of the subprotocols that the endpoint speaks is chosen; where there is none,
   * {@code bearer}, because a browser gives up a connection that chose none of those offered. The
   * token is never sent back, and never logged.
   */
  Optional<String> bearerToken();

  /** Who {@code app.authenticate} says this is. */
  Optional<Principal> user();

  /** The client's address as the socket tells it. */
  InetSocketAddress remoteAddress();
}
