package dev.loomsocket.testing;

import dev.loomsocket.json.Json;
import dev.loomsocket.json.JsonException;
import java.util.Map;
import java.util.Optional;

/**
 * What a test expects next.
 *
 * @param type String: text as it is; byte[]: binary; anything else: JSON
 * @param candidates from a {@code "type"} that the message may have to the class that it then
 *     decodes to; empty: it does not matter
 */
record Expected<T>(Class<T> type, Map<String, Class<?>> candidates) {
  /** The name follows from the class. */
  static <T> Expected<T> of(Class<T> type) {
    return new Expected<>(type, TypedJson.isNamed(type) ? TypedJson.candidates(type) : Map.of());
  }

  /** The name is given. */
  static <T> Expected<T> of(String name, Class<T> type) {
    return new Expected<>(type, Map.of(name, type));
  }

  /** The value, if this is what is expected. */
  Result<T> match(Incoming incoming) {
    if (incoming instanceof Incoming.Binary binary && type == byte[].class) {
      return new Result<>(Optional.of(type.cast(binary.bytes())), "");
    }
    if (!(incoming instanceof Incoming.Text text) || type == byte[].class) {
      return new Result<>(Optional.empty(), "");
    }
    return type == String.class
        ? new Result<>(Optional.of(type.cast(text.text())), "")
        : decode(text.text());
  }

  private Result<T> decode(String text) {
    Optional<String> name = TypedJson.in(text);
    Class<?> target = type;
    if (name.isPresent() && !candidates.isEmpty()) {
      if (!candidates.containsKey(name.get())) {
        return new Result<>(Optional.empty(), "");
      }
      target = candidates.get(name.get());
    }
    try {
      return new Result<>(Optional.of(type.cast(Json.decoder(target).decode(text))), "");
    } catch (JsonException | IllegalStateException e) {
      return new Result<>(Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * What became of a comparison.
   *
   * @param reason why there is no value; empty if that is obvious
   */
  record Result<T>(Optional<T> value, String reason) {}

  @Override
  public String toString() {
    if (type == String.class) {
      return "a text";
    }
    if (type == byte[].class) {
      return "a binary message";
    }
    String names =
        candidates.isEmpty() ? "" : " (\"type\": " + String.join(" or ", candidates.keySet()) + ")";
    return type.getSimpleName() + names;
  }
}
