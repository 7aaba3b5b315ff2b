package dev.loomsocket.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.Warnings;
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

  private static RequestHead head(String method) {
    RequestParser parser = new RequestParser(HttpLimits.DEFAULT);
    byte[] bytes = (method + " / HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(ISO_8859_1);
    parser.parse(bytes, 0, bytes.length);
    return parser.head();
  }

  private String received() {
    return new String(peer.received(), ISO_8859_1);
  }

  @Test
  void nothingIsWrittenBeforeAFlush() throws IOException {
    writer.write(Response.text("hello"), head("GET"), true);
    assertEquals("", received());
    writer.flush();
    assertTrue(received().endsWith("\r\n\r\nhello"), received());
  }

  @Test
  void aFileFollowsItsHead(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("a.txt"), "line ".repeat(100_000));
    writer.write(Response.file(file), head("GET"), true);
    writer.flush();
    assertTrue(received().contains("\r\nContent-Length: 500000\r\n"));
    assertTrue(received().endsWith("\r\n\r\n" + "line ".repeat(100_000)));
  }

  @Test
  void ofAFileThatHasGrownOnlyTheAnnouncedPartIsSent(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("a.txt"), "as it was");
    Response response = Response.file(file);
    Files.writeString(file, "as it was, and more");
    writer.write(response, head("GET"), true);
    writer.flush();
    assertTrue(received().endsWith("\r\n\r\nas it was"), received());
  }

  @Test
  void aFileThatHasShrunkEndsTheConnection(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("a.txt"), "as it was");
    Response response = Response.file(file);
    Files.writeString(file, "less");
    assertThrows(EOFException.class, () -> writer.write(response, head("GET"), true));
  }

  @Test
  void anEmptyFileIsAnEmptyBody(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("a.txt"));
    writer.write(Response.file(file), head("GET"), true);
    writer.flush();
    assertTrue(received().contains("\r\nContent-Length: 0\r\n"), received());
  }

  @Test
  void aValueWithoutJsonIs500WithoutDetail() throws IOException {
    try (Warnings warnings = Warnings.take()) {
      writer.write(Response.json("x"), head("GET"), true);
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
}
