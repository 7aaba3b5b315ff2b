package dev.loomsocket.http;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files that are served as they are, from a directory or the class path.
 *
 * <pre>{@code
 * StaticFiles.fromClassPath("/public");                        // /app.js is public/app.js
 * StaticFiles.fromDirectory(Path.of("pictures")).under("/p");  // /p/cat.png is pictures/cat.png
 * }</pre>
 *
 * <p>A path that ends with a slash means the {@code index.html} there; directories are never
 * listed. Answers have an ETag and Last-Modified, and are 304 if the client has the content
 * already. Parts of a file are sent to who asks for them, one or several (RFC 9110 §14). There is
 * no way out of the root, and no way to files or directories whose names start with a dot: all that
 * is simply not found. May be used by many threads.
 *
 * <p>Text is sent in a smaller form to clients that take it: the file {@code app.js.br} or {@code
 * app.js.gz} beside {@code app.js}, if it is there and not older, else compressed by gzip as it is
 * sent, from 1 KiB on.
 */
public final class StaticFiles implements HttpHandler {
  private static final String INDEX = "index.html";
  private static final int DEEPEST = 64; // names in a path; each costs a look at the disk

  /** Keep it, but ask each time: a new version shows at once. */
  private static final String ASK_EACH_TIME = "no-cache";

  private final AssetSource source;
  private final String prefix;
  private final List<CacheRule> cacheRules; // the first that matches holds
  private final boolean singlePage;

  private StaticFiles(
      AssetSource source, String prefix, List<CacheRule> cacheRules, boolean singlePage) {
    this.source = source;
    this.prefix = prefix;
    this.cacheRules = cacheRules;
    this.singlePage = singlePage;
  }

  private StaticFiles(AssetSource source, String prefix) {
    this(source, prefix, List.of(), false);
  }

  /** What Cache-Control says for files whose paths match. */
  private record CacheRule(PathMatcher pattern, String value) {}

  /**
   * Serves the resources below a root of the class path, such as {@code /public}, as the context
   * class loader of this thread finds them.
   *
   * @throws IllegalArgumentException if the root is all of the class path
   */
  public static StaticFiles fromClassPath(String root) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return fromClassPath(root, loader != null ? loader : ClassLoader.getSystemClassLoader());
  }

  /**
   * Serves the resources below a root of the class path, as this class loader finds them.
   *
   * @throws IllegalArgumentException if the root is all of the class path
   */
  public static StaticFiles fromClassPath(String root, ClassLoader loader) {
    String base = root.replaceAll("^/+|/+$", "");
    if (base.isEmpty()) {
      throw new IllegalArgumentException(
          "\"" + root + "\" would publish every class: name a directory, as in /public");
    }
    return new StaticFiles(new AssetSource.ClassPath(loader, base), "");
  }

  /**
   * Serves the files below a directory as they are at the time of each request. That there is such
   * a directory is checked when the application starts.
   */
  public static StaticFiles fromDirectory(Path root) {
    return new StaticFiles(new AssetSource.Directory(root.toAbsolutePath()), "");
  }

  /**
   * What a person has to mend before there is anything to serve: a directory that is not there now.
   * Nothing for the class path, where archives do not always tell.
   */
  public Optional<String> missing() {
    return source instanceof AssetSource.Directory directory && !Files.isDirectory(directory.root())
        ? Optional.of("There is no directory " + directory + ": create it, or name another one.")
        : Optional.empty();
  }

  /**
   * The same files, served below this path instead of at the top.
   *
   * @param prefix starts with a slash and does not end with one; letters, digits and {@code - . _
   *     ~} between the slashes
   */
  public StaticFiles under(String prefix) {
    if (!prefix.matches("(/[A-Za-z0-9._~-]+)+")) {
      throw new IllegalArgumentException(
          "\"" + prefix + "\" is no path to put files under: write it as in /assets");
    }
    return new StaticFiles(source, prefix, cacheRules, singlePage);
  }

  /**
   * The same files, some of them with another Cache-Control than {@code no-cache}, which lets
   * clients keep them and ask each time. Of several patterns that match, the one that was named
   * first holds.
   *
   * <pre>{@code
   * files.cacheControl("assets/**", "public, max-age=31536000, immutable")
   * }</pre>
   *
   * @param glob of the path below the root, without a slash in front, as {@link
   *     java.nio.file.FileSystem#getPathMatcher} reads it: {@code *} stays within a directory,
   *     {@code **} does not
   * @throws IllegalArgumentException if the glob is none, or starts with a slash
   */
  public StaticFiles cacheControl(String glob, String value) {
    if (glob.startsWith("/")) {
      throw new IllegalArgumentException(
          "\"" + glob + "\" would match nothing: write it without the slash in front");
    }
    PathMatcher pattern = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    List<CacheRule> rules = new ArrayList<>(cacheRules);
    rules.add(new CacheRule(pattern, FieldText.checkValue("Cache-Control", value)));
    return new StaticFiles(source, prefix, List.copyOf(rules), singlePage);
  }

  /**
   * The same files for an application that finds its way itself, in the browser: a path without a
   * file is answered with the {@code index.html} of the root, if the client takes HTML and the last
   * name of the path has no dot.
   */
  public StaticFiles singlePage() {
    return new StaticFiles(source, prefix, cacheRules, true);
  }

  /**
   * Answers GET and HEAD.
   *
   * @throws HttpException 404 if there is no such file
   */
  @Override
  public Response handle(Request request) {
    return find(request).orElseThrow(() -> new HttpException(404, "not found"));
  }

  /** The answer, if there is a file for the request's path; its method is not looked at. */
  public Optional<Response> find(Request request) {
    String path = request.rawPath();
    boolean below = path.startsWith(prefix + "/") || !path.isEmpty() && path.equals(prefix);
    if (!below) {
      return Optional.empty();
    }
    boolean directory = path.endsWith("/");
    Optional<List<String>> decoded = names(path.substring(prefix.length()));
    if (decoded.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = decoded.get();
    return find(request, names, directory).or(() -> page(request, names));
  }

  private Optional<Response> find(Request request, List<String> names, boolean directory) {
    if (!directory) {
      Optional<Asset> file = names.isEmpty() ? Optional.empty() : source.find(names);
      if (file.isPresent()) {
        return file.map(asset -> answer(request, names, asset));
      }
    }
    List<String> index = Stream.concat(names.stream(), Stream.of(INDEX)).toList();
    Optional<Asset> page = source.find(index);
    return directory
        ? page.map(asset -> answer(request, index, asset))
        : page.map(asset -> toDirectory(request));
  }

  /** The page of an application that knows what to do with this path. */
  private Optional<Response> page(Request request, List<String> names) {
    boolean wanted =
        singlePage
            && (names.isEmpty() || names.getLast().indexOf('.') < 0)
            && String.join(",", request.headers("Accept")).contains("text/html");
    List<String> index = List.of(INDEX);
    return wanted
        ? source
            .find(index)
            .map(asset -> answer(request, index, asset).header("Vary", "Accept, Accept-Encoding"))
        : Optional.empty();
  }

  private Response answer(Request request, List<String> names, Asset asset) {
    return new AssetAnswer(request, asset, cacheControl(names))
        .get(coding -> {
          List<String> smaller = new ArrayList<>(names);
          smaller.set(names.size() - 1, names.getLast() + coding.ending());
          return source.find(smaller);
        });
  }

  /** The answer with one file, if it is there. */
  static Optional<Response> answer(Request request, Path file) {
    return Asset.ofFile(file)
        .map(asset ->
            new AssetAnswer(request, asset, ASK_EACH_TIME).get(coding -> Optional.empty()));
  }

  private String cacheControl(List<String> names) {
    if (!cacheRules.isEmpty()) {
      Path path = Path.of("", names.toArray(String[]::new));
      for (CacheRule rule : cacheRules) {
        if (rule.pattern.matches(path)) {
          return rule.value;
        }
      }
    }
    return ASK_EACH_TIME;
  }

  /**
   * The links of an index are relative to its directory, so the slash at the end has to be there.
   */
  private static Response toDirectory(Request request) {
    String path = request.rawPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    // relative, and with a dot in front: whatever the path is, this cannot lead to another host
    return Response.redirect(
            "./" + last + "/" + request.query().map(query -> "?" + query).orElse(""))
        .withStatus(302);
  }

  /** The decoded names between the slashes; empty if one of them could mean more than a name. */
  private static Optional<List<String>> names(String rawPath) {
    List<String> names = new ArrayList<>();
    String[] segments = rawPath.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      if (i == segments.length - 1 && segments[i].isEmpty()) {
        break; // the slash at the end
      }
      Optional<String> name = PercentEncoding.decode(segments[i]).filter(StaticFiles::isPlain);
      if (name.isEmpty()) {
        return Optional.empty();
      }
      if (names.size() == DEEPEST) {
        return Optional.empty();
      }
      names.add(name.get());
    }
    return Optional.of(names);
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty()
        && !name.startsWith(".")
        && name.chars()
            .noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c));
  }

  /** The path under which the files are found, and where they are. */
  @Override
  public String toString() {
    return prefix + "/ from " + source;
  }
}
