package dev.loomsocket.binding;

import static java.util.Objects.requireNonNull;

import dev.loomsocket.json.JsonException;
import dev.loomsocket.json.JsonRoutes;
import dev.loomsocket.websocket.BadMessageException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Hands text messages to the method that their property {@code "type"} names.
 *
 * @param byTypeName the methods under the same names as the routes
 * @param unclaimed the method for {@code String}, which gets what no JSON method claims
 */
record RoutingTarget(
    JsonRoutes routes, Map<String, EventTarget> byTypeName, Optional<EventTarget> unclaimed)
    implements EventTarget {
  @Override
  public boolean decodesJson() {
    return true;
  }

  @Override
  public @Nullable Object receive(Arguments arguments, @Nullable Object payload) throws Throwable {
    JsonRoutes.Result result;
    try {
      result = routes.decode((String) requireNonNull(payload));
    } catch (JsonException e) {
      throw JsonTarget.badJson(e);
    }
    if (result instanceof JsonRoutes.Decoded decoded) {
      return requireNonNull(byTypeName.get(decoded.name())).receive(arguments, decoded.value());
    }
    if (unclaimed.isPresent()) {
      return unclaimed.get().receive(arguments, payload);
    }
    throw refusal(result);
  }

  private BadMessageException refusal(JsonRoutes.Result result) {
    return switch (result) {
      case JsonRoutes.NotJson notJson -> JsonTarget.badJson(notJson.why());
      case JsonRoutes.NoType none -> unknown("the message has no \"type\"");
      default -> unknown("the \"type\" of the message is unknown");
    };
  }

  private BadMessageException unknown(String what) {
    String known = String.join(", ", new TreeSet<>(byTypeName.keySet()));
    return new BadMessageException("unknown-type", what + ": it is one of " + known);
  }
}
