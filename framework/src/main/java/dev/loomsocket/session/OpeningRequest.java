package dev.loomsocket.session;

import dev.loomsocket.websocket.Handshake;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The HTTP request of an opening handshake, as users see it.
 *
 * @param target what it asked for, and who sent it
 * @param path percent-decoded, without the query
 * @param headerFields all fields of a name in whatever case
 * @param cookies the value of a name
 * @param subprotocols what the client offers, in its order
 * @param bearerToken a secret
 * @param user who the application says it is
 * @param sessionValues what pages have put into the session; cannot be changed
 */
public record OpeningRequest(
    OpeningTarget target,
    String path,
    Function<String, List<String>> headerFields,
    Function<String, Optional<String>> cookies,
    List<String> subprotocols,
    Optional<String> bearerToken,
    Optional<Principal> user,
    Supplier<Map<String, String>> sessionValues)
    implements Handshake {

  @Override
  public String pathParam(String name) {
    return target.pathParam(name);
  }

  @Override
  public Optional<String> queryParam(String name) {
    return target.queryParam(name);
  }

  @Override
  public Map<String, List<String>> queryParams() {
    return target.queryParams().get();
  }

  @Override
  public Optional<String> header(String name) {
    List<String> values = headers(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  @Override
  public List<String> headers(String name) {
    return headerFields.apply(name);
  }

  @Override
  public Optional<String> cookie(String name) {
    return cookies.apply(name);
  }

  @Override
  public Map<String, String> session() {
    return sessionValues.get();
  }

  @Override
  public Optional<String> origin() {
    return header("origin");
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return target.remoteAddress();
  }

  /** Without what is secret, for it may be logged. */
  @Override
  public String toString() {
    return "Handshake[" + target.rawPath() + "]";
  }
}
