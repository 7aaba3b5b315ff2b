package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.browser.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of 64 MiB, or of as many as {@code -Ddrop.mebibytes=1024} says. */
class DropPageIT extends SampleFixture {
  private static final int MEBIBYTES = Integer.getInteger("drop.mebibytes", 64);

  @TempDir Path directory;

  @Test
  void theSha256OfALargeFileComesBack() throws IOException, NoSuchAlgorithmException {
    Path file = directory.resolve("large.bin");
    String sha256 = fill(file);
    Page page = open("/drop.html");
    page.choose("#file", file);
    for (double part : new double[] {.1, .25, .5, .75, 1}) { // each wait has its own patience
      page.until("document.querySelector('#progress').value >= " + part);
    }
    page.untilShown("#sha256", sha256);
    assertEquals("large.bin", page.text("#name"));
    look(page, "drop");
  }

  @Test
  void anEmptyFileIsAFileToo() throws IOException {
    Page page = open("/drop.html");
    page.choose("#file", Files.createFile(directory.resolve("empty")));
    page.untilShown("#sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void oneAtATimeAndItCanBeCancelled() {
    Page page = open("/drop.html");
    page.click("#made");
    assertEquals(2, page.count("#made:disabled, #file:disabled"));
    page.until("document.querySelector('#progress').value > 0");
    assertEquals("cancel", page.eval("document.activeElement.id").asString());
    page.press("Enter");
    page.untilShown("#outcome", "Cancelled.");
    assertEquals(0, page.count("#made:disabled, #file:disabled"));
    assertEquals(1, page.count("#cancel:disabled"));
    assertEquals("…", page.text("#sha256"));
  }

  private static String fill(Path file) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] bytes = new byte[1024 * 1024];
    new Random(6).nextBytes(bytes);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < MEBIBYTES; i++) {
        bytes[i % bytes.length]++; // no two parts alike
        digest.update(bytes);
        out.write(bytes);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
