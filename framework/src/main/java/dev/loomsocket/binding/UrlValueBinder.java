package dev.loomsocket.binding;

import dev.loomsocket.binding.UrlValue.Origin;
import dev.loomsocket.binding.UrlValue.Shape;
import dev.loomsocket.http.PathPattern;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.QueryParam;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Binds the parameters that come from the URL: {@code @PathParam} and {@code @QueryParam}. */
final class UrlValueBinder {
  private static final String CONVERTIBLE =
      "String, primitives and their boxes, enums, UUID, java.time and classes with a static valueOf, parse or"
          + " fromString that takes one String";

  private final EndpointContext endpoint;

  /** One converter for each type, so that equal parameters of several methods are one value. */
  private final Map<Class<?>, Optional<Converter>> converters = new HashMap<>();

  UrlValueBinder(EndpointContext endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Binds a parameter that has one of the two annotations.
   *
   * @param described the parameter, for people
   * @return empty if there is a mistake, which has been reported
   */
  Optional<Handler.Filler> bind(String where, Parameter parameter, Type type, String described) {
    PathParam path = parameter.getAnnotation(PathParam.class);
    QueryParam query = parameter.getAnnotation(QueryParam.class);
    if (path != null && query != null) {
      endpoint
          .problems()
          .add(
              where,
              described + " is both @PathParam and @QueryParam",
              "one of the two",
              "take off the one that is not meant");
      return Optional.empty();
    }
    Origin origin = path != null ? Origin.PATH : Origin.QUERY;
    String name = path != null ? path.value() : query.value();
    if (name.isEmpty() && !parameter.isNamePresent()) {
      addNameless(where, origin, described);
      return Optional.empty();
    }
    name = name.isEmpty() ? parameter.getName() : name;
    if (origin == Origin.PATH && !isVariable(where, name, described)) {
      return Optional.empty();
    }
    return value(where, origin, name, query, type, described)
        .map(value ->
            Handler.Filler.context(
                Arguments.value(endpoint.values().add(value)), GenericTypes.raw(type)));
  }

  private void addNameless(String where, Origin origin, String described) {
    String annotation = origin == Origin.PATH ? "@PathParam" : "@QueryParam";
    endpoint
        .problems()
        .add(
            where,
            described
                + " is "
                + annotation
                + " without a name, and the class file does not keep its own",
            "the name in the annotation, or a class compiled with -parameters",
            "write " + annotation + "(\"name\"), or compile with javac -parameters");
  }

  private boolean isVariable(String where, String name, String described) {
    if (endpoint.path().isEmpty()) {
      return true;
    }
    PathPattern path = endpoint.path().get();
    List<String> variables = path.variables();
    if (variables.contains(name)) {
      return true;
    }
    endpoint
        .problems()
        .add(
            where,
            described
                + " asks for the path variable \""
                + name
                + "\", which "
                + path
                + " does not have",
            variables.isEmpty()
                ? "nothing: this path has no variables"
                : "the variables of the path: " + String.join(", ", variables),
            variables.isEmpty()
                ? "write {" + name + "} into the path, or remove the parameter"
                : "write @PathParam(\""
                    + variables.getFirst()
                    + "\"), or {"
                    + name
                    + "} into the path");
    return false;
  }

  private Optional<UrlValue> value(
      String where,
      Origin origin,
      String name,
      @Nullable QueryParam query,
      Type type,
      String described) {
    Shape shape = query == null ? Shape.ONE : shape(GenericTypes.raw(type));
    Class<?> target = GenericTypes.raw(shape == Shape.ONE ? type : element(type));
    Optional<Converter> converter = converters.computeIfAbsent(target, Converter::of);
    if (converter.isEmpty()) {
      endpoint
          .problems()
          .add(
              where,
              described + ": text does not convert to " + GenericTypes.name(target),
              query == null ? CONVERTIBLE : CONVERTIBLE + ", Optional or List of these",
              "take a String, or give "
                  + GenericTypes.name(target)
                  + " a static fromString(String)");
      return Optional.empty();
    }
    String defaultValue =
        query == null || query.defaultValue().equals(QueryParam.NONE) ? null : query.defaultValue();
    if (defaultValue != null && converter.get().convert(defaultValue).isEmpty()) {
      endpoint
          .problems()
          .add(
              where,
              described + " has the default value \"" + defaultValue + "\"",
              converter.get().expected(),
              "correct the defaultValue of @QueryParam");
      return Optional.empty();
    }
    return Optional.of(new UrlValue(origin, name, shape, converter.get(), defaultValue));
  }

  private static Shape shape(Class<?> type) {
    return type == Optional.class ? Shape.OPTIONAL : type == List.class ? Shape.LIST : Shape.ONE;
  }

  private static Type element(Type type) {
    return type instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[0]
        : String.class;
  }
}
