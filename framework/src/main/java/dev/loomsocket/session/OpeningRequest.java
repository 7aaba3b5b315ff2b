package dev.loomsocket.session;

import dev.loomsocket.websocket.Handshake;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The HTTP request of an opening handshake, as users see it.
 *
 * @param path percent-decoded, without the query
 * @param pathParams the values of the endpoint's path variables, decoded
 * @param queryParams decoded
 * @param headerFields all fields of a name in whatever case
 * @param cookies the value of a name
 * @param subprotocols what the client offers, in its order
 * @param remoteAddress where the client is
 */
public record OpeningRequest(
    String path,
    Map<String, String> pathParams,
    Map<String, List<String>> queryParams,
    Function<String, List<String>> headerFields,
    Function<String, Optional<String>> cookies,
    List<String> subprotocols,
    InetSocketAddress remoteAddress)
    implements Handshake {

  @Override
  public String pathParam(String name) {
    String value = pathParams.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "the endpoint's path has no {" + name + "}, only " + pathParams.keySet());
    }
    return value;
  }

  @Override
  public Optional<String> queryParam(String name) {
    List<String> values = queryParams.get(name);
    return values == null ? Optional.empty() : Optional.of(values.getFirst());
  }

  @Override
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
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
  public Optional<String> origin() {
    return header("origin");
  }
}
