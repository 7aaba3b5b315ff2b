package dev.loomsocket;

import static dev.loomsocket.RawClient.ascii;
import static dev.loomsocket.RawClient.request;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.Request;
import dev.loomsocket.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Bodies that are many times larger than the heap of the server, which is 64 MiB. They have 1 GiB;
 * {@code -Dbodies.gibibytes=10} makes them larger.
 */
@Timeout(600)
class BigBodiesTest {
  private static final byte[] BLOCK = block();
  private static final byte[] CHUNK = chunk();
  private static final long BLOCKS =
      (Integer.getInteger("bodies.gibibytes", 1) * (1L << 30)) / BLOCK.length;

  private static Child server;
  private static int port;

  /** The server, in a JVM of its own. */
  public static final class Served {
    private Served() {}

    public static void main(String[] args) {
      Loomsocket.app(args)
          .put("/hash", Served::hash)
          .get("/give", Served::give)
          .post(
              "/echo",
              request -> Response.stream("a/b", out -> request.bodyStream().transferTo(out)))
          .run();
    }

    private static Response hash(Request request) throws IOException {
      Digest digest = new Digest();
      byte[] buffer = new byte[1 << 16];
      InputStream in = request.bodyStream();
      for (int n; (n = in.read(buffer)) >= 0; ) {
        digest.add(buffer, n);
      }
      return Response.text(digest.toString());
    }

    private static Response give(Request request) {
      long blocks = Long.parseLong(request.queryParam("blocks").orElseThrow());
      return Response.stream(
          "application/octet-stream",
          out -> {
            for (long i = 0; i < blocks; i++) {
              out.write(BLOCK);
            }
          });
    }
  }

  @BeforeAll
  static void start() throws Exception {
    List<String> options = List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");
    server = Child.start(options, Served.class, "--port=0");
    port = server.awaitPort();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anUploadInChunks() {
    try (RawClient client = RawClient.connect(port)) {
      client.send(request("PUT /hash HTTP/1.1", "Host: x", "Transfer-Encoding: chunked"));
      for (long i = 0; i < BLOCKS; i++) {
        client.send(CHUNK);
      }
      client.send(ascii("0\r\nTrailer: ignored\r\n\r\n"));
      assertEquals(Digest.of(BLOCK, BLOCKS).toString(), client.answer().text());
      assertEquals(404, client.get("/nothing").status());
    }
  }

  @Test
  void anUploadOfKnownLength() {
    try (RawClient client = RawClient.connect(port)) {
      client.send(
          request("PUT /hash HTTP/1.1", "Host: x", "Content-Length: " + BLOCKS * BLOCK.length));
      for (long i = 0; i < BLOCKS; i++) {
        client.send(BLOCK);
      }
      assertEquals(Digest.of(BLOCK, BLOCKS).toString(), client.answer().text());
    }
  }

  @Test
  void aDownloadInChunks() {
    try (RawClient client = RawClient.connect(port)) {
      client.send(request("GET /give?blocks=" + BLOCKS + " HTTP/1.1", "Host: x"));
      String head = client.head();
      assertTrue(head.contains("\r\nTransfer-Encoding: chunked\r\n"), head);
      Digest digest = new Digest();
      for (byte[] chunk; (chunk = chunk(client)).length > 0; ) {
        digest.add(chunk, chunk.length);
      }
      assertEquals(Digest.of(BLOCK, BLOCKS).toString(), digest.toString());
      assertEquals(404, client.get("/nothing").status());
    }
  }

  @Test
  void anUploadThatComesBackWhileItIsSent() {
    try (RawClient client = RawClient.connect(port)) {
      client.send(request("POST /echo HTTP/1.1", "Host: x", "Transfer-Encoding: chunked"));
      client.send(CHUNK);
      client.head();
      for (int i = 0; i < 1000; i++) {
        client.send(CHUNK); // while one is on its way back
        assertArrayEquals(BLOCK, read(client, BLOCK.length));
      }
      client.send(ascii("0\r\n\r\n"));
      assertArrayEquals(BLOCK, read(client, BLOCK.length));
      assertEquals(0, chunk(client).length);
    }
  }

  private byte[] pending = {}; // of a chunk, before what comes next

  private byte[] read(RawClient client, int bytes) {
    byte[] read = new byte[bytes];
    for (int size = 0; size < bytes; ) {
      byte[] next = pending.length > 0 ? pending : chunk(client);
      int n = Math.min(next.length, bytes - size);
      System.arraycopy(next, 0, read, size, n);
      pending = Arrays.copyOfRange(next, n, next.length);
      size += n;
    }
    return read;
  }

  private static byte[] chunk(RawClient client) {
    StringBuilder size = new StringBuilder();
    while (size.indexOf("\r\n") < 0) {
      size.append((char) client.read(1)[0]);
    }
    byte[] chunk = client.read(HexFormat.fromHexDigits(size.substring(0, size.length() - 2)));
    assertEquals("\r\n", new String(client.read(2), StandardCharsets.US_ASCII));
    return chunk;
  }

  private static byte[] block() {
    byte[] block = new byte[1 << 16];
    new Random(9112).nextBytes(block);
    return block;
  }

  private static byte[] chunk() {
    byte[] head = ascii(Integer.toHexString(BLOCK.length) + "\r\n");
    byte[] chunk = new byte[head.length + BLOCK.length + 2];
    System.arraycopy(head, 0, chunk, 0, head.length);
    System.arraycopy(BLOCK, 0, chunk, head.length, BLOCK.length);
    chunk[chunk.length - 2] = '\r';
    chunk[chunk.length - 1] = '\n';
    return chunk;
  }
}
