package dev.loomsocket.json;

/**
 * Says that a text is not the JSON that was expected, and where: the property, as the program names
 * it, and the place. It never repeats any of the text.
 *
 * <p>Its message may be shown to the peer. It has no stack trace: a peer must not buy stack walks.
 */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1;

  JsonException(String message) {
    super(message, null, false, false);
  }
}
