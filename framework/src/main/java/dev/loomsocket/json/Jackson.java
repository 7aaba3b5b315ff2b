package dev.loomsocket.json;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one mapper and all that is asked of it. Loading this class loads Jackson, so the others of
 * this package mention it only where a value is written or read.
 */
final class Jackson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .build();

  private Jackson() {}

  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JacksonException e) {
      String type = value.getClass().getTypeName();
      throw new IllegalArgumentException(type + " has no JSON form: " + e.getOriginalMessage(), e);
    }
  }

  static ObjectReader reader(Type type) {
    return MAPPER.readerFor(MAPPER.constructType(type));
  }

  static @Nullable Object read(ObjectReader reader, String text) {
    try {
      return reader.readValue(text);
    } catch (InvalidDefinitionException e) {
      String type = reader.getValueType().toCanonical();
      throw new IllegalStateException(
          type + " cannot be read from JSON: " + e.getOriginalMessage(), e);
    } catch (JacksonException e) {
      throw refusal(e);
    }
  }

  /**
   * The first {@code "type"} of the outermost object if it is a string; the text behind it is not
   * looked at.
   */
  static @Nullable String typeName(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken value = parser.nextToken();
        if (name.equals("type")) {
          return value == JsonToken.VALUE_STRING ? parser.getString() : null;
        }
        parser.skipChildren();
      }
      return null;
    } catch (JacksonException e) {
      throw refusal(e);
    }
  }

  /**
   * Jackson's own messages quote the text, so only the kind of the mistake and its place are taken
   * from them.
   */
  private static JsonException refusal(JacksonException e) {
    String what =
        switch (e) {
          case UnexpectedEndOfInputException end -> "the JSON ends too early";
          case StreamConstraintsException limit ->
              "the JSON is nested too deep or has too long a number or name";
          case StreamReadException syntax -> "this is not JSON";
          default -> "the JSON does not have the expected form";
        };
    return new JsonException(what + place(e.getLocation()));
  }

  private static String place(@Nullable TokenStreamLocation at) {
    return at == null || at.getLineNr() < 1 || at.getColumnNr() < 1
        ? ""
        : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
  }
}
