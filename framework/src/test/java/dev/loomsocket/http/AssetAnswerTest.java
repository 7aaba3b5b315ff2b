package dev.loomsocket.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of conditions, ranges and codings. */
class AssetAnswerTest {
  private static final String LARGE = "0123456789".repeat(200);
  private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";
  private static final Instant MODIFIED = Instant.parse("1994-11-06T08:49:37Z");

  @TempDir Path directory;
  private StaticFiles files;

  @BeforeEach
  void put() throws IOException {
    put("digits.txt", "0123456789");
    put("large.css", LARGE);
    put("picture.png", LARGE);
    put("both.js", LARGE);
    put("both.js.br", "brotli");
    put("both.js.gz", "gzip");
    put("stale.js", LARGE);
    put("stale.js.br", "old");
    Files.setLastModifiedTime(
        directory.resolve("stale.js.br"), FileTime.from(MODIFIED.minusSeconds(5)));
    put("index.html", "<p>index");
    files = StaticFiles.fromDirectory(directory);
  }

  private void put(String name, String content) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
  }

  private static AskedFor get(String path, String... headers) {
    AskedFor request = AskedFor.path(path);
    for (String header : headers) {
      String[] parts = header.split(": ", 2);
      request = request.with(parts[0], parts[1]);
    }
    return request;
  }

  private Response answer(String path, String... headers) {
    return files.handle(get(path, headers));
  }

  private static String header(Response response, String name) {
    return String.join(", ", response.headers().getOrDefault(name, List.of()));
  }

  private static byte[] bytes(Response response) throws Exception {
    return switch (response.entity()) {
      case Response.Body.Bytes inMemory -> inMemory.bytes();
      case Response.Body.FileRange file -> {
        byte[] all = Files.readAllBytes(file.path());
        yield Arrays.copyOfRange(all, (int) file.from(), (int) (file.from() + file.size()));
      }
      case Response.Body.Stream stream -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        stream.writer().write(out);
        assertTrue(stream.length() < 0 || stream.length() == out.size());
        yield out.toByteArray();
      }
      default -> new byte[0];
    };
  }

  private static String text(Response response) throws Exception {
    return new String(bytes(response), UTF_8);
  }

  private static String unzipped(Response response) throws Exception {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes(response));
    return new String(new GZIPInputStream(in).readAllBytes(), UTF_8);
  }

  @Test
  void oneRangeIsAPart() throws Exception {
    Response part = answer("/digits.txt", "Range: bytes=2-4");
    assertEquals(206, part.status());
    assertEquals("234", text(part));
    assertEquals("bytes 2-4/10", header(part, "Content-Range"));
    assertEquals("text/plain; charset=utf-8", header(part, "Content-Type"));
    Response whole = answer("/digits.txt");
    assertEquals("bytes", header(whole, "Accept-Ranges"));
    assertEquals(header(whole, "ETag"), header(part, "ETag"));
  }

  @Test
  void severalRangesAreParts() throws Exception {
    Response parts = answer("/digits.txt", "Range: bytes=0-1,-2");
    assertEquals(206, parts.status());
    String type = header(parts, "Content-Type");
    assertTrue(type.startsWith("multipart/byteranges; boundary="), type);
    String boundary = type.substring(type.indexOf('=') + 1);
    String head = "\r\n--" + boundary + "\r\nContent-Type: text/plain; charset=utf-8\r\n";
    assertEquals(
        head
            + "Content-Range: bytes 0-1/10\r\n\r\n01"
            + head
            + "Content-Range: bytes 8-9/10\r\n\r\n89\r\n--"
            + boundary
            + "--\r\n",
        text(parts));
    assertEquals("", header(parts, "Content-Range"));
  }

  @Test
  void aRangeBehindTheEndIs416() {
    Response none = answer("/digits.txt", "Range: bytes=10-");
    assertEquals(416, none.status());
    assertEquals("bytes */10", header(none, "Content-Range"));
  }

  @Test
  void rangesThatAreTooManyAreTheWhole() throws Exception {
    Response whole = answer("/digits.txt", "Range: bytes=0-,0-,0-");
    assertEquals(200, whole.status());
    assertEquals("0123456789", text(whole));
  }

  @Test
  void aRangeMayDependOnTheVersion() {
    String tag = header(answer("/digits.txt"), "ETag");
    String range = "Range: bytes=0-0";
    assertEquals(206, answer("/digits.txt", range, "If-Range: " + tag).status());
    assertEquals(200, answer("/digits.txt", range, "If-Range: W/" + tag).status());
    assertEquals(200, answer("/digits.txt", range, "If-Range: \"other\"").status());
    assertEquals(206, answer("/digits.txt", range, "If-Range: " + DATE).status());
    assertEquals(
        200, answer("/digits.txt", range, "If-Range: Sun, 06 Nov 1994 08:49:38 GMT").status());
    assertEquals(200, answer("/digits.txt", range, "If-Range: nonsense").status());
  }

  @Test
  void whoHasTheFileGetsNoPartOfIt() {
    String tag = header(answer("/digits.txt"), "ETag");
    String range = "Range: bytes=0-0";
    assertEquals(304, answer("/digits.txt", range, "If-None-Match: " + tag).status());
    assertEquals(412, answer("/digits.txt", range, "If-Match: \"other\"").status());
    assertEquals(412, answer("/digits.txt", "If-Match: W/" + tag).status());
    assertEquals(206, answer("/digits.txt", range, "If-Match: " + tag).status());
    assertEquals(206, answer("/digits.txt", range, "If-Match: *").status());
    String before = "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT";
    assertEquals(412, answer("/digits.txt", before).status());
    assertEquals(200, answer("/digits.txt", "If-Unmodified-Since: " + DATE).status());
  }

  @Test
  void textIsCompressedForWhoTakesIt() throws Exception {
    Response plain = answer("/large.css");
    Response small = answer("/large.css", "Accept-Encoding: gzip, deflate, br");
    assertFalse(((Response.Body.Bytes) small.entity()).shared(), "it is made for this response");
    assertEquals("gzip", header(small, "Content-Encoding"));
    assertEquals("text/css; charset=utf-8", header(small, "Content-Type"));
    assertEquals(LARGE, unzipped(small));
    assertTrue(bytes(small).length < 100);
    assertEquals("Accept-Encoding", header(small, "Vary"));
    assertEquals("Accept-Encoding", header(plain, "Vary"));
    assertEquals("", header(plain, "Content-Encoding"));
    assertNotEquals(header(plain, "ETag"), header(small, "ETag"));
    assertFalse(header(small, "ETag").startsWith("W/"));
    String known = "If-None-Match: " + header(small, "ETag");
    assertEquals(304, answer("/large.css", "Accept-Encoding: gzip", known).status());
    assertEquals(200, answer("/large.css", known).status());
  }

  @Test
  void largeTextIsCompressedWhileItIsSent() throws Exception {
    put("huge.txt", LARGE.repeat(600));
    Response small = answer("/huge.txt", "Accept-Encoding: gzip");
    assertTrue(small.entity() instanceof Response.Body.Stream);
    assertEquals(LARGE.repeat(600), unzipped(small));
  }

  @ParameterizedTest
  @CsvSource({"/digits.txt, true", "/picture.png, false"})
  void littleTextAndPicturesAreLeftAsTheyAre(String path, boolean varies) {
    Response plain = answer(path, "Accept-Encoding: gzip, br");
    assertEquals("", header(plain, "Content-Encoding"));
    assertEquals(varies, !header(plain, "Vary").isEmpty());
  }

  @Test
  void compressingIsWork() throws Exception {
    Files.write(directory.resolve("zeros.txt"), new byte[3 << 20]);
    Response small = answer("/zeros.txt", "Accept-Encoding: gzip");
    Counting out = new Counting();
    ((Response.Body.Stream) small.entity()).writer().write(out);
    assertTrue(out.size() < 10_000);
    assertEquals(8 * (3 << 20), out.worked);
  }

  private static final class Counting extends ByteArrayOutputStream implements Pace {
    private int worked;

    @Override
    public void worked(int bytes) {
      worked += bytes;
    }
  }

  @Test
  void whatWouldTakeTooLongIsNotCompressed() throws Exception {
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("vast.txt").toFile(), "rw")) {
      file.setLength((32 << 20) + 1); // a hole
    }
    Response plain = answer("/vast.txt", "Accept-Encoding: gzip");
    assertEquals("", header(plain, "Content-Encoding"));
    assertEquals("Accept-Encoding", header(plain, "Vary"));
  }

  @Test
  void whatIsCompressedAlreadyIsSentThatWay() throws Exception {
    Response brotli = answer("/both.js", "Accept-Encoding: gzip, br");
    assertEquals("brotli", text(brotli));
    assertEquals("br", header(brotli, "Content-Encoding"));
    assertEquals("text/javascript; charset=utf-8", header(brotli, "Content-Type"));
    assertEquals("gzip", text(answer("/both.js", "Accept-Encoding: gzip")));
    assertEquals("gzip", text(answer("/both.js", "Accept-Encoding: br;q=0.1, gzip")));
    assertEquals(LARGE, text(answer("/both.js")));
    assertEquals(LARGE, text(answer("/both.js", "Accept-Encoding: identity")));
    assertEquals(LARGE, text(answer("/both.js", "Accept-Encoding: *;q=0")));
  }

  @Test
  void aCompressedFileThatIsOlderIsNotSent() throws Exception {
    assertEquals(LARGE, text(answer("/stale.js", "Accept-Encoding: br")));
    assertEquals(LARGE, unzipped(answer("/stale.js", "Accept-Encoding: br, gzip")));
  }

  @Test
  void aPartIsOneOfThePlainFile() throws Exception {
    Response part = answer("/both.js", "Accept-Encoding: gzip, br", "Range: bytes=0-2");
    assertEquals(206, part.status());
    assertEquals("012", text(part));
    assertEquals("", header(part, "Content-Encoding"));
  }

  @Test
  void aPatternSaysHowLongFilesAreKept() throws IOException {
    Files.createDirectory(directory.resolve("assets"));
    put("assets/a.js", "x");
    files =
        files
            .cacheControl("assets/**", "public, max-age=31536000, immutable")
            .cacheControl("*.css", "max-age=60")
            .cacheControl("**", "no-store");
    assertEquals(
        "public, max-age=31536000, immutable", header(answer("/assets/a.js"), "Cache-Control"));
    assertEquals("max-age=60", header(answer("/large.css"), "Cache-Control"));
    assertEquals("no-store", header(answer("/"), "Cache-Control"));
  }

  @Test
  void aPatternWithASlashInFrontWouldMatchNothing() {
    assertThrows(
        IllegalArgumentException.class, () -> files.cacheControl("/assets/**", "no-store"));
  }

  @Test
  void aHandlersOwnFileIsAnsweredLikeThese() throws Exception {
    Path large = directory.resolve("large.css");
    AskedFor compressed = get("/report", "Accept-Encoding: gzip");
    assertEquals(LARGE, unzipped(Response.file(compressed, large)));
    Response part = Response.file(get("/report", "Range: bytes=5-9"), large);
    assertEquals(206, part.status());
    assertEquals("56789", text(part));
    String etag = header(part, "ETag");
    assertEquals(304, Response.file(get("/report", "If-None-Match: " + etag), large).status());
    Path missing = directory.resolve("missing");
    assertEquals(
        404, assertThrows(HttpException.class, () -> Response.file(compressed, missing)).status());
  }

  @Test
  void aSinglePageAnswersPathsThatOnlyItKnows() throws Exception {
    files = files.singlePage();
    assertEquals("<p>index", text(answer("/orders/17", "Accept: text/html,*/*")));
    assertEquals("<p>index", text(answer("/orders/", "Accept: text/html")));
    Response page = answer("/orders/17", "Accept: text/html");
    assertEquals("Accept, Accept-Encoding", header(page, "Vary"));
    assertEquals(Optional.empty(), files.find(get("/orders/17")));
    assertEquals(Optional.empty(), files.find(get("/missing.js", "Accept: text/html")));
    assertEquals(Optional.empty(), files.find(get("/../x", "Accept: text/html")));
    assertEquals("0123456789", text(answer("/digits.txt", "Accept: text/html")));
  }
}
