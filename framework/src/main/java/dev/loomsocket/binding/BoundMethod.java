package dev.loomsocket.binding;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
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

  /** True if it takes its messages while they arrive. */
  boolean isStreaming() {
    return rawPayload() == Reader.class || rawPayload() == InputStream.class;
  }

  /**
   * Where messages go to that are there as a whole; a method that streams gets a stream of each.
   */
  EventTarget whole() {
    if (rawPayload() == Reader.class) {
      return (arguments, text) ->
          handler.receive(arguments, new StringReader((String) requireNonNull(text)));
    }
    if (rawPayload() == InputStream.class) {
      return (arguments, bytes) ->
          handler.receive(arguments, new ByteArrayInputStream((byte[]) requireNonNull(bytes)));
    }
    return handler;
  }

  /** The method's name and parameters, for people. */
  String signature() {
    return Problems.signature(method);
  }
}
