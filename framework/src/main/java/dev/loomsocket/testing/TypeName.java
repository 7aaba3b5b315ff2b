package dev.loomsocket.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.loomsocket.json.Json;
import dev.loomsocket.json.JsonDecoder;
import dev.loomsocket.json.JsonException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The property {@code "type"} by which messages are told apart, on the client's side. */
final class TypeName {
  private static final JsonDecoder OBJECTS = Json.decoder(Map.class);

  private TypeName() {}

  /** The simple name of the class with a small first letter, as endpoints call their messages. */
  static String of(Class<?> type) {
    String name = type.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

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

  /**
   * The classes that a message may have which is expected to be of this one: a sealed type's
   * leaves.
   */
  static Map<String, Class<?>> candidates(Class<?> type) {
    Map<String, Class<?>> candidates = new LinkedHashMap<>();
    if (!type.isSealed()) {
      candidates.put(of(type), type);
      return candidates;
    }
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      candidates.putAll(candidates(permitted));
    }
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

  /**
   * The JSON of a message; an object that has no {@code "type"} gets this one, as its first
   * property.
   */
  static String json(Object message, Optional<String> name) {
    String json = new String(Json.bytes(message), UTF_8);
    if (name.isEmpty() || !json.startsWith("{") || in(json).isPresent()) {
      return json;
    }
    String type = "{\"type\":" + new String(Json.bytes(name.get()), UTF_8);
    return json.equals("{}") ? type + "}" : type + "," + json.substring(1);
  }
}
