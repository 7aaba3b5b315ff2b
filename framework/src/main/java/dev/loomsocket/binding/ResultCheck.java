package dev.loomsocket.binding;

import dev.loomsocket.websocket.Pong;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

/** Checks what handler methods return. */
final class ResultCheck {
  private static final String RESULTS =
      "void, CharSequence (sent as text), byte[] or ByteBuffer (binary), any other value (JSON)";
  private static final String AWAIT =
      "return the value itself: the method may block until it is there";
  private static final String EACH = "send each element with session.send(...), or return a List";

  /** Results that are not sent, and what to do instead. */
  private static final Map<Class<?>, String> REFUSED =
      Map.of(
          InputStream.class, "return byte[] or ByteBuffer",
          Reader.class, "return String",
          BaseStream.class, EACH,
          Flow.Publisher.class, EACH,
          CompletionStage.class, AWAIT,
          Future.class, AWAIT);

  private ResultCheck() {}

  /** Reports a result that the kind of method cannot have. */
  static boolean passes(HandlerKind kind, Method method, Type payload, EndpointContext endpoint) {
    Type result = endpoint.generics().resolve(method.getGenericReturnType());
    Rule rule = rule(kind, GenericTypes.raw(result), payload);
    if (!rule.passes) {
      String found = "it returns " + GenericTypes.name(result);
      endpoint.problems().add(endpoint.where(method), found, rule.allowed, rule.remedy);
    }
    return rule.passes;
  }

  private static Rule rule(HandlerKind kind, Class<?> result, Type payload) {
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
    return REFUSED.entrySet().stream()
        .filter(refused -> refused.getKey().isAssignableFrom(result))
        .findFirst()
        .map(refused -> new Rule(false, RESULTS, refused.getValue()))
        .orElse(new Rule(true, RESULTS, ""));
  }

  /** Whether a result is allowed, and what to say if it is not. */
  private record Rule(boolean passes, String allowed, String remedy) {}
}
