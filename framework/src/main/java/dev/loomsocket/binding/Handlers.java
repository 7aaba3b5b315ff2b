package dev.loomsocket.binding;

import java.util.List;
import java.util.Optional;

/** Where the events of an endpoint's connections go to. Immutable, shared by all of them. */
record Handlers(
    Receiver handshake,
    Receiver open,
    Receiver text,
    Receiver binary,
    Receiver pong,
    Receiver close,
    List<ErrorHandler> errors) {

  /** A method for one type of exceptions and those below it. */
  record ErrorHandler(Class<?> type, Receiver method) {}

  /**
   * The method for the most specific type. The types of one exception form a line, so there is one
   * such method.
   */
  Optional<Receiver> forError(Throwable thrown) {
    return errors.stream()
        .filter(handler -> handler.type.isInstance(thrown))
        .reduce((a, b) -> a.type.isAssignableFrom(b.type) ? b : a)
        .map(ErrorHandler::method);
  }
}
