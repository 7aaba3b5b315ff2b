package dev.loomsocket.binding;

import java.lang.reflect.Method;
import java.lang.reflect.Type;

/**
 * A handler method whose signature is right, ready to be called.
 *
 * @param payload the type of its message, exception or close status as it is in the endpoint's
 *     class; void without one
 */
record BoundMethod(HandlerKind kind, Method method, Type payload, Handler handler) {
  Class<?> rawPayload() {
    return GenericTypes.raw(payload);
  }

  /** The method's name and parameters, for people. */
  String signature() {
    return Problems.signature(method);
  }
}
