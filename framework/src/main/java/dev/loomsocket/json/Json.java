package dev.loomsocket.json;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The way between Java values and JSON text.
 *
 * <p>Unknown properties are ignored, properties are written in the order of their declaration, and
 * {@code java.time} is ISO text. No class of Jackson is loaded before the first value is written or
 * read. Thread-safe.
 */
public final class Json {
  private static final String ASK = "\"@ask\"";

  private Json() {}

  /**
   * Writes a value as JSON in UTF-8.
   *
   * @throws IllegalArgumentException if the value has no JSON form; the message says why
   */
  public static byte[] bytes(Object value) {
    return Jackson.write(value);
  }

  /** True if these bytes, which {@link #bytes} made, are an object. */
  public static boolean isObject(byte[] json) {
    return json.length > 1 && json[0] == '{';
  }

  /**
   * The object with another property behind its own.
   *
   * @param object as {@link #bytes} made it
   * @param name and value as they stand between their quotes: with what JSON escapes escaped
   */
  public static byte[] with(byte[] object, String name, String value) {
    byte[] end = ending(object, name, value);
    byte[] all = Arrays.copyOf(object, object.length - 1 + end.length);
    System.arraycopy(end, 0, all, object.length - 1, end.length);
    return all;
  }

  /** What stands in the place of the object's last brace when it {@link #with has} the property. */
  public static byte[] ending(byte[] object, String name, String value) {
    String property = (object.length == 2 ? "\"" : ",\"") + name + "\":\"" + value + "\"}";
    return property.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The string {@code "@ask"} of an object that asks for an answer. For other texts this costs next
   * to nothing.
   */
  public static Optional<String> ask(String text) {
    if (!text.contains(ASK)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(Jackson.string(text, "@ask"));
    } catch (JsonException notJson) {
      return Optional.empty();
    }
  }

  /** A decoder for one type, which may be generic as in {@code List<Line>}. */
  public static JsonDecoder decoder(Type type) {
    return new JsonDecoder(type);
  }

  /** A generic class below another type, with what that type's own parameters are. */
  public static Type subtype(Type above, Class<?> subclass) {
    return new Subtype(above, subclass);
  }

  /** A decoder that chooses the type by the property {@code "type"} of the message. */
  public static JsonRoutes routes(Map<String, Type> byTypeName) {
    return new JsonRoutes(byTypeName);
  }
}
