package dev.loomsocket.binding;

import dev.loomsocket.binding.Handlers.ErrorHandler;
import dev.loomsocket.binding.Handlers.Streams;
import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.Pong;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Binds the handler methods of one endpoint, each kind as often as it may stand there. */
final class EndpointBinder {
  private final EndpointContext endpoint;
  private final List<BoundMethod> bound = new ArrayList<>();

  EndpointBinder(EndpointContext endpoint) {
    this.endpoint = endpoint;
  }

  /** The handlers; whether they are complete, the problems tell. */
  Handlers handlers() {
    List<Method> foreign = ForeignAnnotations.report(endpoint.type(), endpoint.problems());
    if (endpoint.methods().isEmpty() && foreign.isEmpty()) {
      addIdle();
    }
    MethodBinder binder = new MethodBinder(endpoint);
    for (Method method : endpoint.methods()) {
      if (!foreign.contains(method)) {
        binder.bind(method).ifPresent(bound::add);
      }
    }
    EventTarget handshake = event(HandlerKind.HANDSHAKE);
    EventTarget open = event(HandlerKind.OPEN);
    Optional<BoundMethod> text = message("text", String.class, Reader.class);
    Optional<BoundMethod> binary =
        message("binary messages", byte[].class, ByteBuffer.class, InputStream.class);
    return new Handlers(
        handshake,
        open,
        new JsonMethods(endpoint).target(json(), text.map(BoundMethod::whole)),
        binary
            .map(BoundMethod::whole)
            .orElse(EventTarget.refusing("this endpoint takes no binary messages")),
        new Streams(streamed(text), streamed(binary)),
        target(message("pongs", Pong.class)),
        event(HandlerKind.CLOSE),
        errors(),
        endpoint.users(),
        takesHandshakeLater());
  }

  private boolean takesHandshakeLater() {
    return bound.stream()
        .filter(
            method -> method.kind() == HandlerKind.MESSAGE || method.kind() == HandlerKind.ERROR)
        .flatMap(method -> Arrays.stream(method.method().getParameterTypes()))
        .anyMatch(Handshake.class::isAssignableFrom);
  }

  private void addIdle() {
    endpoint
        .problems()
        .add(
            endpoint.type().getName(),
            "it has no handler method: it would accept connections and do nothing with them",
            "at least one method with "
                + Arrays.stream(HandlerKind.values())
                    .map(HandlerKind::toString)
                    .collect(Collectors.joining(", ")),
            "write the annotations of dev.loomsocket.websocket on its methods, or remove"
                + " @WebSocketEndpoint");
  }

  private EventTarget event(HandlerKind kind) {
    return target(
        single(
            "a second " + kind + " method",
            bound.stream().filter(method -> method.kind() == kind).toList(),
            "one " + kind + " method in an endpoint"));
  }

  private static EventTarget target(Optional<BoundMethod> method) {
    return method.<EventTarget>map(BoundMethod::handler).orElse(EventTarget.NOTHING);
  }

  private static Optional<EventTarget> streamed(Optional<BoundMethod> method) {
    return method.filter(BoundMethod::isStreaming).map(BoundMethod::handler);
  }

  private Optional<BoundMethod> message(String what, Class<?>... types) {
    List<Class<?>> taken = List.of(types);
    return single(
        "a second @OnMessage method for " + what,
        messages(taken::contains),
        "one @OnMessage method for " + what + " in an endpoint");
  }

  private List<BoundMethod> messages(Predicate<Class<?>> type) {
    return bound.stream()
        .filter(method -> method.kind() == HandlerKind.MESSAGE && type.test(method.rawPayload()))
        .toList();
  }

  private Optional<BoundMethod> single(String second, List<BoundMethod> methods, String allowed) {
    for (BoundMethod more : methods.stream().skip(1).toList()) {
      String first = methods.getFirst().signature();
      addSecond(more, second + ": " + first + " is one already", allowed);
    }
    return methods.stream().findFirst();
  }

  private void addSecond(BoundMethod method, String found, String allowed) {
    endpoint
        .problems()
        .add(endpoint.where(method.method()), found, allowed, "make one method of the two");
  }

  /** The methods for JSON. They share whole texts with a String, but not what a Reader takes. */
  private List<BoundMethod> json() {
    List<BoundMethod> json = messages(type -> !ParameterBinder.isRawMessage(type));
    if (!json.isEmpty()) {
      messages(type -> type == Reader.class).forEach(reader -> addBeside(reader, json));
    }
    return json;
  }

  private void addBeside(BoundMethod reader, List<BoundMethod> json) {
    String others = json.stream().map(BoundMethod::signature).collect(Collectors.joining(" and "));
    endpoint
        .problems()
        .add(
            endpoint.where(reader.method()),
            "its Reader gets every text while it arrives, which leaves none for " + others,
            "a Reader alone, or a String and JSON beside each other, for the text messages",
            "take String instead of Reader, or read the JSON here and remove " + others);
  }

  private List<ErrorHandler> errors() {
    Map<Class<?>, BoundMethod> byType = new HashMap<>();
    for (BoundMethod method : bound) {
      if (method.kind() != HandlerKind.ERROR) {
        continue;
      }
      BoundMethod first = byType.putIfAbsent(method.rawPayload(), method);
      if (first != null) {
        String type = method.rawPayload().getSimpleName();
        addSecond(
            method,
            "a second @OnError method for " + type + ": " + first.signature() + " is one already",
            "one @OnError method for each type of exception");
      }
    }
    return byType.entrySet().stream()
        .map(entry -> new ErrorHandler(entry.getKey(), entry.getValue().handler()))
        .toList();
  }
}
