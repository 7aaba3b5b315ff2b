package dev.loomsocket.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.loomsocket.json.Json;
import dev.loomsocket.json.JsonDecoder;
import dev.loomsocket.json.JsonException;
import dev.loomsocket.json.TypeName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** JSON with the property {@code "type"} by which messages are told apart, as clients see it. */
final class TypedJson {
  private static final JsonDecoder OBJECTS = Json.decoder(Map.class);

  private TypedJson() {}

  /**
   * True for classes whose name says what a message means, unlike {@code Map} and {@code JsonNode}.
   */
  static boolean isNamed(Class<?> type) {
    String name = type.getName();
    return !type.isPrimitive()
        && !type.isArray()
        && !name.startsWith("java.")
        && !name.startsWith("tools.jackson.");
  }

  /** The classes that a message may be of which is expected to be of this one, by their names. */
  static Map<String, Class<?>> candidates(Class<?> type) {
    Map<String, Class<?>> candidates = new LinkedHashMap<>();
    TypeName.leaves(type).forEach(leaf -> candidates.put(TypeName.of(leaf), leaf));
    return candidates;
  }

  /** The {@code "type"} of a JSON object, if the text is one and has one that is a string. */
  static Optional<String> in(String text) {
    try {
      return OBJECTS.decode(text) instanceof Map<?, ?> object
              && object.get("type") instanceof String name
          ? Optional.of(name)
          : Optional.empty();
    } catch (JsonException notAnObject) {
      return Optional.empty();
    }
  }

  /** The JSON of a message; an object that has no {@code "type"} gets this one behind the rest. */
  static String json(Object message, Optional<String> name) {
    byte[] json = Json.bytes(message);
    if (name.isEmpty() || !Json.isObject(json) || in(new String(json, UTF_8)).isPresent()) {
      return new String(json, UTF_8);
    }
    String quoted = new String(Json.bytes(name.get()), UTF_8);
    String type = quoted.substring(1, quoted.length() - 1);
    return new String(Json.with(json, "type", type), UTF_8);
  }
}
