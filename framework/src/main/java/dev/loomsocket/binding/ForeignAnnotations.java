package dev.loomsocket.binding;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds names of the Jakarta WebSocket API in endpoints, where an import went wrong: they would do
 * nothing there. They are known by their names only, so nothing depends on that API.
 */
final class ForeignAnnotations {
  private static final String OURS = "dev.loomsocket.websocket.";

  /** Where our name is not simply the same as theirs. */
  private static final Map<String, String> RENAMED = Map.of("ServerEndpoint", "WebSocketEndpoint");

  private ForeignAnnotations() {}

  /** Reports them in a class and its supertypes; the result are the methods that have some. */
  static List<Method> report(Class<?> endpoint, Problems problems) {
    List<Method> methods = new ArrayList<>();
    for (Class<?> type : HandlerMethods.lineage(endpoint)) {
      foreign(type).ifPresent(name -> add(problems, endpoint.getName(), "@", name));
      Arrays.stream(type.getDeclaredMethods())
          .filter(method -> !method.isSynthetic())
          .sorted(Comparator.comparing(Problems::signature))
          .filter(method -> report(endpoint, method, problems))
          .forEach(methods::add);
    }
    return methods;
  }

  private static boolean report(Class<?> endpoint, Method method, Problems problems) {
    String where = Problems.where(endpoint, method);
    Optional<String> annotation = foreign(method);
    annotation.ifPresent(name -> add(problems, where, "@", name));
    boolean found = annotation.isPresent();
    boolean isHandler = !HandlerKind.of(method).isEmpty();
    for (Parameter parameter : method.getParameters()) {
      Optional<String> onParameter = foreign(parameter);
      onParameter.ifPresent(name -> add(problems, where, "@", name));
      String type = parameter.getType().getName();
      boolean isForeignType = isHandler && isForeign(type);
      if (isForeignType) {
        add(problems, where, "", type);
      }
      found |= onParameter.isPresent() || isForeignType;
    }
    return found;
  }

  private static Optional<String> foreign(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotations())
        .map(Annotation::annotationType)
        .map(Class::getName)
        .filter(ForeignAnnotations::isForeign)
        .findFirst();
  }

  private static boolean isForeign(String name) {
    return name.startsWith("jakarta.websocket.") || name.startsWith("javax.websocket.");
  }

  private static void add(Problems problems, String where, String sign, String name) {
    String simple = name.substring(name.lastIndexOf('.') + 1);
    String ours = OURS + RENAMED.getOrDefault(simple, simple);
    boolean exists = exists(ours);
    problems.add(
        where,
        sign + name + ", which means nothing to Loomsocket",
        "the types of " + OURS.substring(0, OURS.length() - 1),
        exists ? "import " + ours + " instead" : "remove it");
  }

  private static boolean exists(String name) {
    try {
      Class.forName(name);
      return true;
    } catch (ClassNotFoundException none) {
      return false;
    }
  }
}
