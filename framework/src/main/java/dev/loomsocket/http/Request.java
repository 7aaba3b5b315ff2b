package dev.loomsocket.http;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request with its whole body, which is as large as the setting {@code max-body-size}
 * allows, 1 MiB by default; a larger one was answered with 413. Its maps and lists cannot be
 * changed. A request belongs to the thread of its handler.
 *
 * <p>Query, form and cookies are decoded when they are first asked for; what cannot be decoded is
 * an {@link HttpException} with status 400.
 */
public interface Request {

  /** The method in capital letters, such as {@code GET}. */
  String method();

  /**
   * The path, decoded. An escaped slash looks like any other here: take it apart with {@link
   * #pathParam} or {@link #rawPath}.
   */
  String path();

  /** The path as it came, percent-encoded. */
  String rawPath();

  /** The query as it came, without its question mark. */
  Optional<String> query();

  /**
   * The decoded value of a variable of the route's pattern.
   *
   * @throws IllegalArgumentException if the pattern has no such variable
   */
  String pathParam(String name);

  /** The first value of a parameter of the query, decoded. */
  Optional<String> queryParam(String name);

  /** All parameters of the query, decoded, in the order in which they came. */
  Map<String, List<String>> queryParams();

  /** The first value of a header; upper and lower case are the same in its name. */
  Optional<String> header(String name);

  /**
   * The values of all headers of that name, in their order; upper and lower case are the same in
   * it.
   */
  List<String> headers(String name);

  /** All headers; upper and lower case are the same in the keys. */
  Map<String, List<String>> headers();

  /** The value of a cookie, without quotation marks around it. */
  Optional<String> cookie(String name);

  /**
   * The token of {@code Authorization: Bearer <token>} (RFC 6750 §2.1). In a handshake of a
   * WebSocket, as {@code app.authenticate} sees it, also that of {@code Sec-WebSocket-Protocol:
   * bearer, <token>}.
   */
  Optional<String> bearerToken();

  /** Who {@code app.authenticate} said this is; empty while that is being found out. */
  Optional<Principal> user();

  /** The first value of a field of the form in the body, decoded. */
  Optional<String> form(String name);

  /**
   * The fields of the form in the body: empty unless it is {@code
   * application/x-www-form-urlencoded}.
   */
  Map<String, List<String>> form();

  /** The body; empty if there is none. The array is the request's own: do not write into it. */
  byte[] body();

  /** The body as UTF-8 text. */
  String text();

  /** The client's address as the socket tells it. */
  InetSocketAddress remoteAddress();
}
