package dev.loomsocket.binding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Finds the endpoint classes of packages. */
public final class Endpoints {
  private static final Logger LOG = System.getLogger("dev.loomsocket.binding");

  /** What the file of every class has that may be one of those; few others have it. */
  private static final List<String> MARKS =
      List.of("Ldev/loomsocket/websocket/", "Ljakarta/websocket/", "Ljavax/websocket/");

  private Endpoints() {}

  /**
   * The classes with {@code @WebSocketEndpoint} in the packages of these classes and those below
   * them, sorted by name. Classes that only have handler methods, or the annotation of the Jakarta
   * WebSocket API, are among them, so that {@link Binder} can say what they lack. Only classes that
   * mention such an annotation are loaded, and none is initialised. One that needs a class which is
   * not there is left out, and the log says so.
   *
   * @param members each in a package that has a name
   * @throws UncheckedIOException if class files cannot be read
   */
  public static List<Class<?>> find(Collection<Class<?>> members) {
    return members.stream()
        .flatMap(Endpoints::candidates)
        .filter(Endpoints::isWanted)
        .distinct()
        .sorted((a, b) -> a.getName().compareTo(b.getName()))
        .toList();
  }

  private static Stream<Class<?>> candidates(Class<?> member) {
    try {
      return ClassFiles.find(member, Endpoints::isMarked).stream()
          .flatMap(name -> load(name, member.getClassLoader()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the classes of the package " + member.getPackageName() + " cannot be read", e);
    }
  }

  private static boolean isMarked(byte[] classFile) {
    String content = new String(classFile, ISO_8859_1);
    return MARKS.stream().anyMatch(content::contains);
  }

  private static Stream<Class<?>> load(String name, ClassLoader loader) {
    try {
      return Stream.of(Class.forName(name, false, loader));
    } catch (LinkageError e) { // an optional helper's superclass is absent, for example
      LOG.log(Level.WARNING, "the class " + name + " is no endpoint, as it cannot be loaded: " + e);
      return Stream.empty();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the class " + name + " was found but cannot be loaded", e);
    }
  }

  private static boolean isWanted(Class<?> type) {
    return type.isAnnotationPresent(WebSocketEndpoint.class)
        || ForeignAnnotations.isEndpoint(type)
        || !Modifier.isAbstract(type.getModifiers()) && hasHandlers(type);
  }

  private static boolean hasHandlers(Class<?> type) {
    try {
      return Arrays.stream(type.getDeclaredMethods())
          .anyMatch(method -> !HandlerKind.of(method).isEmpty());
    } catch (LinkageError e) {
      return false; // it needs what is not there, and nobody may need it
    }
  }
}
