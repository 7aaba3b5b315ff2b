package dev.loomsocket.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** The files of templates, as a class loader finds them. */
final class TemplateFiles {
  static final String SUFFIX = ".mustache";
  private static final String FOLDER = "templates/";

  private final ClassLoader loader;

  TemplateFiles(ClassLoader loader) {
    this.loader = loader;
  }

  /** The text of a file, such as {@code chat.mustache}; null if it is not there. */
  @Nullable Reader open(String file) {
    InputStream in = loader.getResourceAsStream(FOLDER + file);
    return in == null ? null : new InputStreamReader(in, StandardCharsets.UTF_8);
  }

  /**
   * The names of the application's templates, which are in the first place that the class loader
   * knows: those behind it are of libraries. None where the place does not tell.
   */
  List<String> names() {
    URL place = loader.getResource(FOLDER);
    try {
      URLConnection connection = place == null ? null : place.openConnection();
      if (connection instanceof JarURLConnection jar) {
        return inJar(jar);
      }
      boolean isDirectory = place != null && place.getProtocol().equals("file");
      return isDirectory ? inDirectory(Path.of(URI.create(place.toString()))) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("the templates of " + place + " cannot be read", e);
    }
  }

  private static List<String> inDirectory(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      return names(files.map(file -> directory.relativize(file).toString().replace('\\', '/')));
    }
  }

  private static List<String> inJar(JarURLConnection connection) throws IOException {
    connection.setUseCaches(false); // what the class loader has open stays open
    try (JarFile jar = connection.getJarFile()) {
      return names(
          Collections.list(jar.entries()).stream()
              .map(ZipEntry::getName)
              .filter(name -> name.startsWith(FOLDER))
              .map(name -> name.substring(FOLDER.length())));
    }
  }

  private static List<String> names(Stream<String> files) {
    return files
        .filter(file -> file.endsWith(SUFFIX))
        .map(file -> file.substring(0, file.length() - SUFFIX.length()))
        .sorted()
        .toList();
  }
}
