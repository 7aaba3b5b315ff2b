package dev.loomsocket.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where static files come from. The names it is asked for are plain: none is empty, has dots in
 * front or a slash inside.
 */
sealed interface AssetSource {

  /** The file below the root to which these names lead from there; empty also for a directory. */
  Optional<Asset> find(List<String> names);

  /**
   * Files of a directory, read anew for each request.
   *
   * @param root absolute; it may be a symbolic link, and lead elsewhere at the next request
   */
  record Directory(Path root) implements AssetSource {

    @Override
    public String toString() {
      return root.toString();
    }

    @Override
    public Optional<Asset> find(List<String> names) {
      try {
        Path top = root.toRealPath();
        Path file = top;
        for (String name : names) {
          file = file.resolve(name);
        }
        Path real = file.toRealPath();
        return isPublic(top, real) && isNamed(file) ? Asset.ofFile(real) : Optional.empty();
      } catch (IOException | InvalidPathException notThere) {
        return Optional.empty();
      }
    }
  }

  /** A symbolic link may lead out of the root, or to what is hidden there. */
  private static boolean isPublic(Path top, Path real) {
    if (!real.startsWith(top)) {
      return false;
    }
    for (Path name : top.relativize(real)) {
      if (name.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  /**
   * True if the file is called so, letter by letter. Some file systems find it by other names too,
   * which no filter's pattern matches.
   */
  private static boolean isNamed(Path file) throws IOException {
    return file.toRealPath(LinkOption.NOFOLLOW_LINKS).equals(file);
  }

  /**
   * Resources of the class path. Those in archives cannot change while the server runs: they are
   * kept once they were asked for.
   *
   * @param base the resources' common beginning, without slashes around it
   * @param packed the resources that were read from archives, by their full names
   */
  record ClassPath(ClassLoader loader, String base, Map<String, Asset> packed)
      implements AssetSource {

    ClassPath(ClassLoader loader, String base) {
      this(loader, base, new ConcurrentHashMap<>());
    }

    @Override
    public String toString() {
      return "/" + base + " on the class path";
    }

    @Override
    public Optional<Asset> find(List<String> names) {
      String resource = base + "/" + String.join("/", names);
      Asset known = packed.get(resource);
      if (known != null) {
        return Optional.of(known);
      }
      URL url = loader.getResource(resource);
      if (url == null) {
        return Optional.empty();
      }
      try {
        if (url.getProtocol().equals("file")) {
          return unpacked(Path.of(url.toURI()), names);
        }
        if (loader.getResource(resource + "/") != null) {
          return Optional.empty(); // a directory of an archive
        }
        Asset asset = read(url, resource);
        packed.put(resource, asset);
        return Optional.of(asset);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + resource + " of the class path", e);
      } catch (URISyntaxException notAName) {
        return Optional.empty();
      }
    }

    private static Optional<Asset> unpacked(Path file, List<String> names) {
      Path root = file;
      for (int i = 0; i < names.size(); i++) {
        root = requireNonNull(root.getParent());
      }
      return new Directory(root).find(names);
    }

    private static Asset read(URL url, String resource) throws IOException {
      URLConnection connection = url.openConnection();
      connection.setUseCaches(false); // so that closing the stream closes the archive
      try (InputStream in = connection.getInputStream()) {
        return Asset.ofBytes(resource, in.readAllBytes(), modified(connection));
      }
    }

    /**
     * The archive's time, because those inside of it are often all the same, to make builds
     * reproducible.
     */
    private static Instant modified(URLConnection connection) throws IOException {
      if (connection instanceof JarURLConnection jar
          && jar.getJarFileURL().getProtocol().equals("file")) {
        try {
          return Files.getLastModifiedTime(Path.of(jar.getJarFileURL().toURI())).toInstant();
        } catch (URISyntaxException oddName) {
          return Instant.now();
        }
      }
      return Instant.now();
    }
  }
}
