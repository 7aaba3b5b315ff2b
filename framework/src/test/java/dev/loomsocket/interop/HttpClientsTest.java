package dev.loomsocket.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.RunningApp;
import dev.loomsocket.Warnings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * HTTP clients that others wrote. One that is not installed is skipped, and that is said; it fails
 * instead where the environment has {@code LOOMSOCKET_REQUIRE_PEERS=true}.
 */
@Timeout(120)
class HttpClientsTest {
  @TempDir static Path directory;
  private static RunningApp app;

  @BeforeAll
  static void start() throws IOException {
    app = ClientsPages.on(directory).start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @Test
  void pythonsClientsAreUnderstood() throws Exception {
    try (Warnings warnings = Warnings.take()) {
      ClientsPages.visitWithPython(app.uri());
      assertEquals(1, warnings.messages().size()); // of what was cut off
    }
  }

  private static String curl(String path, String... options) throws Exception {
    Program.require(Program.succeeds("curl", "--version"), "curl");
    List<String> command =
        new ArrayList<>(List.of("curl", "--silent", "--show-error", "--max-time", "60"));
    command.addAll(List.of(options));
    command.add(app.uri() + path);
    return Program.run(command);
  }

  private static Path file(int blocks) throws IOException {
    byte[] content = new byte[blocks << 16];
    Arrays.fill(content, (byte) 7);
    return Files.write(directory.resolve("upload-" + blocks), content);
  }

  private static String hashOf(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  @Test
  void curlUploadsInChunksAndAsksBefore() throws Exception {
    Path file = file(300);
    String sent =
        curl("hash", "-X", "POST", "-T", file.toString(), "-H", "Transfer-Encoding: chunked");
    assertEquals(hashOf(file), sent);
    String asked =
        curl(
            "hash",
            "--data-binary",
            "@" + file,
            "-H",
            "Expect: 100-continue",
            "--expect100-timeout",
            "30");
    assertEquals(hashOf(file), asked);
  }

  @Test
  void curlIsToldNoBeforeItSends() throws Exception {
    String[] options = {
      "--data-binary",
      "@" + file(300),
      "-H",
      "Expect: 100-continue",
      "-w",
      " %{http_code} %{size_upload}"
    };
    assertEquals("no 403 0", curl("refuse", options));
  }

  @Test
  void curlDownloadsAStreamAndNoticesWhenItIsCut() throws Exception {
    Path target = directory.resolve("download");
    curl("blocks", "-o", target.toString());
    assertEquals(256L << 16, Files.size(target));
    curl("blocks", "--http1.0", "-o", target.toString());
    assertEquals(256L << 16, Files.size(target));
    try (Warnings warnings = Warnings.take()) {
      for (String version : new String[] {"--http1.0", "--http1.1"}) {
        AssertionError failed =
            assertThrows(AssertionError.class, () -> curl("cut", version, "-o", target.toString()));
        assertTrue(failed.getMessage().contains("curl failed"), failed::getMessage);
      }
      assertEquals(2, warnings.messages().size());
    }
  }

  @Test
  void curlSendsForms() throws Exception {
    Path file = file(3);
    assertEquals(
        "{\"file\":196608,\"name\":7}",
        curl("sizes", "-F", "name=größe", "-F", "file=@" + file + ";filename=\"a\\\"b.bin\""));
    assertEquals("{\"a\":[\"x y&z\"]}", curl("form", "--data-urlencode", "a=x y&z"));
    assertEquals(
        "{\"what\":\"tea\",\"count\":2}",
        curl("order", "--json", "{\"what\":\"tea\",\"count\":1}"));
  }

  @Test
  void curlGetsFilesInPartsAndCompressed() throws Exception {
    assertEquals("56789", curl("files/large.txt", "-r", "5-9"));
    String parts = curl("files/large.txt", "-r", "0-1,5-6");
    assertTrue(parts.contains("Content-Range: bytes 5-6/10000"), parts);
    assertEquals("0123456789".repeat(1000), curl("files/large.txt", "--compressed"));
    String[] size = {"-H", "Accept-Encoding: gzip", "-o", "/dev/null", "-w", "%{size_download}"};
    assertTrue(Integer.parseInt(curl("files/large.txt", size)) < 200);
    Path target = Files.write(directory.resolve("resumed"), "01234".getBytes(UTF_8));
    curl("files/large.txt", "-C", "-", "-o", target.toString());
    assertEquals("0123456789".repeat(1000), Files.readString(target));
  }
}
