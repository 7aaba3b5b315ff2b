package dev.loomsocket.binding;

import static java.util.Objects.requireNonNull;

import dev.loomsocket.json.JsonDecoder;
import dev.loomsocket.json.JsonException;
import dev.loomsocket.websocket.BadMessageException;
import org.jspecify.annotations.Nullable;

/** Decodes every text message into the one type that the endpoint takes. */
record JsonTarget(JsonDecoder decoder, EventTarget method) implements EventTarget {
  @Override
  public boolean decodesJson() {
    return true;
  }

  @Override
  public @Nullable Object receive(Arguments arguments, @Nullable Object payload) throws Throwable {
    Object message;
    try {
      message = decoder.decode((String) requireNonNull(payload));
    } catch (JsonException e) {
      throw badJson(e);
    }
    return method.receive(arguments, message);
  }

  static BadMessageException badJson(JsonException e) {
    return new BadMessageException("bad-json", requireNonNull(e.getMessage()));
  }
}
