package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.http.HttpHandler;
import dev.loomsocket.http.Response;
import dev.loomsocket.http.StaticFiles;
import dev.loomsocket.scanned.nothing.Nobody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {
  private static final HttpHandler OK = request -> Response.text(request.method());

  private static StartupException refused(App app) {
    return assertThrows(StartupException.class, app::start);
  }

  private static App nothingFound() {
    return Loomsocket.app().scan(Nobody.class).port(0);
  }

  @Test
  void whoAsksForEndpointsAndServesNothingAtAllIsTold() {
    assertEquals(
        List.of(
            "There is nothing to serve: no endpoint in dev.loomsocket.scanned.nothing and below"
                + " (Loomsocket.run looks in the package of its caller, app.scan in that of its"
                + " class), no route, and no files under /public on the class path."),
        refused(nothingFound().withoutPublicFiles()).problems());
  }

  @Test
  void aRouteOrAFileIsSomethingToServe(@TempDir Path directory) {
    nothingFound().withoutPublicFiles().get("/", OK).start().close();
    nothingFound().withoutPublicFiles().files(StaticFiles.fromDirectory(directory)).start().close();
    nothingFound().start().close(); // there is /public among the resources of these tests
  }

  @Test
  void publicFilesAreServedBehindOthersUnlessTheyAreSwitchedOff(@TempDir Path directory)
      throws IOException {
    App both = Loomsocket.app().files(StaticFiles.fromDirectory(directory)).port(0);
    App own =
        Loomsocket.app().files(StaticFiles.fromDirectory(directory)).withoutPublicFiles().port(0);
    assertEquals(200, status(both));
    assertEquals(404, status(own));
    Files.writeString(directory.resolve("index.html"), "mine");
    assertEquals(200, status(own));
  }

  private static int status(App app) {
    try (RunningApp running = app.start();
        RawClient client = RawClient.connect(running.port())) {
      client.send(RawClient.request("GET / HTTP/1.1", "Host: localhost"));
      return client.answer().status();
    }
  }

  @Test
  void aDirectoryThatIsNotThereIsInTheReport(@TempDir Path directory) {
    Path none = directory.resolve("none");
    StaticFiles files = StaticFiles.fromDirectory(none);
    assertEquals(
        List.of("There is no directory " + none + ": create it, or name another one."),
        refused(Loomsocket.app().files(files).get("/x/{rest*}", files).port(0)).problems());
  }
}
