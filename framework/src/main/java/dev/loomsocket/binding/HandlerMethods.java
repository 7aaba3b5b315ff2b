package dev.loomsocket.binding;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The annotated methods of a class and all its supertypes, overridden ones once.
 *
 * <p>An overriding method with annotations of its own replaces the one above it. Without, the
 * annotations above count, and the call reaches the overriding method.
 */
final class HandlerMethods {
  private final GenericTypes generics;
  private final List<Method> methods = new ArrayList<>();

  private HandlerMethods(GenericTypes generics) {
    this.generics = generics;
  }

  static List<Method> of(Class<?> type, GenericTypes generics) {
    HandlerMethods handlers = new HandlerMethods(generics);
    lineage(type).forEach(handlers::collect);
    return handlers.methods;
  }

  /** The class, its superclasses and then all their interfaces. */
  static Set<Class<?>> lineage(Class<?> type) {
    Set<Class<?>> lineage = new LinkedHashSet<>();
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      lineage.add(each);
    }
    List.copyOf(lineage).forEach(each -> addInterfaces(each, lineage));
    return lineage;
  }

  private static void addInterfaces(Class<?> type, Set<Class<?>> lineage) {
    for (Class<?> parent : type.getInterfaces()) {
      lineage.add(parent);
      addInterfaces(parent, lineage);
    }
  }

  /** The order of reflection is arbitrary, that of the report must not be. */
  private void collect(Class<?> type) {
    Arrays.stream(type.getDeclaredMethods())
        .filter(method -> !method.isSynthetic() && !HandlerKind.of(method).isEmpty())
        .filter(method -> methods.stream().noneMatch(lower -> overrides(lower, method)))
        .sorted(Comparator.comparing(Problems::signature))
        .toList()
        .forEach(methods::add);
  }

  private boolean overrides(Method lower, Method upper) {
    return lower.getDeclaringClass() != upper.getDeclaringClass()
        && lower.getName().equals(upper.getName())
        && isInheritable(upper, lower.getDeclaringClass())
        && generics.parameterClasses(lower).equals(generics.parameterClasses(upper));
  }

  private static boolean isInheritable(Method method, Class<?> by) {
    int modifiers = method.getModifiers();
    return Modifier.isPublic(modifiers)
        || Modifier.isProtected(modifiers)
        || !Modifier.isPrivate(modifiers)
            && method.getDeclaringClass().getPackage() == by.getPackage();
  }
}
