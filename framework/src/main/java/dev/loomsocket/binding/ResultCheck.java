package dev.loomsocket.binding;

import dev.loomsocket.websocket.Pong;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

/** Checks what handler methods return. */
final class ResultCheck {
  private static final String RESULTS =
      "void, CharSequence or Reader (sent as text), byte[], ByteBuffer or InputStream (binary), any"
          + " other value (JSON), a Stream, CompletionStage or Optional of these";

  /** Results that stand for others, each with one type parameter that says for which. */
  private static final List<Class<?>> WRAPPERS =
      List.of(Stream.class, CompletionStage.class, Optional.class);

  /** Deeper wrappers are not looked into: a class may say that it is a stream of itself. */
  private static final int MAX_DEPTH = 8;

  private ResultCheck() {}

  /** Reports a result that the kind of method cannot have. */
  static boolean passes(HandlerKind kind, Method method, Type payload, EndpointContext endpoint) {
    Type result = endpoint.generics().resolve(method.getGenericReturnType());
    Rule rule = rule(kind, result, payload);
    if (!rule.passes) {
      String found = "it returns " + GenericTypes.name(result);
      endpoint.problems().add(endpoint.where(method), found, rule.allowed, rule.remedy);
    }
    return rule.passes;
  }

  private static Rule rule(HandlerKind kind, Type type, Type payload) {
    Class<?> result = GenericTypes.raw(type);
    boolean isVoid = result == void.class || result == Void.class;
    if (kind == HandlerKind.HANDSHAKE) {
      boolean decides = isVoid || result == boolean.class || result == Boolean.class;
      return new Rule(
          decides || Principal.class.isAssignableFrom(result),
          "void (accept), boolean (false refuses with 403), a Principal (accept, and this is who it is)",
          "return one of these; refuse with: throw new HttpException(401, \"...\")");
    }
    if (kind == HandlerKind.CLOSE) {
      return new Rule(
          isVoid, "void: the connection has ended, nothing can be sent", "make it void");
    }
    if (payload == Pong.class) {
      return new Rule(isVoid, "void for a Pong", "make it void; send with session.send(...)");
    }
    String remedy = insteadOf(innermost(type));
    return new Rule(remedy.isEmpty(), RESULTS, remedy);
  }

  /** What is sent in the end: the element of a wrapper, or what that is a wrapper of. */
  private static Type innermost(Type type) {
    Type inner = type;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      inner = element(inner);
    }
    return inner;
  }

  /** The element of a wrapper, Object where nothing says more; any other type itself. */
  private static Type element(Type type) {
    return WRAPPERS.stream()
        .filter(wrapper -> wrapper.isAssignableFrom(GenericTypes.raw(type)))
        .findFirst()
        .map(wrapper -> new GenericTypes(type).resolve(wrapper.getTypeParameters()[0]))
        .orElse(type);
  }

  /** For types that are not sent: what to do instead. */
  private static String insteadOf(Type type) {
    Class<?> raw = GenericTypes.raw(type);
    String name = GenericTypes.name(type);
    if (BaseStream.class.isAssignableFrom(raw)) {
      return "return a Stream instead of " + name + ", for example with boxed()";
    }
    if (Flow.Publisher.class.isAssignableFrom(raw)) {
      return "return a Stream instead of " + name + ", or send each element with session.send(...)";
    }
    if (Future.class.isAssignableFrom(raw)) {
      return "return a CompletionStage instead of "
          + name
          + ", or the value itself: the method may block until it is there";
    }
    if (OutputStream.class.isAssignableFrom(raw)) {
      return "return a byte[] or an InputStream instead of "
          + name
          + ", or make it void and write to session.sendBinary()";
    }
    if (Writer.class.isAssignableFrom(raw)) {
      return "return a String or a Reader instead of "
          + name
          + ", or make it void and write to session.sendText()";
    }
    return "";
  }

  /** Whether a result is allowed, and what to say if it is not. */
  private record Rule(boolean passes, String allowed, String remedy) {}
}
