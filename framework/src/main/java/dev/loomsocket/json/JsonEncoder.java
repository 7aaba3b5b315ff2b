package dev.loomsocket.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectWriter;

/**
 * Writes what an application sends as JSON: an object of a class that has a type name says it in
 * its property {@code "type"}, unless it has such a property of its own. Thread-safe.
 *
 * <p>The name is for whole messages. An object inside of another one goes without: where it stands
 * says what it is.
 */
public final class JsonEncoder {
  private volatile Naming naming = new Naming(Map.of());

  /** Nothing has a name yet. */
  public JsonEncoder() {}

  /** Values of exactly these classes carry these names from now on, and no others do. */
  public void names(Map<Class<?>, String> byClass) {
    naming = new Naming(Map.copyOf(byClass));
  }

  /**
   * Writes a message as JSON in UTF-8.
   *
   * @throws IllegalArgumentException if the value has no JSON form; the message says why
   */
  public byte[] bytes(Object value) {
    return Jackson.write(naming.writer(), value);
  }

  /** Names, and Jackson's side of them, which is made at the first use. */
  private static final class Naming {
    private final Map<Class<?>, String> names;
    private volatile @Nullable ObjectWriter writer; // it does not matter if two threads make it

    Naming(Map<Class<?>, String> names) {
      this.names = names;
    }

    ObjectWriter writer() {
      ObjectWriter ready = writer;
      if (ready == null) {
        ready = Jackson.writer(names);
        writer = ready;
      }
      return ready;
    }
  }
}
