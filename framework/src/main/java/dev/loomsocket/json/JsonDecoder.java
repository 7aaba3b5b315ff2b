package dev.loomsocket.json;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;

/** Reads JSON text into values of one type. Thread-safe; prepares itself at the first use. */
public final class JsonDecoder {
  private final Type type;

  /** Jackson's side; written by whichever thread comes first, and it does not matter if two do. */
  private volatile @Nullable ObjectReader reader;

  JsonDecoder(Type type) {
    this.type = type;
  }

  /**
   * The value that the text stands for.
   *
   * @throws JsonException if the text is not JSON, not of this type, or just {@code null}
   * @throws IllegalStateException if no JSON at all can become this type; the message says why
   */
  public Object decode(String text) {
    Object value = Jackson.read(reader(), text);
    if (value == null) {
      throw new JsonException("the JSON is null where a value is expected");
    }
    return value;
  }

  private ObjectReader reader() {
    ObjectReader ready = reader;
    if (ready == null) {
      ready = Jackson.reader(type);
      reader = ready;
    }
    return ready;
  }
}
