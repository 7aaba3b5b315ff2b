package dev.loomsocket.json;

import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects into the type that their property {@code "type"} names. Immutable and
 * thread-safe.
 *
 * <p>The text is searched for the property first, which ends as soon as it is found, and decoded
 * then: a {@code "type"} at the start of a message costs next to nothing.
 */
public final class JsonRoutes {
  private static final NoType NO_TYPE = new NoType();
  private static final UnknownType UNKNOWN_TYPE = new UnknownType();

  private final Map<String, JsonDecoder> decoders = new HashMap<>();

  JsonRoutes(Map<String, Type> byTypeName) {
    byTypeName.forEach((name, type) -> decoders.put(name, new JsonDecoder(type)));
  }

  /**
   * The value of the text, or why no type claims it.
   *
   * @throws JsonException if the type that claims the text cannot be read from it
   */
  public Result decode(String text) {
    @Nullable String name;
    try {
      name = Jackson.string(text, "type");
    } catch (JsonException why) {
      return new NotJson(why);
    }
    if (name == null) {
      return NO_TYPE;
    }
    JsonDecoder decoder = decoders.get(name);
    return decoder == null ? UNKNOWN_TYPE : new Decoded(name, decoder.decode(text));
  }

  /** What became of a text. */
  public sealed interface Result {}

  /** A value, and the name of the type that claimed it. */
  public record Decoded(String name, Object value) implements Result {}

  /** JSON without a {@code "type"} that is a string: no object, or an object without one. */
  public record NoType() implements Result {}

  /** A JSON object whose {@code "type"} nobody registered. */
  public record UnknownType() implements Result {}

  /** A text that stopped being JSON before a {@code "type"} was found. */
  public record NotJson(JsonException why) implements Result {}
}
