package dev.loomsocket.json;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

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
          .annotationIntrospector(
              AnnotationIntrospector.pair(
                  new JacksonAnnotationIntrospector(), new UnknownProperties()))
          .build();

  private static final ObjectWriter WRITER = MAPPER.writer();
  private static final int LONGEST_REASON = 200;
  private static final int LONGEST_PATH = 60;

  private Jackson() {}

  static byte[] write(Object value) {
    return write(WRITER, value);
  }

  static byte[] write(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsBytes(value);
    } catch (JacksonException e) {
      String type = value.getClass().getTypeName();
      throw new IllegalArgumentException(type + " has no JSON form: " + reason(e), cause(e));
    }
  }

  /** Without the way there, which for a value that contains itself has hundreds of lines. */
  private static String reason(JacksonException e) {
    String first = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    return first.substring(0, Math.min(first.length(), LONGEST_REASON));
  }

  /** What the value's own methods threw, if that is the reason; Jackson's frames tell nothing. */
  private static @Nullable Throwable cause(JacksonException e) {
    Throwable cause = e;
    while (cause instanceof JacksonException) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Writes all objects as they are. */
  static ObjectWriter writer() {
    return WRITER;
  }

  /** Writes objects of the classes that have names with these. */
  static ObjectWriter writer(Function<Class<?>, Optional<String>> names) {
    SimpleModule module = new SimpleModule();
    module.setSerializerModifier(new TypeProperty.Giver(names));
    return MAPPER.rebuild().addModule(module).build().writer();
  }

  static ObjectReader reader(Type type) {
    return MAPPER.readerFor(javaType(type));
  }

  private static JavaType javaType(Type type) {
    return type instanceof Subtype(Type above, Class<?> subclass)
        ? MAPPER.getTypeFactory().constructSpecializedType(javaType(above), subclass)
        : MAPPER.constructType(type);
  }

  static @Nullable Object read(ObjectReader reader, String text) {
    return read(reader, () -> reader.readValue(text));
  }

  /** The value that a node stands for, where a missing one is null. */
  static @Nullable Object read(ObjectReader reader, JsonNode node) {
    JsonNode present = node.isMissingNode() ? MAPPER.nullNode() : node;
    return read(reader, () -> reader.readValue(present));
  }

  static JsonNode tree(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw refusal(e);
    }
  }

  private static @Nullable Object read(ObjectReader reader, Supplier<@Nullable Object> value) {
    try {
      return value.get();
    } catch (InvalidDefinitionException e) {
      String type = reader.getValueType().toCanonical();
      throw new IllegalStateException(
          type + " cannot be read from JSON: " + e.getOriginalMessage(), e);
    } catch (JacksonException e) {
      throw refusal(e);
    }
  }

  /**
   * The first property of that name of the outermost object if it is a string; the text behind it
   * is not looked at.
   */
  static @Nullable String string(String text, String property) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken value = parser.nextToken();
        if (name.equals(property)) {
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
   * Jackson's own messages quote the text, so only the kind of the mistake, the property and the
   * place are taken from them.
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
    return new JsonException(what + path(e.getPath()) + place(e.getLocation()));
  }

  /**
   * The property in question as in {@code at "lines[2].user"}: names of the type's own; the keys of
   * a map or a node are the text's.
   */
  private static String path(List<Reference> references) {
    StringBuilder path = new StringBuilder();
    for (Reference reference : references) {
      if (reference.getPropertyName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        boolean isKey = reference.from() instanceof Map || reference.from() instanceof JsonNode;
        path.append(path.isEmpty() ? "" : ".").append(isKey ? "*" : reference.getPropertyName());
      }
    }
    return path.isEmpty() || path.length() > LONGEST_PATH ? "" : " at \"" + path + "\"";
  }

  private static String place(@Nullable TokenStreamLocation at) {
    return at == null || at.getLineNr() < 1 || at.getColumnNr() < 1
        ? ""
        : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
  }
}
