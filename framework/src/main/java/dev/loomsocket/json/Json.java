package dev.loomsocket.json;

import java.lang.reflect.Type;
import java.util.Map;

/**
 * The way between Java values and JSON text.
 *
 * <p>Unknown properties are ignored, properties are written in the order of their declaration, and
 * {@code java.time} is ISO text. No class of Jackson is loaded before the first value is written or
 * read. Thread-safe.
 */
public final class Json {
  private Json() {}

  /**
   * Writes a value as JSON in UTF-8.
   *
   * @throws IllegalArgumentException if the value has no JSON form; the message says why
   */
  public static byte[] bytes(Object value) {
    return Jackson.write(value);
  }

  /** A decoder for one type, which may be generic as in {@code List<Line>}. */
  public static JsonDecoder decoder(Type type) {
    return new JsonDecoder(type);
  }

  /** A decoder that chooses the type by the property {@code "type"} of the message. */
  public static JsonRoutes routes(Map<String, Type> byTypeName) {
    return new JsonRoutes(byTypeName);
  }
}
