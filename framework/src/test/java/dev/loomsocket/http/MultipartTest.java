package dev.loomsocket.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
  private static final String TYPE = "multipart/form-data; boundary=B";
  private static final String NAMED = "Content-Disposition: form-data; name=\"a\"";

  /** In the tables a bar stands for the end of a line. */
  private static byte[] wire(String text) {
    return text.replace("|", "\r\n").getBytes(UTF_8);
  }

  private static Multipart read(String text) throws IOException {
    return Multipart.read(new ByteArrayInputStream(wire(text)), TYPE, FormLimits.DEFAULT);
  }

  /** Hands out so many bytes at a time. */
  private static InputStream pieces(byte[] bytes, int size) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] to, int from, int length) {
        return super.read(to, from, Math.min(size, length));
      }
    };
  }

  private static String describe(Multipart form) {
    StringBuilder text = new StringBuilder();
    for (Part part : form.parts()) {
      String file =
          part.fileName().map(name -> " in " + name + ", " + part.contentType()).orElse("");
      text.append(part.name()).append(file).append(": ").append(part.text()).append('\n');
    }
    return text.toString();
  }

  @Test
  void aFormIsTheSameHoweverItIsCut() throws IOException {
    String form =
        "before|--B|"
            + NAMED
            + "||first|--B \t|content-type: image/png|content-disposition:"
            + " Form-Data; filename=\"größe \\\"1\\\".png\"; name=f||\r--\n|-B|--|--C|--B|"
            + NAMED
            + "|||--B--|and after";
    String expected = "a: first\nf in größe \"1\".png, image/png: \r--\n\r\n-B\r\n--\r\n--C\na: \n";
    byte[] wire = wire(form);
    for (int size = 1; size <= wire.length; size++) {
      try (Multipart read = Multipart.read(pieces(wire, size), TYPE, FormLimits.DEFAULT)) {
        assertEquals(expected, describe(read));
      }
    }
  }

  @Test
  void aFormMayHaveNoParts() throws IOException {
    assertEquals(List.of(), read("--B--|").parts());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "name=\"a\"; filename=\"b.txt\" ! a ! b.txt",
        "filename=b.txt; name=a ! a ! b.txt",
        "name=\"a\"; filename=\"\" ! a ! ''",
        "name=\"a\" ! a !",
        "name=\"a%22b%0D%0Ac%20\" ! 'a\"b\r\nc%20' !",
        "name=\"a;b=c\" ! a;b=c !",
        "name=\"a\"; filename=\"/etc/passwd\" ! a ! passwd",
        "name=\"a\"; filename=\"C:\\dir\\file.txt\" ! a ! file.txt",
        "name=\"a\"; filename=\"../../x\" ! a ! x",
        "name=\"\" ! '' !",
        "name=a; name=b; x ! a !",
        "name=\"a\"; filename*=UTF-8''x.txt ! a !",
      })
  void namesAreReadAsBrowsersWriteThem(String parameters, String name, String fileName)
      throws IOException {
    try (Multipart form =
        read("--B|Content-Disposition: form-data; " + parameters + "||x|--B--|")) {
      assertEquals(name, form.parts().getFirst().name());
      assertEquals(Optional.ofNullable(fileName), form.parts().getFirst().fileName());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--B",
        "--B|" + NAMED + "||x",
        "--B|" + NAMED + "||x|--B",
        "--B|" + NAMED + "||x|--B-",
        "--B|" + NAMED + "||x|--B-x",
        "--B|" + NAMED + "||x|--Bx|",
        "--Bx|" + NAMED + "||x|--B--|",
        "--B|" + NAMED + "|x|--B--|",
        "--B||x|--B--|",
        "--B|Content-Disposition: form-data||x|--B--|",
        "--B|Content-Disposition: attachment; name=\"a\"||x|--B--|",
        "--B|" + NAMED + "|" + NAMED + "||x|--B--|",
        "--B|" + NAMED + "|: x||x|--B--|",
        "--B|" + NAMED + "|x y: x||x|--B--|",
        "--B|" + NAMED + "\n\nx|--B--|",
        "--B|" + NAMED + "\rx||x|--B--|",
        "--B\n" + NAMED + "||x|--B--|",
        "--B|Content-Disposition: form-data; name=\"a||x|--B--|",
      })
  void whatIsNoFormIsRefused(String text) {
    assertEquals(400, assertThrows(HttpException.class, () -> read(text)).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"a \"",
        "multipart/form-data; boundary=\"a\u00e4\"",
        "multipart/form-data; boundary=aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaab",
      })
  void aBoundaryHasToBeOne(String type) {
    InputStream in = new ByteArrayInputStream(wire("--B--|"));
    assertEquals(
        400,
        assertThrows(HttpException.class, () -> Multipart.read(in, type, FormLimits.DEFAULT))
            .status());
  }

  @Test
  void whatIsTooMuchIsRefused() {
    FormLimits limits = new FormLimits(2, 60, 5, 1000);
    String part = "--B|" + NAMED + "||123|";
    assertRefused(413, part.repeat(3) + "--B--|", limits);
    assertRefused(413, part.repeat(2) + "--B--|", limits);
    assertRefused(413, "--B|" + NAMED + "||123456|--B--|", limits);
    assertRefused(431, "--B|" + NAMED + "; x=\"" + "y".repeat(30) + "\"||1|--B--|", limits);
    assertRefused(431, "--B|" + NAMED + "|" + "A: b|".repeat(10) + "|1|--B--|", limits);
  }

  private static void assertRefused(int status, String text, FormLimits limits) {
    InputStream in = new ByteArrayInputStream(wire(text));
    HttpException thrown =
        assertThrows(HttpException.class, () -> Multipart.read(in, TYPE, limits));
    assertEquals(status, thrown.status(), text);
  }

  private static byte[] upload(byte[] content) {
    byte[] head = wire("--B|" + NAMED + "; filename=x||");
    byte[] tail = wire("|--B--|");
    byte[] all = new byte[head.length + content.length + tail.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(content, 0, all, head.length, content.length);
    System.arraycopy(tail, 0, all, head.length + content.length, tail.length);
    return all;
  }

  @Test
  void aLargeFileIsOnTheDiskUntilTheFormIsClosed(@TempDir Path directory) throws IOException {
    byte[] content = new byte[300_000];
    new SplittableRandom(7578).nextBytes(content);
    InputStream in = new ByteArrayInputStream(upload(content));
    Path file;
    Path kept = directory.resolve("kept");
    try (Multipart form = Multipart.read(in, TYPE, FormLimits.DEFAULT)) {
      Part part = form.parts().getFirst();
      assertEquals(content.length, part.size());
      assertArrayEquals(content, part.bytes());
      file = fileOf(part);
      assertTrue(Files.exists(file));
    }
    assertFalse(Files.exists(file));
    InputStream again = new ByteArrayInputStream(upload(content));
    try (Multipart form = Multipart.read(again, TYPE, FormLimits.DEFAULT)) {
      form.parts().getFirst().saveTo(kept);
    }
    assertArrayEquals(content, Files.readAllBytes(kept));
  }

  private static Path fileOf(Part part) {
    try {
      var content = Part.class.getDeclaredField("content");
      content.setAccessible(true);
      return ((Spool) content.get(part)).file();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aSmallFileIsInMemoryAndIsSavedAllTheSame(@TempDir Path directory) throws IOException {
    byte[] content = new byte[64 * 1024];
    InputStream in = new ByteArrayInputStream(upload(content));
    try (Multipart form = Multipart.read(in, TYPE, FormLimits.DEFAULT)) {
      assertEquals(null, fileOf(form.parts().getFirst()));
      form.parts().getFirst().saveTo(directory.resolve("kept"));
    }
    assertEquals(content.length, Files.size(directory.resolve("kept")));
  }

  @Test
  void manySmallFilesDoNotFillTheMemory() throws IOException {
    StringBuilder text = new StringBuilder();
    String part = "--B|" + NAMED + "; filename=x||" + "y".repeat(60_000) + "|";
    text.repeat(part, 30).append("--B--|");
    try (Multipart form = read(text.toString())) {
      long inMemory = form.parts().stream().filter(each -> fileOf(each) == null).count();
      assertTrue(inMemory < 20, inMemory + " are in memory");
      assertEquals(60_000, form.parts().getLast().text().length());
    }
  }

  @Test
  @SuppressWarnings("try") // the form is there to be closed
  void noiseIsAFormOrRefused() throws IOException {
    SplittableRandom random = new SplittableRandom(20_261_120);
    String[] pieces = {"--B", "|", "--", NAMED, "; filename=x", ":", "\r", "\n", "x", "\0", "--B|"};
    int forms = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "--B|" + NAMED + "||" : "");
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      text.append(random.nextBoolean() ? "|--B--" : "");
      try (Multipart form = read(text.toString())) {
        forms++;
      } catch (HttpException e) {
        assertEquals(400, e.status());
      }
    }
    assertTrue(forms > 10_000, forms + " were forms");
  }

  @Test
  void textHasToBeUtf8() throws IOException {
    byte[] wire = ("--B\r\n" + NAMED + "\r\n\r\n\u00ff\r\n--B--").getBytes(ISO_8859_1);
    try (Multipart form =
        Multipart.read(new ByteArrayInputStream(wire), TYPE, FormLimits.DEFAULT)) {
      assertThrows(HttpException.class, () -> form.parts().getFirst().text());
      assertEquals(1, form.parts().getFirst().bytes().length);
    }
  }
}
