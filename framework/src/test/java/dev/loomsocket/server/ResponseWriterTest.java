package dev.loomsocket.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.Warnings;
import dev.loomsocket.http.BodyWriter;
import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.Response;
import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.MemoryTransport;
import dev.loomsocket.net.WriteBuffer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResponseWriterTest {
  private final MemoryTransport peer = new MemoryTransport();
  private final ResponseWriter writer =
      new ResponseWriter(
          new WriteBuffer(peer, new BufferPool(1), 1),
          new ResponseEncoder(
              value -> {
                throw new IllegalArgumentException("the secret of the house");
              },
              InstantSource.system()));

  private final List<Throwable> failures = new ArrayList<>();

  private static RequestHead head(String method) {
    RequestParser parser = new RequestParser(HttpLimits.DEFAULT);
    byte[] bytes = (method + " / HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(ISO_8859_1);
    parser.parse(bytes, 0, bytes.length);
    return parser.head();
  }

  private boolean write(Response response, RequestHead head, boolean keepAlive) throws IOException {
    return writer.write(
        response,
        head,
        keepAlive,
        e -> {
          failures.add(e);
          return Response.text("sorry").withStatus(500);
        });
  }

  private String received() {
    return new String(peer.received(), ISO_8859_1);
  }

  @Test
  void nothingIsWrittenBeforeAFlush() throws IOException {
    write(Response.text("hello"), head("GET"), true);
    assertEquals("", received());
    writer.flush();
    assertTrue(received().endsWith("\r\n\r\nhello"), received());
  }

  @Test
  void aFileFollowsItsHead(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("a.txt"), "line ".repeat(100_000));
    write(Response.file(file), head("GET"), true);
    writer.flush();
    assertTrue(received().contains("\r\nContent-Length: 500000\r\n"));
    assertTrue(received().endsWith("\r\n\r\n" + "line ".repeat(100_000)));
  }

  @Test
  void ofAFileThatHasGrownOnlyTheAnnouncedPartIsSent(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("a.txt"), "as it was");
    Response response = Response.file(file);
    Files.writeString(file, "as it was, and more");
    write(response, head("GET"), true);
    writer.flush();
    assertTrue(received().endsWith("\r\n\r\nas it was"), received());
  }

  @Test
  void aFileThatHasShrunkOrIsGoneIsAnError(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("a.txt"), "as it was");
    Response response = Response.file(file);
    Files.writeString(file, "less");
    assertTrue(write(response, head("GET"), true));
    assertTrue(failures.getFirst() instanceof EOFException);
    Files.delete(file);
    assertTrue(write(response, head("GET"), true));
    assertTrue(failures.getLast() instanceof HttpException gone && gone.status() == 404);
  }

  @Test
  void anEmptyFileIsAnEmptyBody(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("a.txt"));
    write(Response.file(file), head("GET"), true);
    writer.flush();
    assertTrue(received().contains("\r\nContent-Length: 0\r\n"), received());
  }

  @Test
  void aValueWithoutJsonIsAnError() throws IOException {
    assertTrue(write(Response.json("x"), head("GET"), true));
    writer.flush();
    assertTrue(received().startsWith("HTTP/1.1 500 "), received());
    assertTrue(received().endsWith("\r\n\r\nsorry"), received());
    assertEquals("the secret of the house", failures.getFirst().getMessage());
  }

  @Test
  void anErrorThatFailsTooIsAPlainOne() throws IOException {
    try (Warnings warnings = Warnings.take()) {
      Response unable = Response.json("x");
      assertTrue(writer.write(unable, head("GET"), true, e -> unable));
      writer.flush();
      assertTrue(received().startsWith("HTTP/1.1 500 "), received());
      assertTrue(received().endsWith("\r\n\r\ninternal server error\n"), received());
      assertEquals("the secret of the house", warnings.thrown().getFirst().getMessage());
    }
  }

  @Test
  void whatIsNoRequestGetsItsReasonAndTheEndOfTheConnection() throws IOException {
    writer.writeError(new HttpException(400, "no Host"));
    writer.flush();
    assertTrue(received().startsWith("HTTP/1.1 400 Bad Request\r\n"), received());
    assertTrue(received().contains("\r\nConnection: close\r\n"), received());
    assertTrue(received().endsWith("\r\n\r\nno Host\n"), received());
  }

  private static RequestHead oldHead() {
    RequestParser parser = new RequestParser(HttpLimits.DEFAULT);
    byte[] bytes = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".getBytes(ISO_8859_1);
    parser.parse(bytes, 0, bytes.length);
    return parser.head();
  }

  private static BodyWriter hello() {
    return out -> {
      out.write("hel".getBytes(ISO_8859_1));
      out.flush();
      out.write("lo".getBytes(ISO_8859_1));
      out.write('!');
    };
  }

  @Test
  void aStreamGoesOutInChunks() throws IOException {
    assertTrue(write(Response.stream("text/plain", hello()), head("GET"), true));
    writer.flush();
    assertTrue(received().contains("\r\nTransfer-Encoding: chunked\r\n"), received());
    assertTrue(received().endsWith("\r\n\r\n3\r\nhel\r\n3\r\nlo!\r\n0\r\n\r\n"), received());
  }

  @Test
  void anEmptyStreamIsTheLastChunk() throws IOException {
    write(Response.stream("text/plain", out -> {}), head("GET"), true);
    writer.flush();
    assertTrue(received().endsWith("\r\n\r\n0\r\n\r\n"), received());
  }

  @Test
  void aStreamOfKnownLengthGoesOutAsItIs() throws IOException {
    assertTrue(write(Response.stream("text/plain", 6, hello()), head("GET"), true));
    writer.flush();
    assertTrue(received().contains("\r\nContent-Length: 6\r\n"), received());
    assertTrue(received().endsWith("\r\n\r\nhello!"), received());
  }

  @Test
  void anOldClientReadsAStreamUntilTheEnd() throws IOException {
    assertFalse(write(Response.stream("text/plain", hello()), oldHead(), true));
    writer.flush();
    assertTrue(received().contains("\r\nConnection: close\r\n"), received());
    assertFalse(received().contains("Transfer-Encoding"), received());
    assertTrue(received().endsWith("\r\n\r\nhello!"), received());
    assertTrue(write(Response.stream("text/plain", 6, hello()), oldHead(), true));
  }

  @Test
  void headDoesNotRunTheWriter() throws IOException {
    BodyWriter never =
        out -> {
          throw new AssertionError("it was run");
        };
    write(Response.stream("text/plain", 7, never), head("HEAD"), true);
    write(Response.stream("text/plain", never).withStatus(304), head("GET"), true);
    writer.flush();
    assertTrue(received().contains("\r\nContent-Length: 7\r\n"), received());
  }

  @Test
  void largeWritesPassWithoutBeingGathered() throws IOException {
    byte[] large = "x".repeat(100_000).getBytes(ISO_8859_1);
    write(
        Response.stream(
            "text/plain",
            out -> {
              out.write('a');
              out.write(large);
              out.write(large, 0, 10);
            }),
        head("GET"),
        true);
    writer.flush();
    String x = "x".repeat(100_000);
    String chunks = "1\r\na\r\n186a0\r\n" + x + "\r\na\r\nxxxxxxxxxx\r\n0\r\n\r\n";
    assertTrue(received().endsWith("\r\n\r\n" + chunks));
  }

  @Test
  void aWriterThatFailsAtOnceIsAnError() throws IOException {
    BodyWriter failing =
        out -> {
          out.write("something".getBytes(ISO_8859_1));
          throw new IllegalStateException("the secret of the house");
        };
    write(Response.stream("text/plain", failing), head("GET"), true);
    writer.flush();
    assertTrue(received().startsWith("HTTP/1.1 500 "), received());
    assertTrue(received().endsWith("sorry"), received());
    assertEquals("the secret of the house", failures.getFirst().getMessage());
  }

  @Test
  void aWriterThatFailsInTheMiddleCutsTheAnswerOff() {
    BodyWriter failing =
        out -> {
          out.write("something".getBytes(ISO_8859_1));
          out.flush();
          throw new IllegalStateException("the secret of the house");
        };
    try (Warnings warnings = Warnings.take()) {
      Response response = Response.stream("text/plain", failing);
      assertThrows(IOException.class, () -> write(response, head("GET"), true));
      assertTrue(received().endsWith("9\r\nsomething\r\n"), received());
      assertFalse(peer.isCut());
      assertThrows(IOException.class, () -> write(response, oldHead(), true));
      assertTrue(peer.isCut());
      assertEquals(2, warnings.messages().size());
    }
  }

  @Test
  void tooMuchOrTooLittleOfAKnownLengthIsAnError() {
    try (Warnings warnings = Warnings.take()) {
      Response more = Response.stream("text/plain", 3, out -> out.write(new byte[4]));
      write(more, head("GET"), true);
      writer.flush();
      assertTrue(received().startsWith("HTTP/1.1 500 "), received());
      assertEquals(1, failures.size());
      BodyWriter less =
          out -> {
            out.write('x');
            out.flush();
          };
      assertThrows(
          IOException.class,
          () -> write(Response.stream("text/plain", 3, less), head("GET"), true));
      assertEquals(1, warnings.messages().size());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aClientThatLeavesIsNoFailureOfTheWriter() {
    BodyWriter endless =
        out -> {
          while (true) {
            out.write(new byte[1000]);
          }
        };
    try (Warnings warnings = Warnings.take()) {
      peer.reset();
      assertThrows(
          IOException.class,
          () -> write(Response.stream("text/plain", endless), head("GET"), true));
      assertEquals(0, warnings.messages().size());
    }
  }
}
