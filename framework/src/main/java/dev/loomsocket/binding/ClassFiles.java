package dev.loomsocket.binding;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The class files of a class's package and those below it: in directories and jars of its class
 * path, and in the modules of its layer.
 */
final class ClassFiles {
  private static final String SUFFIX = ".class";

  private final Class<?> member;
  private final String folder; // with a slash behind it
  private final Predicate<byte[]> wanted;
  private final Set<String> found = new LinkedHashSet<>();

  private ClassFiles(Class<?> member, Predicate<byte[]> wanted) {
    this.member = member;
    this.folder = member.getPackageName().replace('.', '/') + '/';
    this.wanted = wanted;
  }

  /**
   * The names of the classes whose files are wanted; of jars whose directories have no entries of
   * their own only the one that the member is in is searched.
   *
   * @param member a class of the package, which has a name
   * @param wanted decides by the bytes of a class file
   */
  static Set<String> find(Class<?> member, Predicate<byte[]> wanted) throws IOException {
    ClassFiles files = new ClassFiles(member, wanted);
    for (String place : files.places()) {
      files.searchPlace(URI.create(place).toURL());
    }
    files.searchModules();
    return files.found;
  }

  /** Where the class loader has the folder, and where it has the member. */
  private Set<String> places() throws IOException {
    Set<String> places = new LinkedHashSet<>();
    String file = member.getName().replace('.', '/') + SUFFIX;
    URL home = member.getClassLoader().getResource(file);
    if (home != null) {
      String place = home.toString();
      places.add(place.substring(0, place.length() - file.length() + folder.length()));
    }
    for (URL place : Collections.list(member.getClassLoader().getResources(folder))) {
      places.add(place.toString());
    }
    return places;
  }

  private void searchPlace(URL place) throws IOException {
    URLConnection connection = place.openConnection();
    if (connection instanceof JarURLConnection jar) {
      searchJar(jar.getJarFileURL());
    } else if (place.getProtocol().equals("file")) {
      searchDirectory(Path.of(URI.create(place.toString())));
    }
  }

  private void searchDirectory(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String entry = folder + directory.relativize(file).toString().replace('\\', '/');
        if (isClass(entry)) {
          look(entry, Files.readAllBytes(file));
        }
      }
    }
  }

  private void searchJar(URL place) throws IOException {
    URLConnection connection = URI.create("jar:" + place + "!/").toURL().openConnection();
    connection.setUseCaches(false); // what the class loader has open stays open
    try (JarFile jar = ((JarURLConnection) connection).getJarFile()) {
      for (var entry : Collections.list(jar.entries())) {
        if (isClass(entry.getName())) {
          try (InputStream in = jar.getInputStream(entry)) {
            look(entry.getName(), in.readAllBytes());
          }
        }
      }
    }
  }

  private void searchModules() throws IOException {
    ModuleLayer layer = member.getModule().getLayer(); // none on the class path
    if (layer != null) {
      for (ResolvedModule module : layer.configuration().modules()) {
        if (hasPackage(module.reference())) {
          searchModule(module.reference());
        }
      }
    }
  }

  private boolean hasPackage(ModuleReference module) {
    return module.descriptor().packages().stream()
        .anyMatch(name -> (name.replace('.', '/') + '/').startsWith(folder));
  }

  private void searchModule(ModuleReference module) throws IOException {
    try (ModuleReader reader = module.open()) {
      List<String> entries = reader.list().filter(this::isClass).toList();
      for (String entry : entries) {
        Optional<InputStream> content = reader.open(entry);
        if (content.isPresent()) {
          try (InputStream in = content.get()) {
            look(entry, in.readAllBytes());
          }
        }
      }
    }
  }

  private boolean isClass(String entry) {
    return entry.startsWith(folder) && entry.endsWith(SUFFIX) && !entry.endsWith("-info.class");
  }

  private void look(String entry, byte[] bytes) {
    if (wanted.test(bytes)) {
      found.add(entry.substring(0, entry.length() - SUFFIX.length()).replace('/', '.'));
    }
  }
}
