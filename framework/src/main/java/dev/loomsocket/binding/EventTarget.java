package dev.loomsocket.binding;

import dev.loomsocket.websocket.BadMessageException;
import org.jspecify.annotations.Nullable;

/** Where one kind of event of a connection goes to: in the end a handler method, or nowhere. */
@FunctionalInterface
interface EventTarget {
  /** For events that nobody has to handle. */
  EventTarget NOTHING = (arguments, payload) -> null;

  /**
   * Hands an event over.
   *
   * @param payload the message, exception or close status; null for events without one
   * @return what is to be sent to the client, if anything
   */
  @Nullable Object receive(Arguments arguments, @Nullable Object payload) throws Throwable;

  /** True if it reads text messages as JSON. */
  default boolean decodesJson() {
    return false;
  }

  /** For messages that no method takes. */
  static EventTarget refusing(String why) {
    return (arguments, payload) -> {
      throw new BadMessageException("unsupported", why);
    };
  }
}
