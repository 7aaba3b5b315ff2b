package dev.loomsocket.json;

import java.util.Map;
import java.util.Optional;
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

  /**
   * Writes a message as JSON in the same way; but an object of a class that has no type name says
   * what {@link TypeName} calls it, as nobody else tells its receiver what it is.
   *
   * @throws IllegalArgumentException if the value has no JSON form; the message says why
   */
  public byte[] named(Object value) {
    return Jackson.write(naming.naming(), value);
  }

  /**
   * Names, and Jackson's side of them, which is made at the first use. It does not matter if two
   * threads make it.
   */
  private static final class Naming {
    private final Map<Class<?>, String> names;
    private volatile @Nullable ObjectWriter writer; // of messages
    private volatile @Nullable ObjectWriter naming; // of those whose class always has a name

    Naming(Map<Class<?>, String> names) {
      this.names = names;
    }

    ObjectWriter writer() {
      ObjectWriter ready = writer;
      if (ready == null) {
        ready = names.isEmpty() ? Jackson.writer() : Jackson.writer(this::given);
        writer = ready;
      }
      return ready;
    }

    ObjectWriter naming() {
      ObjectWriter ready = naming;
      if (ready == null) {
        ready = Jackson.writer(type -> given(type).or(() -> ownName(type)));
        naming = ready;
      }
      return ready;
    }

    private Optional<String> given(Class<?> type) {
      return Optional.ofNullable(names.get(type));
    }

    private static Optional<String> ownName(Class<?> type) {
      return type.isAnonymousClass() ? Optional.empty() : Optional.of(TypeName.of(type));
    }
  }
}
