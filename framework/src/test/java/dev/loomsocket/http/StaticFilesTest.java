package dev.loomsocket.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {
  private static final Instant MODIFIED = Instant.parse("2024-02-29T12:00:00.5Z");

  @TempDir Path temp;
  private Path root;
  private StaticFiles files;

  @BeforeEach
  void publishSomeFiles() throws IOException {
    root = Files.createDirectories(temp.resolve("public"));
    write("index.html", "<h1>top</h1>");
    write("app.js", "let a;");
    write("größe 1.txt", "text");
    write("a%20b.txt", "not decoded twice");
    write("sub/index.html", "<h1>sub</h1>");
    write("sub/cat.PNG", "png");
    write("bare/data.bin", "bytes");
    write(".secret", "hidden");
    write(".git/config", "hidden");
    write("sub/.htaccess", "hidden");
    Files.writeString(temp.resolve("outside.txt"), "outside");
    Files.createDirectories(temp.resolve("public-too"));
    Files.writeString(temp.resolve("public-too/file.txt"), "outside");
    Files.createSymbolicLink(root.resolve("out.txt"), temp.resolve("outside.txt"));
    Files.createSymbolicLink(root.resolve("out"), temp);
    Files.createSymbolicLink(root.resolve("too"), temp.resolve("public-too"));
    Files.createSymbolicLink(root.resolve("told.txt"), root.resolve(".secret"));
    Files.createSymbolicLink(root.resolve("git"), root.resolve(".git"));
    Files.createSymbolicLink(root.resolve("inside.js"), root.resolve("app.js"));
    files = StaticFiles.fromDirectory(root);
  }

  private void write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8, <h1>top</h1>",
    "/index.html, text/html; charset=utf-8, <h1>top</h1>",
    "/app.js, text/javascript; charset=utf-8, let a;",
    "/%61pp.js, text/javascript; charset=utf-8, let a;",
    "/inside.js, text/javascript; charset=utf-8, let a;",
    "/gr%C3%B6%C3%9Fe%201.txt, text/plain; charset=utf-8, text",
    "/a%2520b.txt, text/plain; charset=utf-8, not decoded twice",
    "/sub/, text/html; charset=utf-8, <h1>sub</h1>",
    "/sub/cat.PNG, image/png, png",
    "/bare/data.bin, application/octet-stream, bytes",
  })
  void servesFilesWithTheirContentTypes(String path, String contentType, String content)
      throws IOException {
    Response response = files.handle(AskedFor.path(path));
    assertEquals(200, response.status());
    assertEquals(List.of(contentType), response.headers().get("Content-Type"));
    var body = assertInstanceOf(Response.Body.FileRange.class, response.entity());
    assertEquals(content, Files.readString(body.path()));
    assertEquals(Files.size(body.path()), body.size());
  }

  /** Paths with white space between them. */
  private static final String NOT_FOUND =
      // not there, directories
      """
      /nothing /app.js/ /app.js/x /bare/ /bare /sub/nothing/ * app.js
      """
          // up
          + """
          /.. /../ /../outside.txt /sub/../../outside.txt /sub/../app.js /./app.js /. /sub/. /.../app.js
          /../public-too/file.txt /..;/outside.txt /..%00/outside.txt
          """
          // up, escaped
          + """
          /%2e%2e/outside.txt /%2E%2E/outside.txt /.%2e/outside.txt /%2e./outside.txt /%2e%2e%2foutside.txt
          /..%2foutside.txt /..%2Foutside.txt /sub%2f..%2f..%2foutside.txt /%252e%252e/outside.txt
          /..%252foutside.txt /%c0%ae%c0%ae/outside.txt /..%c0%afoutside.txt /%uff0e%uff0e/outside.txt
          /%e2%80%a5/outside.txt
          """
          // other separators
          + """
          /sub%2fcat.PNG /sub%2Findex.html /..\\outside.txt /..%5coutside.txt /..%5Coutside.txt
          /sub\\cat.PNG /sub%5ccat.PNG /%5c%5chost%5cshare /%5coutside.txt /C:/outside.txt /C%3a%5cx
          """
          // absolute and empty names
          + """
          //app.js //etc/passwd /sub//cat.PNG /%2fetc%2fpasswd /sub// //
          """
          // NUL and other controls, streams
          + """
          /app.js%00 /app.js%00.png /%00 /app.js%0a /app.js%0d%0a /app.js%7f /app.js%C2%80 /app.js::$DATA
          """
          // broken escapes
          + """
          /app.js% /app.js%2 /%zz /%ff /app.js%ed%a0%80
          """
          // dot files
          + """
          /.secret /%2esecret /.git/config /%2egit/config /sub/.htaccess /.git/ /.git
          """
          // symbolic links that lead out, or to dot files
          + """
          /told.txt /git/config
          /out.txt /out/outside.txt /out/ /out/public/app.js/../x /too/file.txt
          """;

  static String[] notFound() {
    return NOT_FOUND.strip().split("\\s+");
  }

  @ParameterizedTest
  @MethodSource("notFound")
  void nothingElseIsFound(String path) {
    assertEquals(Optional.empty(), files.find(AskedFor.path(path)));
    HttpException thrown =
        assertThrows(HttpException.class, () -> files.handle(AskedFor.path(path)));
    assertEquals(404, thrown.status());
  }

  @Test
  void aDirectoryWithAnIndexIsLedToItsSlash() {
    Response response = files.handle(new AskedFor("GET", "/sub", Optional.of("a=b"), Map.of()));
    assertEquals(302, response.status());
    assertEquals(List.of("./sub/?a=b"), response.headers().get("Location"));
  }

  @Test
  void servesBelowAPrefix() {
    StaticFiles below = files.under("/assets/v1");
    assertEquals(200, below.handle(AskedFor.path("/assets/v1/app.js")).status());
    assertEquals(200, below.handle(AskedFor.path("/assets/v1/")).status());
    assertEquals(
        List.of("./v1/"), below.handle(AskedFor.path("/assets/v1")).headers().get("Location"));
    for (String path :
        List.of("/app.js", "/assets/app.js", "/assets/v12/app.js", "/assets/v1app.js", "/")) {
      assertEquals(Optional.empty(), below.find(AskedFor.path(path)), path);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "assets", "/assets/", "//assets", "/a b", "/a%20b"})
  void refusesPrefixesThatAreNoPaths(String prefix) {
    assertThrows(IllegalArgumentException.class, () -> files.under(prefix));
  }

  @Test
  void anAnswerHasItsValidators() {
    Response response = files.handle(AskedFor.path("/app.js"));
    assertEquals(List.of("Thu, 29 Feb 2024 12:00:00 GMT"), response.headers().get("last-modified"));
    assertEquals(List.of("no-cache"), response.headers().get("cache-control"));
    assertTrue(response.headers().get("etag").getFirst().matches("\"[0-9a-f]+-6\""));
  }

  @Test
  void theTagChangesWithTheFile() throws IOException {
    String before = etag("/app.js");
    Files.setLastModifiedTime(root.resolve("app.js"), FileTime.from(MODIFIED.plusMillis(1)));
    String later = etag("/app.js");
    assertNotEquals(before, later);
    write("app.js", "let ab;");
    assertNotEquals(before, etag("/app.js"));
  }

  private String etag(String path) {
    return files.handle(AskedFor.path(path)).headers().get("ETag").getFirst();
  }

  @Test
  void whatTheClientHasIsNotSentAgain() {
    String tag = etag("/app.js");
    assertEquals(304, statusIf("If-None-Match", tag));
    assertEquals(304, statusIf("If-None-Match", "W/" + tag));
    assertEquals(304, statusIf("If-None-Match", "\"x\", " + tag + " , \"y\""));
    assertEquals(304, statusIf("If-None-Match", "*"));
    assertEquals(200, statusIf("If-None-Match", "\"x\""));
    assertEquals(200, statusIf("If-None-Match", tag.replace("\"", "")));
    assertEquals(304, statusIf("If-Modified-Since", "Thu, 29 Feb 2024 12:00:00 GMT"));
    assertEquals(304, statusIf("If-Modified-Since", "Fri, 01 Mar 2024 12:00:00 GMT"));
    assertEquals(200, statusIf("If-Modified-Since", "Thu, 29 Feb 2024 11:59:59 GMT"));
    assertEquals(200, statusIf("If-Modified-Since", "yesterday"));
  }

  private int statusIf(String header, String value) {
    return files.handle(AskedFor.path("/app.js").with(header, value)).status();
  }

  @Test
  void theTagBeatsTheDate() {
    AskedFor request =
        new AskedFor(
            "GET",
            "/app.js",
            Optional.empty(),
            Map.of("If-None-Match", "\"x\"", "If-Modified-Since", "Fri, 01 Mar 2024 12:00:00 GMT"));
    assertEquals(200, files.handle(request).status());
  }

  @Test
  void notModifiedCarriesTheValidatorsAndNoBody() {
    Response response = files.handle(AskedFor.path("/app.js").with("If-None-Match", "*"));
    assertEquals(
        List.of("Cache-Control", "ETag", "Last-Modified", "Vary"),
        List.copyOf(response.headers().keySet()));
    assertEquals(new Response.Body.Empty(), response.entity());
  }

  @Test
  void aTimeInTheFutureIsNotTold() throws IOException {
    Files.setLastModifiedTime(
        root.resolve("app.js"), FileTime.from(Instant.now().plusSeconds(9_999)));
    String modified =
        files.handle(AskedFor.path("/app.js")).headers().get("Last-Modified").getFirst();
    assertTrue(HttpDate.parse(modified).orElseThrow().isBefore(Instant.now().plusSeconds(1)));
  }

  @Test
  void readsResourcesOutOfAnArchive() throws IOException {
    Path jar = temp.resolve("site.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (String name :
          List.of(
              "public/",
              "public/index.html",
              "public/sub/",
              "public/sub/index.html",
              "secret.txt")) {
        entries.putNextEntry(new JarEntry(name));
        entries.write(name.endsWith("/") ? new byte[0] : name.getBytes(UTF_8));
      }
    }
    Files.setLastModifiedTime(jar, FileTime.from(MODIFIED));
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      StaticFiles packed = StaticFiles.fromClassPath("/public", loader);
      for (int times = 0; times < 2; times++) {
        Response response = packed.handle(AskedFor.path("/"));
        Response.Body.Bytes body = assertInstanceOf(Response.Body.Bytes.class, response.entity());
        assertArrayEquals("public/index.html".getBytes(UTF_8), body.bytes());
        assertTrue(body.shared(), "it is kept, and costs no response anything");
        assertEquals(
            List.of("Thu, 29 Feb 2024 12:00:00 GMT"), response.headers().get("Last-Modified"));
        String tag = response.headers().get("ETag").getFirst();
        assertTrue(tag.matches("\"[0-9a-f]{32}\""));
        assertEquals(304, packed.handle(AskedFor.path("/").with("If-None-Match", tag)).status());
      }
      assertEquals(302, packed.handle(AskedFor.path("/sub")).status());
      assertEquals(200, packed.handle(AskedFor.path("/sub/")).status());
      for (String path :
          List.of("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/none", "/none/")) {
        assertEquals(Optional.empty(), packed.find(AskedFor.path(path)), path);
      }
    }
  }

  @Test
  void readsUnpackedResourcesAsTheyAreNow() throws IOException {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {temp.toUri().toURL()}, null)) {
      StaticFiles unpacked = StaticFiles.fromClassPath("public/", loader);
      assertEquals(200, unpacked.handle(AskedFor.path("/sub/cat.PNG")).status());
      assertEquals(302, unpacked.handle(AskedFor.path("/sub")).status());
      for (String path :
          List.of("/bare", "/bare/", "/out.txt", "/too/file.txt", "/.secret", "/../outside.txt")) {
        assertEquals(Optional.empty(), unpacked.find(AskedFor.path(path)), path);
      }
      write("new.css", "p {}");
      assertEquals(200, unpacked.handle(AskedFor.path("/new.css")).status());
    }
  }

  @Test
  void refusesToPublishTheWholeClassPath() {
    assertThrows(IllegalArgumentException.class, () -> StaticFiles.fromClassPath("/"));
  }

  @Test
  void aDirectoryThatIsNotThereIsMissingUntilItIsMade() throws IOException {
    assertEquals(Optional.empty(), files.missing());
    assertEquals(Optional.empty(), StaticFiles.fromClassPath("/none").missing());
    Path file = root.resolve("app.js");
    assertEquals(
        Optional.of("There is no directory " + file + ": create it, or name another one."),
        StaticFiles.fromDirectory(file).missing());
    StaticFiles later = StaticFiles.fromDirectory(temp.resolve("later"));
    assertTrue(later.missing().isPresent());
    assertEquals(Optional.empty(), later.find(AskedFor.path("/a.txt")));
    Files.createDirectory(temp.resolve("later"));
    Files.writeString(temp.resolve("later/a.txt"), "a");
    assertEquals(Optional.empty(), later.missing());
    assertEquals(200, later.handle(AskedFor.path("/a.txt")).status());
  }
}
