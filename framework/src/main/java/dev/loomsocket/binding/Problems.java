package dev.loomsocket.binding;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The mistakes found so far, and the words in which all of them name classes, methods and
 * parameters.
 */
final class Problems {
  private final List<Problem> found = new ArrayList<>();

  void add(String where, String found, String allowed, String remedy) {
    this.found.add(new Problem(where, found, allowed, remedy));
  }

  /** A class, method or constructor in a package that its module does not open. */
  void addNotOpen(String where, Class<?> type) {
    String packageName = type.getPackageName();
    add(
        where,
        "Loomsocket cannot call it: the module "
            + type.getModule().getName()
            + " does not open the package "
            + packageName,
        "endpoints in packages that are open at run time",
        "add \"opens " + packageName + ";\" to module-info.java");
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<Problem> all() {
    return List.copyOf(found);
  }

  static String where(Class<?> endpoint, Method method) {
    String where = endpoint.getName() + "." + signature(method);
    Class<?> declaring = method.getDeclaringClass();
    return declaring == endpoint ? where : where + " (inherited from " + declaring.getName() + ")";
  }

  static String where(Constructor<?> constructor) {
    return constructor.getDeclaringClass().getName() + list(constructor.getParameterTypes());
  }

  static String signature(Method method) {
    return method.getName() + list(method.getParameterTypes());
  }

  private static String list(Class<?>[] types) {
    return Arrays.stream(types)
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /**
   * {@code the parameter "room" (String)}, or its place where the class file does not keep names.
   */
  static String parameter(Parameter parameter, int index, Type type) {
    String name =
        parameter.isNamePresent() ? "\"" + parameter.getName() + "\"" : "no. " + (index + 1);
    return "the parameter " + name + " (" + GenericTypes.name(type) + ")";
  }
}
