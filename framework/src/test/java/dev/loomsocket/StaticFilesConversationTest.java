package dev.loomsocket;

import static dev.loomsocket.RawClient.request;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.Response;
import dev.loomsocket.http.StaticFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as a client gets them. */
class StaticFilesConversationTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final int LARGE = 64; // MiB: far more than the socket's buffers hold

  private static final CRC32 CHECKSUM = new CRC32(); // of the large file

  private static RunningApp app;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("style.css"), "body { color: teal }");
    Files.createDirectory(directory.resolve("sub"));
    Files.writeString(directory.resolve("sub/index.html"), "<p>below");
    writeLarge(directory.resolve("large.bin"));
    app =
        Loomsocket.app()
            .files(StaticFiles.fromDirectory(directory).under("/files"))
            .files(StaticFiles.fromClassPath("/public"))
            .get("/download", request -> Response.file(directory.resolve("style.css")))
            .port(0)
            .start();
  }

  private static void writeLarge(Path file) throws IOException {
    Random random = new Random(64);
    byte[] chunk = new byte[MEBIBYTE];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < LARGE; i++) {
        random.nextBytes(chunk);
        CHECKSUM.update(chunk);
        out.write(chunk);
      }
    }
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  private static RawClient connect() {
    return RawClient.connect(app.port());
  }

  @Test
  void pagesOfTheClassPathAreServed() {
    try (RawClient client = connect()) {
      HttpAnswer page = client.get("/");
      assertEquals(200, page.status());
      assertEquals("text/html; charset=utf-8", page.header("Content-Type"));
      assertTrue(page.text().startsWith("<!doctype html>"), page.text());
      assertEquals(page.text(), client.get("/index.html").text());
    }
  }

  @Test
  void anAppWithoutFilesOfItsOwnServesThoseOfTheClassPath() {
    try (RunningApp plain = Loomsocket.app().port(0).start();
        RawClient client = RawClient.connect(plain.port())) {
      assertEquals(200, client.get("/").status());
    }
  }

  @Test
  void filesOfADirectoryAreServed() {
    try (RawClient client = connect()) {
      HttpAnswer file = client.get("/files/style.css");
      assertEquals("text/css; charset=utf-8", file.header("Content-Type"));
      assertEquals("body { color: teal }", file.text());
      assertEquals("<p>below", client.get("/files/sub/").text());
      assertEquals(302, client.get("/files/sub").status());
      assertEquals(404, client.get("/files/nothing").status());
      assertEquals("body { color: teal }", client.get("/download").text());
    }
  }

  @Test
  void whatTheClientHasAlreadyIs304WithoutABody() {
    try (RawClient client = connect()) {
      for (String path : new String[] {"/index.html", "/files/style.css"}) {
        HttpAnswer first = client.get(path);
        String line = "GET " + path + " HTTP/1.1";
        String known = "If-None-Match: " + first.header("ETag");
        HttpAnswer again = client.send(request(line, "Host: localhost", known)).answer();
        assertEquals(304, again.status());
        assertEquals("", again.header("Content-Length"));
        assertEquals(first.header("ETag"), again.header("ETag"));
        String since = "If-Modified-Since: " + first.header("Last-Modified");
        assertEquals(304, client.send(request(line, "Host: localhost", since)).answer().status());
        String other = "If-None-Match: \"other\"";
        assertEquals(200, client.send(request(line, "Host: localhost", other)).answer().status());
      }
    }
  }

  @Test
  void headTellsTheSizeOfAFileAndSendsNone() {
    try (RawClient client = connect()) {
      client.send(request("HEAD /files/large.bin HTTP/1.1", "Host: localhost"));
      String head = client.head();
      assertTrue(head.contains("\r\nContent-Length: " + LARGE * MEBIBYTE + "\r\n"), head);
      assertEquals(200, client.get("/files/style.css").status());
    }
  }

  @Test
  void filesAreNotWrittenTo() {
    try (RawClient client = connect()) {
      client.send(request("PUT /files/style.css HTTP/1.1", "Host: localhost"));
      HttpAnswer answer = client.answer();
      assertEquals(405, answer.status());
      assertEquals("GET, HEAD, OPTIONS", answer.header("Allow"));
    }
  }

  @Test
  void thereIsNoWayOutOfTheRoot() {
    try (RawClient client = connect()) {
      for (String path :
          new String[] {
            "/files/../pom.xml",
            "/files/%2e%2e/pom.xml",
            "/files/..%2fpom.xml",
            "/files/..%5cpom.xml",
            "/files/sub/../../../../../../etc/passwd",
            "/files//etc/passwd",
            "/files/%00",
            "/../logging.properties",
            "/%2e%2e/logging.properties",
            "/dev/loomsocket/App.class"
          }) {
        assertEquals(404, client.get(path).status(), path);
      }
    }
  }

  @Test
  void aSlowReaderGetsALargeFileWholeAndHoldsNobodyUp() {
    try (RawClient slow = connect()) {
      slow.send(request("GET /files/large.bin HTTP/1.1", "Host: localhost"));
      assertTrue(slow.head().startsWith("HTTP/1.1 200 "));
      slow.read(1);
      for (int i = 0; i < 20; i++) { // the file is on its way, and its reader does not read
        try (RawClient other = connect()) {
          assertEquals(200, other.get("/files/style.css").status());
        }
      }
      CRC32 crc = new CRC32();
      byte[] first = new byte[MEBIBYTE];
      new Random(64).nextBytes(first);
      crc.update(first);
      assertArrayEquals(java.util.Arrays.copyOfRange(first, 1, MEBIBYTE), slow.read(MEBIBYTE - 1));
      for (int i = 1; i < LARGE; i++) {
        crc.update(slow.read(MEBIBYTE));
      }
      assertEquals(CHECKSUM.getValue(), crc.getValue());
      assertEquals(200, slow.get("/files/style.css").status());
    }
  }

  @Test
  void aReaderThatLeavesInTheMiddleOfAFileIsForgotten() {
    RawClient client = connect();
    client.send(request("GET /files/large.bin HTTP/1.1", "Host: localhost"));
    client.head();
    client.reset();
    Eventually.holds("no connection is left", () -> app.connections() == 0);
  }
}
