package dev.loomsocket.json;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The {@code "type"} by which a class goes over the wire where nobody has given it another: the
 * same for servers that take it and clients that send it.
 */
public final class TypeName {
  private TypeName() {}

  /** The simple name of the class with a small first letter. */
  public static String of(Class<?> type) {
    String name = type.getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /**
   * The classes that a message may be of where this one is taken: of a sealed type those that it
   * permits, down to the last and in their order, and itself unless it is abstract; of any other
   * only itself.
   */
  public static Set<Class<?>> leaves(Class<?> type) {
    Set<Class<?>> leaves = new LinkedHashSet<>();
    collect(type, leaves);
    return leaves;
  }

  private static void collect(Class<?> type, Collection<Class<?>> leaves) {
    boolean sealed = type.isSealed() && !type.isEnum();
    if (!sealed || !Modifier.isAbstract(type.getModifiers())) {
      leaves.add(type);
    }
    if (sealed) {
      Arrays.stream(type.getPermittedSubclasses()).forEach(each -> collect(each, leaves));
    }
  }
}
