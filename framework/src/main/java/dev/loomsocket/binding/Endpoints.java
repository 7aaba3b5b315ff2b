package dev.loomsocket.binding;

import dev.loomsocket.websocket.WebSocketEndpoint;
import io.github.classgraph.ClassGraph;
import io.github.classgraph.ClassInfo;
import io.github.classgraph.MethodInfo;
import io.github.classgraph.ScanResult;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Finds the endpoint classes of packages: the only user of ClassGraph. */
public final class Endpoints {
  private Endpoints() {}

  /**
   * The classes with {@code @WebSocketEndpoint} in these packages and those below them, sorted by
   * name. Classes that only have handler methods are among them, so that {@link Binder} can say
   * what they lack. Nothing is initialised.
   */
  public static List<Class<?>> find(Collection<String> packages, ClassLoader loader) {
    if (packages.isEmpty()) {
      return List.of(); // to ClassGraph, no package would mean all of them
    }
    ClassGraph graph =
        new ClassGraph()
            .addClassLoader(loader)
            .enableClassInfo()
            .enableMethodInfo()
            .enableAnnotationInfo()
            .ignoreClassVisibility()
            .ignoreMethodVisibility();
    for (String name : packages) {
      if (name.isEmpty()) {
        graph.acceptPackagesNonRecursive(name);
      } else {
        graph.acceptPackages(name);
      }
    }
    try (ScanResult found = graph.scan()) {
      Stream<ClassInfo> annotated =
          found.getClassesWithAnnotation(WebSocketEndpoint.class.getName()).stream();
      Stream<ClassInfo> unannotated =
          found.getAllStandardClasses().stream()
              .filter(type -> !type.isAbstract() && hasHandlers(type));
      return Stream.concat(annotated, unannotated)
          .map(ClassInfo::getName)
          .distinct()
          .sorted()
          .<Class<?>>map(name -> load(name, loader))
          .toList();
    }
  }

  private static boolean hasHandlers(ClassInfo type) {
    return type.getDeclaredMethodInfo().stream().anyMatch(Endpoints::isHandler);
  }

  private static boolean isHandler(MethodInfo method) {
    return Arrays.stream(HandlerKind.values())
        .anyMatch(kind -> method.hasAnnotation(kind.annotation().getName()));
  }

  private static Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the class " + name + " was found but cannot be loaded", e);
    }
  }
}
