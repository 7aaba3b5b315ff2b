package dev.loomsocket.session;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an opening request asked for and who sent it: all that a session keeps of the request.
 *
 * @param rawPath as it came, percent-encoded, so that it is fit for a line of a log
 * @param pathParams the values of the endpoint's path variables, decoded
 * @param queryParams decodes the query anew for whoever asks: most sessions never do
 * @param remoteAddress where the client is
 */
public record OpeningTarget(
    String rawPath,
    Map<String, String> pathParams,
    Supplier<Map<String, List<String>>> queryParams,
    InetSocketAddress remoteAddress) {

  /** The value of a path variable that the endpoint's pattern has. */
  String pathParam(String name) {
    String value = pathParams.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "the endpoint's path has no {" + name + "}, only " + pathParams.keySet());
    }
    return value;
  }

  /** The first value of a query parameter. */
  Optional<String> queryParam(String name) {
    List<String> values = queryParams.get().get(name);
    return values == null ? Optional.empty() : Optional.of(values.getFirst());
  }
}
