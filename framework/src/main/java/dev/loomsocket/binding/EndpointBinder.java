package dev.loomsocket.binding;

import dev.loomsocket.binding.Handlers.ErrorHandler;
import dev.loomsocket.websocket.Pong;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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
    MethodBinder binder = new MethodBinder(endpoint);
    for (Method method : endpoint.methods()) {
      if (!foreign.contains(method)) {
        binder.bind(method).ifPresent(bound::add);
      }
    }
    return new Handlers(
        single(HandlerKind.HANDSHAKE).orElse(Receiver.NOTHING),
        single(HandlerKind.OPEN).orElse(Receiver.NOTHING),
        text(),
        message("binary messages", type -> type == byte[].class || type == ByteBuffer.class)
            .orElse(Receiver.refusing("this endpoint takes no binary messages")),
        message("pongs", type -> type == Pong.class).orElse(Receiver.NOTHING),
        single(HandlerKind.CLOSE).orElse(Receiver.NOTHING),
        errors());
  }

  private Optional<Receiver> single(HandlerKind kind) {
    return single(
        "a second " + kind + " method",
        bound.stream().filter(method -> method.kind() == kind).toList(),
        "one " + kind + " method in an endpoint");
  }

  private Optional<Receiver> message(String what, Predicate<Class<?>> type) {
    return single(
        "a second @OnMessage method for " + what,
        messages(type),
        "one @OnMessage method for " + what + " in an endpoint");
  }

  private List<BoundMethod> messages(Predicate<Class<?>> type) {
    return bound.stream()
        .filter(method -> method.kind() == HandlerKind.MESSAGE && type.test(method.rawPayload()))
        .toList();
  }

  private Optional<Receiver> single(String second, List<BoundMethod> methods, String allowed) {
    for (BoundMethod more : methods.stream().skip(1).toList()) {
      String first = methods.getFirst().signature();
      addSecond(more, second + ": " + first + " is one already", allowed);
    }
    return methods.stream().<Receiver>map(BoundMethod::handler).findFirst();
  }

  private void addSecond(BoundMethod method, String found, String allowed) {
    endpoint
        .problems()
        .add(endpoint.where(method.method()), found, allowed, "make one method of the two");
  }

  private Receiver text() {
    Optional<Receiver> plain = message("text", type -> type == String.class);
    List<BoundMethod> json = messages(type -> !ParameterBinder.isRawMessage(type));
    return new JsonMethods(endpoint).receiver(json, plain);
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
