package dev.loomsocket;

import static dev.loomsocket.RawClient.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.Response;
import dev.loomsocket.http.StaticFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the browser's script is served; what it does is tested in a browser, with the sample app. */
class BrowserClientTest {
  private static final int MOST_BYTES = 4 * 1024; // gzipped

  private static HttpAnswer get(App app, String path) {
    try (RunningApp running = app.port(0).start();
        RawClient client = RawClient.connect(running.port())) {
      return client.get(path);
    }
  }

  @Test
  void everyAppServesTheScriptAndItsTypes() {
    HttpAnswer script = get(Loomsocket.app().withoutPublicFiles(), "/loomsocket.js");
    assertEquals(200, script.status());
    assertEquals("text/javascript; charset=utf-8", script.header("Content-Type"));
    assertTrue(script.text().contains("export function connect("), script.text());
    HttpAnswer types = get(Loomsocket.app(), "/loomsocket.d.ts");
    assertEquals("text/plain; charset=utf-8", types.header("Content-Type"));
    assertTrue(types.text().contains("export function connect<"), types.text());
  }

  @Test
  void aBrowserThatHasItIsToldSo() {
    try (RunningApp app = Loomsocket.app().port(0).start();
        RawClient client = RawClient.connect(app.port())) {
      String etag = client.get("/loomsocket.js").header("ETag");
      client.send(
          request("GET /loomsocket.js HTTP/1.1", "Host: localhost", "If-None-Match: " + etag));
      assertEquals(304, client.answer().status());
    }
  }

  @Test
  void nothingElseOfTheFrameworkCanBeFetched() {
    assertEquals(404, get(Loomsocket.app(), "/MANIFEST.MF").status());
    assertEquals(404, get(Loomsocket.app(), "/../MANIFEST.MF").status());
  }

  @Test
  void aRouteOfTheAppTakesItsPlace() {
    App app = Loomsocket.app().get("/loomsocket.js", request -> Response.text("mine"));
    assertEquals("mine", get(app, "/loomsocket.js").text());
  }

  @Test
  void aFileOfTheAppTakesItsPlace(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("loomsocket.js"), "mine");
    App app = Loomsocket.app().files(StaticFiles.fromDirectory(directory));
    assertEquals("mine", get(app, "/loomsocket.js").text());
  }

  @Test
  void itIsSmall() throws IOException {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(small)) {
      gzip.write(get(Loomsocket.app(), "/loomsocket.js").body());
    }
    assertTrue(small.size() <= MOST_BYTES, small.size() + " bytes");
  }

  @Test
  void everyOptionOfTheScriptIsAmongTheTypes() {
    String script = get(Loomsocket.app(), "/loomsocket.js").text();
    String defaults = script.substring(script.indexOf("const DEFAULTS"), script.indexOf("};"));
    List<String> options =
        Pattern.compile("^ {2}(\\w+):", Pattern.MULTILINE)
            .matcher(defaults)
            .results()
            .map(MatchResult::group)
            .map(String::strip)
            .toList();
    String types = get(Loomsocket.app(), "/loomsocket.d.ts").text();
    assertEquals(8, options.size(), options::toString);
    for (String option : options) {
      assertTrue(types.contains(option.replace(":", "?:")), option);
    }
  }
}
