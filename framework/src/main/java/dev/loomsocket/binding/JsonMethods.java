package dev.loomsocket.binding;

import dev.loomsocket.json.Json;
import dev.loomsocket.websocket.OnMessage;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The {@code @OnMessage} methods of one endpoint whose messages are decoded from JSON, and the
 * rules by which a message finds its method.
 *
 * <p>A single method gets every text. Where there is something to choose, the property {@code
 * "type"} chooses: with several methods, beside a method for {@code String}, with a name in
 * {@code @OnMessage}, or with a sealed type.
 */
final class JsonMethods {
  private final EndpointContext endpoint;
  private final Map<String, BoundMethod> byName = new LinkedHashMap<>();
  private final Map<String, Type> types = new LinkedHashMap<>();

  JsonMethods(EndpointContext endpoint) {
    this.endpoint = endpoint;
  }

  /** The receiver of text messages; mistakes are reported. */
  Receiver receiver(List<BoundMethod> methods, Optional<Receiver> text) {
    if (methods.isEmpty()) {
      return text.orElse(Receiver.refusing("this endpoint takes no text messages"));
    }
    boolean decodable = methods.stream().filter(this::isDecodable).count() == methods.size();
    BoundMethod first = methods.getFirst();
    boolean chooses =
        methods.size() > 1 || text.isPresent() || !name(first).isEmpty() || isSealed(first);
    if (!chooses) {
      return new JsonReceiver(Json.decoder(first.payload()), first.handler());
    }
    if (decodable) {
      methods.forEach(this::register);
    }
    Map<String, Receiver> receivers = new LinkedHashMap<>();
    byName.forEach((name, method) -> receivers.put(name, method.handler()));
    return new RoutingReceiver(Json.routes(types), receivers, text);
  }

  private void register(BoundMethod method) {
    if (isSealed(method)) {
      registerSealed(method);
    } else if (isNameable(method)) {
      String name = name(method);
      register(name.isEmpty() ? typeName(method.rawPayload()) : name, method.payload(), method);
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
    Set<Class<?>> leaves = new LinkedHashSet<>();
    collectLeaves(method.rawPayload(), leaves);
    for (Class<?> leaf : leaves) {
      if (isOpenAbstract(leaf) || leaf.isEnum()) {
        add(
            method,
            leaf.getSimpleName()
                + ", permitted by "
                + GenericTypes.name(method.payload())
                + ", is nothing that a JSON object can become",
            "records and classes below a sealed type, and further sealed types",
            "make " + leaf.getSimpleName() + " a record, or seal it too");
      } else {
        register(typeName(leaf), leaf, method);
      }
    }
  }

  private static void collectLeaves(Class<?> type, Collection<Class<?>> leaves) {
    if (!type.isSealed() || type.isEnum()) {
      leaves.add(type);
      return;
    }
    if (!type.isInterface() && !Modifier.isAbstract(type.getModifiers())) {
      leaves.add(type);
    }
    Arrays.stream(type.getPermittedSubclasses()).forEach(each -> collectLeaves(each, leaves));
  }

  private void register(String name, Type type, BoundMethod method) {
    BoundMethod other = byName.putIfAbsent(name, method);
    if (other == null) {
      types.put(name, type);
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

  /**
   * JSON becomes a class that can be made; an interface in its place is most often a service that
   * is missing.
   */
  private boolean isDecodable(BoundMethod method) {
    Class<?> raw = method.rawPayload();
    if (!isOpenAbstract(raw) || isOfLibrary(raw) || isMappedByAnnotations(raw)) {
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
    if (raw.isArray()
        || raw.isPrimitive()
        || raw.isEnum()
        || Collection.class.isAssignableFrom(raw)
        || isOfLibrary(raw) && !isAnyObject(raw)) {
      add(
          method,
          "it takes "
              + type
              + ", whose JSON has no \"type\" to tell it from the endpoint's other text messages",
          "JSON objects, where an endpoint has several methods for text",
          "put it into a record and take that, or make it the only method for text");
      return false;
    }
    if (isAnyObject(raw) && name(method).isEmpty()) {
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

  private static boolean isAnyObject(Class<?> raw) {
    return raw == Object.class
        || Map.class.isAssignableFrom(raw)
        || raw.getName().startsWith("tools.jackson.");
  }

  private static boolean isOfLibrary(Class<?> raw) {
    return raw.getName().startsWith("java.") || raw.getName().startsWith("tools.jackson.");
  }

  private static boolean isOpenAbstract(Class<?> raw) {
    return Modifier.isAbstract(raw.getModifiers())
        && !raw.isSealed()
        && !raw.isArray()
        && !raw.isPrimitive();
  }

  private static boolean isSealed(BoundMethod method) {
    Class<?> raw = method.rawPayload();
    return raw.isSealed() && !raw.isEnum() && !isOfLibrary(raw) && !isMappedByAnnotations(raw);
  }

  /**
   * True if the class tells Jackson itself how to read it; known by name, so that Jackson stays
   * unloaded.
   */
  private static boolean isMappedByAnnotations(Class<?> raw) {
    return Arrays.stream(raw.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(type -> type.getPackageName().contains(".jackson."));
  }

  private static String name(BoundMethod method) {
    return method.method().getAnnotation(OnMessage.class).value();
  }

  /** The simple name of the class with a small first letter. */
  private static String typeName(Class<?> type) {
    String name = type.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private void add(BoundMethod method, String found, String allowed, String remedy) {
    endpoint.problems().add(endpoint.where(method.method()), found, allowed, remedy);
  }
}
