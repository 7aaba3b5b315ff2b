package dev.loomsocket.binding;

import dev.loomsocket.json.Json;
import dev.loomsocket.json.TypeName;
import dev.loomsocket.websocket.OnMessage;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code @OnMessage} methods of one endpoint whose messages are decoded from JSON, and the
 * rules by which a message finds its method.
 *
 * <p>A single method gets every text. Where there is something to choose, the property {@code
 * "type"} chooses: with several methods, beside a method for {@code String}, with a name in
 * {@code @OnMessage}, or with a sealed type.
 */
final class JsonMethods {
  private static final String OLDER_JACKSON = "com.fasterxml.jackson.databind.";

  private final EndpointContext endpoint;
  private final Map<String, BoundMethod> byName = new LinkedHashMap<>();
  private final Map<String, Type> types = new LinkedHashMap<>();

  JsonMethods(EndpointContext endpoint) {
    this.endpoint = endpoint;
  }

  /** Where text messages go; mistakes are reported. */
  EventTarget target(List<BoundMethod> methods, Optional<EventTarget> text) {
    if (methods.isEmpty()) {
      return text.orElse(EventTarget.refusing("this endpoint takes no text messages"));
    }
    boolean decodable = methods.stream().filter(this::isDecodable).count() == methods.size();
    BoundMethod first = methods.getFirst();
    boolean chooses =
        methods.size() > 1 || text.isPresent() || !name(first).isEmpty() || isSealed(first);
    if (!chooses) {
      nameLone(first);
      return new JsonTarget(Json.decoder(first.payload()), first.handler());
    }
    if (decodable) {
      methods.forEach(this::register);
    }
    Map<String, EventTarget> targets = new LinkedHashMap<>();
    byName.forEach((name, method) -> targets.put(name, method.handler()));
    return new RoutingTarget(Json.routes(types), targets, text);
  }

  /** A class has its name also where that chooses nothing: it says what goes out. */
  private void nameLone(BoundMethod method) {
    Class<?> raw = method.rawPayload();
    if (JsonClass.isObject(raw) && !JsonClass.isAnyObject(raw)) {
      endpoint.typeNames().add(raw, TypeName.of(raw));
    }
  }

  private void register(BoundMethod method) {
    if (isSealed(method)) {
      registerSealed(method);
    } else if (isNameable(method)) {
      String name = name(method);
      Class<?> raw = method.rawPayload();
      register(name.isEmpty() ? TypeName.of(raw) : name, raw, method);
    }
  }

  private void registerSealed(BoundMethod method) {
    if (!name(method).isEmpty()) {
      add(
          method,
          "@OnMessage(\""
              + name(method)
              + "\") takes the sealed type "
              + GenericTypes.name(method.payload()),
          "no name on a sealed type: each of its records has one",
          "write @OnMessage without a name; the records' own names are the types");
      return;
    }
    for (Class<?> leaf : TypeName.leaves(method.rawPayload())) {
      if (JsonClass.isOpenAbstract(leaf) || leaf.isEnum()) {
        add(
            method,
            leaf.getSimpleName()
                + ", permitted by "
                + GenericTypes.name(method.payload())
                + ", is nothing that a JSON object can become",
            "records and classes below a sealed type, and further sealed types",
            "make " + leaf.getSimpleName() + " a record, or seal it too");
      } else {
        register(TypeName.of(leaf), leaf, method);
      }
    }
  }

  private void register(String name, Class<?> type, BoundMethod method) {
    BoundMethod other = byName.putIfAbsent(name, method);
    if (other == null) {
      types.put(name, jsonType(type, method));
      if (!JsonClass.isAnyObject(type)) {
        endpoint.typeNames().add(type, name);
      }
      return;
    }
    add(
        method,
        "it takes the messages with \"type\":\""
            + name
            + "\", which "
            + other.signature()
            + " takes already",
        "one method for each \"type\"",
        "remove one of the two, or name one: @OnMessage(\"anotherName\")");
  }

  /** A generic class takes the arguments of the method's type, be it that itself or below it. */
  private static Type jsonType(Class<?> type, BoundMethod method) {
    if (type == method.rawPayload()) {
      return method.payload();
    }
    return type.getTypeParameters().length == 0 ? type : Json.subtype(method.payload(), type);
  }

  /**
   * JSON becomes a class that can be made; an interface in its place is most often a service that
   * is missing.
   */
  private boolean isDecodable(BoundMethod method) {
    Class<?> raw = method.rawPayload();
    if (raw.getName().startsWith(OLDER_JACKSON)) {
      add(
          method,
          "the message is " + raw.getName() + ", which is of Jackson 2; Loomsocket has Jackson 3",
          "the types of Jackson 3, in " + JsonClass.JACKSON + "databind",
          "import "
              + JsonClass.JACKSON
              + raw.getName().substring("com.fasterxml.jackson.".length())
              + " instead");
      return false;
    }
    if (!JsonClass.isOpenAbstract(raw)
        || JsonClass.isOfLibrary(raw)
        || JsonClass.isMappedByAnnotations(raw)) {
      return true;
    }
    add(
        method,
        "the message is the "
            + (raw.isInterface() ? "interface " : "abstract class ")
            + GenericTypes.name(method.payload())
            + ", which no JSON can become",
        "records, classes, sealed interfaces of records, JsonNode, Map, List",
        "take a record; if "
            + GenericTypes.name(method.payload())
            + " is a service, hand one over with app.add(...)");
    return false;
  }

  /** A method that shares the text messages with others needs a name, and an object to carry it. */
  private boolean isNameable(BoundMethod method) {
    Class<?> raw = method.rawPayload();
    String type = GenericTypes.name(method.payload());
    if (!JsonClass.isObject(raw)) {
      add(
          method,
          "it takes "
              + type
              + ", whose JSON has no \"type\" to tell it from the endpoint's other text messages",
          "JSON objects, where an endpoint has several methods for text",
          "put it into a record and take that, or make it the only method for text");
      return false;
    }
    if (JsonClass.isAnyObject(raw) && name(method).isEmpty()) {
      add(
          method,
          "it takes "
              + type
              + ", which does not say which of the endpoint's text messages are meant",
          "a record or class, whose name is the \"type\", or a name in the annotation",
          "write @OnMessage(\"name\"), or make it the only method for text");
      return false;
    }
    return true;
  }

  private static boolean isSealed(BoundMethod method) {
    return JsonClass.isSealed(method.rawPayload());
  }

  private static String name(BoundMethod method) {
    return method.method().getAnnotation(OnMessage.class).value();
  }

  private void add(BoundMethod method, String found, String allowed, String remedy) {
    endpoint.problems().add(endpoint.where(method.method()), found, allowed, remedy);
  }
}
