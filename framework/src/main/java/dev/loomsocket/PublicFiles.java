package dev.loomsocket;

import dev.loomsocket.http.StaticFiles;
import java.util.stream.Stream;

/** The files under {@code /public} on the class path, which are served without being asked for. */
final class PublicFiles {
  private PublicFiles() {}

  static StaticFiles files() {
    return StaticFiles.fromClassPath("/public");
  }

  /** Where the application's own files are. */
  static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null ? context : ClassLoader.getSystemClassLoader();
  }

  /** An archive may have no entries for directories: then only its page tells. */
  static boolean areThere() {
    ClassLoader loader = loader();
    return Stream.of("public", "public/", "public/index.html")
        .anyMatch(name -> loader.getResource(name) != null);
  }
}
