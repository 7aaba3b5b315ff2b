package dev.loomsocket.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.App;
import dev.loomsocket.http.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Chromium: it opens a page of the server, whose script fetches the messages, converses and posts
 * what became of it.
 */
final class ChromiumPeer implements Peer {
  private static final int PATIENCE = 60; // seconds
  private static final String PAGE =
      """
      <!doctype html>
      <meta charset="utf-8">
      <script src="/converse.js"></script>
      <script>
      const endpoint = new URL(location.hash.slice(1), location.href).href.replace('http', 'ws');
      fetch('/messages')
        .then(response => response.arrayBuffer())
        .then(file => converse(WebSocket, endpoint, file))
        .catch(String)
        .then(report => fetch('/report', {method: 'POST', body: report}));
      </script>
      """;

  private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();
  private final Optional<Path> browser =
      Optional.ofNullable(System.getenv("CHROMIUM"))
          .map(Path::of)
          .or(() -> Program.find("chromium", "chromium-browser", "google-chrome"));

  /** Adds the page and what it needs. */
  void serve(App app, List<Message> messages) {
    byte[] file = Message.file(messages);
    app.get("/page", request -> Response.html(PAGE))
        .get("/converse.js", request -> Response.file(Program.script("converse.js")))
        .get("/messages", request -> Response.bytes("application/octet-stream", file))
        .post(
            "/report",
            request -> {
              reports.add(request.text());
              return Response.status(204);
            });
  }

  @Override
  public String missing() {
    return browser.isPresent() ? "" : "no Chromium in PATH or CHROMIUM";
  }

  @Override
  public void converse(URI endpoint, List<Message> messages) throws Exception {
    Path profile = Files.createTempDirectory("chromium-");
    String page = "http://" + endpoint.getAuthority() + "/page#" + endpoint.getPath();
    Process process =
        new ProcessBuilder(
                browser.orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0", // or it takes no time for pages
                "--user-data-dir=" + profile,
                page)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertEquals(messages.size() + " echoed", reports.poll(PATIENCE, TimeUnit.SECONDS));
    } finally {
      end(process);
      delete(profile);
    }
  }

  private static void end(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(ended -> ended.onExit().join()); // or they would still write into the profile
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList().reversed()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
