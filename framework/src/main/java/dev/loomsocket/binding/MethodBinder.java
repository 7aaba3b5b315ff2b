package dev.loomsocket.binding;

import dev.loomsocket.binding.Handler.Filler;
import dev.loomsocket.websocket.OnMessage;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks one handler method's signature and makes its {@link Handler}. */
final class MethodBinder {
  private final EndpointContext endpoint;
  private final ParameterBinder parameters;

  MethodBinder(EndpointContext endpoint) {
    this.endpoint = endpoint;
    this.parameters = new ParameterBinder(endpoint);
  }

  /** The bound method; empty if there is a mistake, which has been reported. */
  Optional<BoundMethod> bind(Method method) {
    List<HandlerKind> kinds = HandlerKind.of(method);
    if (kinds.size() > 1) {
      return problem(
          method,
          "it has several annotations: "
              + kinds.stream().map(HandlerKind::toString).collect(Collectors.joining(", ")),
          "one of these annotations on a method",
          "make a method of its own for each");
    }
    if (Modifier.isStatic(method.getModifiers())) {
      return problem(
          method,
          "it is static",
          "instance methods: each connection has its own instance",
          "remove the word static");
    }
    if (method.getTypeParameters().length > 0) {
      return problem(
          method,
          "it is generic: nothing says what " + method.getTypeParameters()[0] + " is",
          "methods without type parameters of their own",
          "write the type that is meant instead of " + method.getTypeParameters()[0]);
    }
    return bind(method, kinds.getFirst());
  }

  private Optional<BoundMethod> bind(Method method, HandlerKind kind) {
    List<Filler> fillers = new ArrayList<>();
    List<Integer> payloads = new ArrayList<>();
    for (int i = 0; i < method.getParameterCount(); i++) {
      Optional<Filler> filler = parameters.bind(kind, method, i);
      if (filler.isPresent() && filler.get().isPayload()) {
        payloads.add(i);
      }
      filler.ifPresent(fillers::add);
    }
    boolean complete = fillers.size() == method.getParameterCount();
    Type payload = payloads.isEmpty() ? void.class : parameterType(method, payloads.getFirst());
    boolean passes =
        hasItsPayload(method, kind, payloads, complete)
            & isRightlyNamed(method, payload)
            & ResultCheck.passes(kind, method, payload, endpoint);
    return complete && passes
        ? handle(method)
            .map(handle -> new BoundMethod(kind, method, payload, new Handler(handle, fillers)))
        : Optional.empty();
  }

  private boolean hasItsPayload(
      Method method, HandlerKind kind, List<Integer> payloads, boolean complete) {
    String what =
        kind == HandlerKind.ERROR ? "exception" : kind == HandlerKind.CLOSE ? "status" : "message";
    if (payloads.size() > 1) {
      problem(
          method,
          payloads.size()
              + " parameters could be the "
              + what
              + ": "
              + payloads.stream()
                  .map(i -> described(method, i))
                  .collect(Collectors.joining(" and ")),
          kind.allowed(),
          kind == HandlerKind.MESSAGE
              ? "leave one; if another is a service, hand it over with app.add(...)"
              : "leave one");
      return false;
    }
    boolean needed = kind == HandlerKind.MESSAGE || kind == HandlerKind.ERROR;
    if (payloads.isEmpty() && needed && complete) {
      problem(
          method,
          "no parameter takes the " + what,
          kind.allowed(),
          kind == HandlerKind.ERROR
              ? "add one, for example Exception e"
              : "add one, for example String text");
      return false;
    }
    return true;
  }

  /** A name in {@code @OnMessage} chooses among JSON messages and says nothing about others. */
  private boolean isRightlyNamed(Method method, Type payload) {
    OnMessage annotation = method.getAnnotation(OnMessage.class);
    if (annotation == null
        || annotation.value().isEmpty()
        || !ParameterBinder.isRawMessage(payload)) {
      return true;
    }
    problem(
        method,
        "@OnMessage(\""
            + annotation.value()
            + "\") takes "
            + GenericTypes.name(payload)
            + ", which has no \"type\"",
        "a name on methods whose message is decoded from JSON",
        "write @OnMessage without a name, or take a record");
    return false;
  }

  private Optional<MethodHandle> handle(Method method) {
    if (!method.trySetAccessible()) {
      endpoint.problems().addNotOpen(endpoint.where(method), method.getDeclaringClass());
      return Optional.empty();
    }
    try {
      return Optional.of(MethodHandles.lookup().unreflect(method));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private Type parameterType(Method method, int index) {
    return endpoint.generics().resolve(method.getGenericParameterTypes()[index]);
  }

  private String described(Method method, int index) {
    Parameter parameter = method.getParameters()[index];
    return Problems.parameter(parameter, index, parameterType(method, index));
  }

  private Optional<BoundMethod> problem(
      Method method, String found, String allowed, String remedy) {
    endpoint.problems().add(endpoint.where(method), found, allowed, remedy);
    return Optional.empty();
  }
}
