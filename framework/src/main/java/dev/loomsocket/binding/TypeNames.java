package dev.loomsocket.binding;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The names under which classes come in as messages, and so go out. Filled while an endpoint is
 * bound, immutable then.
 */
public final class TypeNames {
  private final Set<Named> names = new LinkedHashSet<>();

  TypeNames() {}

  private record Named(Class<?> type, String name) {}

  void add(Class<?> type, String name) {
    names.add(new Named(type, name));
  }

  /**
   * The one name of each class in all these endpoints. A class that comes under several has none:
   * nothing says which of them is meant when it goes out.
   */
  public static Map<Class<?>, String> of(Collection<Endpoint> endpoints) {
    Map<Class<?>, String> names = new HashMap<>();
    Set<Class<?>> ambiguous = new HashSet<>();
    for (Endpoint endpoint : endpoints) {
      for (Named each : endpoint.typeNames().names) {
        String other = names.putIfAbsent(each.type, each.name);
        if (other != null && !other.equals(each.name)) {
          ambiguous.add(each.type);
        }
      }
    }
    names.keySet().removeAll(ambiguous);
    return names;
  }
}
