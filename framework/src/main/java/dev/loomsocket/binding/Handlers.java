package dev.loomsocket.binding;

import java.util.List;
import java.util.Optional;

/**
 * Where the events of an endpoint's connections go to. Immutable, shared by all of them.
 *
 * @param text takes a text message as a String
 * @param binary takes a binary message as an array
 * @param streams take the same messages while they arrive, if the endpoint's methods do
 * @param users whom the methods can do with
 * @param takesHandshakeLater whether a method that is called after {@code @OnOpen} takes it
 */
record Handlers(
    EventTarget handshake,
    EventTarget open,
    EventTarget text,
    EventTarget binary,
    Streams streams,
    EventTarget pong,
    EventTarget close,
    List<ErrorHandler> errors,
    UserTypes users,
    boolean takesHandshakeLater) {

  /** The methods that take a Reader and an InputStream. */
  record Streams(Optional<EventTarget> text, Optional<EventTarget> binary) {}

  /** A method for one type of exceptions and those below it. */
  record ErrorHandler(Class<?> type, EventTarget method) {}

  /**
   * The method for the most specific type. The types of one exception form a line, so there is one
   * such method.
   */
  Optional<EventTarget> forError(Throwable thrown) {
    return errors.stream()
        .filter(handler -> handler.type.isInstance(thrown))
        .reduce((a, b) -> a.type.isAssignableFrom(b.type) ? b : a)
        .map(ErrorHandler::method);
  }
}
