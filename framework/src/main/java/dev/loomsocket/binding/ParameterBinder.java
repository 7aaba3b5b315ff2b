package dev.loomsocket.binding;

import dev.loomsocket.binding.Handler.Filler;
import dev.loomsocket.binding.HandlerKind.Source;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.Pong;
import dev.loomsocket.websocket.QueryParam;
import dev.loomsocket.websocket.Session;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.security.Principal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.BaseStream;

/** Finds what fills a parameter of a handler method. */
final class ParameterBinder {
  private static final Set<Class<?>> RAW_MESSAGES =
      Set.of(
          String.class,
          Reader.class,
          byte[].class,
          ByteBuffer.class,
          InputStream.class,
          Pong.class);

  private static final String ELEMENTS =
      "take List, or what the elements are in: Reader or InputStream";
  private static final String VALUE =
      "take what it would hold: the method is called when that is there";

  /** Types that look like a message, or like a way to send one, with what to do instead. */
  private static final Map<Class<?>, String> NO_MESSAGES =
      Map.of(
          Reader.class,
          "take Reader",
          InputStream.class,
          "take InputStream",
          Writer.class,
          "take Session, and write to session.sendText()",
          OutputStream.class,
          "take Session, and write to session.sendBinary()",
          BaseStream.class,
          ELEMENTS,
          Iterator.class,
          ELEMENTS,
          Flow.Publisher.class,
          ELEMENTS,
          CompletionStage.class,
          VALUE,
          Future.class,
          VALUE);

  private final EndpointContext endpoint;
  private final UrlValueBinder urlValues;

  ParameterBinder(EndpointContext endpoint) {
    this.endpoint = endpoint;
    this.urlValues = new UrlValueBinder(endpoint);
  }

  /**
   * What fills the parameter with this index; empty if there is a mistake, which has been reported.
   */
  Optional<Filler> bind(HandlerKind kind, Method method, int index) {
    Parameter parameter = method.getParameters()[index];
    Type type = endpoint.generics().resolve(method.getGenericParameterTypes()[index]);
    String described = Problems.parameter(parameter, index, type);
    Wanted wanted = new Wanted(kind, endpoint.where(method), described, type);
    return filler(wanted, parameter).map(filler -> filler.as(parameter.getType()));
  }

  private Optional<Filler> filler(Wanted wanted, Parameter parameter) {
    boolean isQuery = parameter.isAnnotationPresent(QueryParam.class);
    if (isQuery && !wanted.kind.takes(Source.QUERY)) {
      return refused(wanted);
    }
    if (isQuery || parameter.isAnnotationPresent(PathParam.class)) {
      return urlValues.bind(wanted.where, parameter, wanted.type, wanted.described);
    }
    Class<?> raw = wanted.raw();
    if (raw == Session.class) {
      return context(wanted, Source.SESSION, Arguments.SESSION);
    }
    if (raw == Handshake.class) {
      return context(wanted, Source.HANDSHAKE, Arguments.HANDSHAKE);
    }
    if (raw == Principal.class || endpoint.users().has(raw)) {
      return user(wanted, raw, () -> Filler.context(Arguments.USER, raw));
    }
    Class<?> maybe = raw == Optional.class ? element(wanted.type) : Object.class;
    if (maybe == Principal.class || endpoint.users().has(maybe)) {
      return user(wanted, maybe, () -> Filler.context(Arguments.maybeUser(maybe), raw));
    }
    return isPayload(wanted) ? payload(wanted) : service(wanted);
  }

  private static Class<?> element(Type optional) {
    return optional instanceof ParameterizedType generic
        ? GenericTypes.raw(generic.getActualTypeArguments()[0])
        : Object.class;
  }

  private Optional<Filler> context(Wanted wanted, Source source, MethodHandle getter) {
    return wanted.kind.takes(source)
        ? Optional.of(Filler.context(getter, wanted.raw()))
        : refused(wanted);
  }

  private Optional<Filler> user(Wanted wanted, Class<?> type, Supplier<Filler> filler) {
    if (!wanted.kind.takes(Source.PRINCIPAL)) {
      return refused(wanted);
    }
    if (!endpoint.users().has(type)) {
      return problem(
          wanted,
          wanted.described + ", but nothing says who the client is",
          "a Principal where an @OnHandshake method returns one, or app.authenticate(...) tells",
          "let an @OnHandshake method return the Principal, call app.authenticate(...), or remove"
              + " the parameter");
    }
    if (wanted.raw() == type) {
      endpoint.users().want(type);
    }
    return Optional.of(filler.get());
  }

  static boolean isRawMessage(Type type) {
    return RAW_MESSAGES.contains(GenericTypes.raw(type));
  }

  private static boolean isPayload(Wanted wanted) {
    return switch (wanted.kind) {
      case HANDSHAKE, OPEN -> false;
      case MESSAGE -> isRawMessage(wanted.type);
      case ERROR -> Throwable.class.isAssignableFrom(wanted.raw());
      case CLOSE -> wanted.raw() == CloseStatus.class;
    };
  }

  private static Optional<Filler> payload(Wanted wanted) {
    return Optional.of(Filler.payload(wanted.raw()));
  }

  /** In an {@code @OnMessage} method, what is no service is the message. */
  private Optional<Filler> service(Wanted wanted) {
    List<Object> services = endpoint.services().of(wanted.raw());
    if (services.isEmpty()) {
      return wanted.kind == HandlerKind.MESSAGE ? jsonPayload(wanted) : unfillable(wanted);
    }
    if (!wanted.kind.takes(Source.SERVICE)) {
      return refused(wanted);
    }
    if (services.size() > 1) {
      Services.addAmbiguous(endpoint.problems(), wanted.where, wanted.described, services);
      return Optional.empty();
    }
    return Optional.of(Filler.service(services.getFirst(), wanted.raw()));
  }

  private Optional<Filler> jsonPayload(Wanted wanted) {
    String instead = insteadOf(wanted.raw());
    return instead.isEmpty()
        ? payload(wanted)
        : problem(
            wanted,
            wanted.described + ", which messages do not come as",
            wanted.kind.allowed(),
            instead);
  }

  /** For types that no message comes as: what to do instead; empty for others. */
  private static String insteadOf(Class<?> raw) {
    return NO_MESSAGES.entrySet().stream()
        .filter(noMessage -> noMessage.getKey().isAssignableFrom(raw))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(raw == CharSequence.class || raw == CharBuffer.class ? "take String" : "");
  }

  private Optional<Filler> refused(Wanted wanted) {
    return problem(
        wanted,
        wanted.described + ", which an " + wanted.kind + " method cannot take",
        wanted.kind.allowed(),
        wanted.kind == HandlerKind.HANDSHAKE
            ? "take it in an @OnOpen method: there is no session before the handshake is accepted"
            : "keep it in a field or in session.attributes() from the start, and remove the parameter");
  }

  private Optional<Filler> unfillable(Wanted wanted) {
    boolean isValue = Converter.of(wanted.raw()).isPresent();
    return problem(
        wanted,
        "nothing fills " + wanted.described,
        wanted.kind.allowed(),
        isValue
            ? "annotate it with @PathParam or @QueryParam, or remove it"
            : "if it is a service, hand one over with app.add(...); otherwise remove it");
  }

  private Optional<Filler> problem(Wanted wanted, String found, String allowed, String remedy) {
    endpoint.problems().add(wanted.where, found, allowed, remedy);
    return Optional.empty();
  }

  /** A parameter: what it is called in reports, and its type in the endpoint's class. */
  private record Wanted(HandlerKind kind, String where, String described, Type type) {
    Class<?> raw() {
      return GenericTypes.raw(type);
    }
  }
}
