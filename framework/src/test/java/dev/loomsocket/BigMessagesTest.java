package dev.loomsocket;

import static dev.loomsocket.RawClient.ascii;
import static dev.loomsocket.RawClient.frame;
import static dev.loomsocket.RawClient.text;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that are many times larger than the heap of the server, which is 64 MiB. */
@Timeout(180)
class BigMessagesTest {
  private static final int BINARY = 0x02;
  private static final int CONTINUATION = 0x00;
  private static final int LAST = 0x80;
  private static final int RSV1 = 0x40;
  private static final byte[] PING = frame(0x89, new byte[] {'?'});
  private static final int PONG = 0x8a;

  private static final byte[] BLOCK = block();
  private static final long GIBIBYTE = 1L << 30;

  private static Child server;
  private static int port;

  /** The server, in a JVM of its own. */
  public static final class Served {
    private static final AtomicLong GIVEN = new AtomicLong(); // bytes that were read from streams
    private static volatile boolean enough;

    private Served() {}

    @WebSocketEndpoint("/hash")
    static class Hash {
      @OnMessage
      String hash(InputStream in) throws IOException {
        Digest digest = new Digest();
        byte[] buffer = new byte[1 << 16];
        for (int n; (n = in.read(buffer)) >= 0; ) {
          digest.add(buffer, n);
        }
        return digest.toString();
      }
    }

    @WebSocketEndpoint("/echo")
    static class Echo {
      @OnMessage
      byte[] echo(byte[] bytes) {
        return bytes;
      }
    }

    @WebSocketEndpoint("/give")
    static class Give {
      @OnMessage
      InputStream give(String what) {
        return new Blocks();
      }
    }

    /** The block again and again until it is enough; no more of it in memory. */
    private static final class Blocks extends InputStream {
      private int at; // in the block

      @Override
      public int read() {
        throw new UnsupportedOperationException("nobody reads single bytes");
      }

      @Override
      public int read(byte[] to, int from, int length) {
        if (at == 0 && enough) {
          return -1;
        }
        int count = Math.min(length, BLOCK.length - at);
        System.arraycopy(BLOCK, at, to, from, count);
        at = (at + count) % BLOCK.length;
        GIVEN.addAndGet(count);
        return count;
      }
    }

    public static void main(String[] args) {
      Loomsocket.app(args)
          .endpoint(Hash.class)
          .endpoint(Give.class)
          .endpoint(Echo.class)
          .get("/given", request -> Response.text(GIVEN.toString()))
          .post(
              "/enough",
              request -> {
                enough = true;
                return Response.text("as you wish");
              })
          .run();
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
  void aGibibyteStreamsThroughAHandler() {
    try (RawClient client = RawClient.webSocket(port, "/hash")) {
      byte[] more = frame(CONTINUATION, BLOCK);
      long blocks = GIBIBYTE / BLOCK.length;
      client.send(frame(BINARY, BLOCK));
      for (long i = 1; i < blocks; i++) {
        client.send(more);
        pingEvery(512, i, client);
      }
      client.send(frame(LAST | CONTINUATION, new byte[0]));
      assertEquals(Digest.of(BLOCK, blocks).toString(), client.frame().text());
    }
  }

  @Test
  void aGibibyteStreamsThroughAHandlerCompressedToo() {
    try (RawClient client = RawClient.connect(port)) {
      client.send(compressing("/hash"));
      String head = client.head();
      assertTrue(head.contains("permessage-deflate"), head);
      int blocksOfOne = 16;
      byte[] deflated = deflated(blocksOfOne);
      byte[] more = frame(CONTINUATION, deflated);
      long fragments = GIBIBYTE / BLOCK.length / blocksOfOne;
      client.send(frame(RSV1 | BINARY, deflated));
      for (long i = 1; i < fragments; i++) {
        client.send(more);
        pingEvery(64, i, client);
      }
      client.send(frame(LAST | CONTINUATION, new byte[] {0}));
      assertEquals(Digest.of(BLOCK, fragments * blocksOfOne).toString(), client.frame().text());
    }
  }

  private static void pingEvery(int interval, long count, RawClient client) {
    if (count % interval == 0) {
      assertEquals(PONG, client.send(PING).frame().first());
    }
  }

  /** The client pings each 16 MiB, once the Ping before is answered. */
  @Test
  void aHandlerMayReturnWhatNeverEndsToASlowReader() {
    try (RawClient client = RawClient.webSocket(port, "/give");
        RawClient observer = RawClient.connect(port)) {
      client.send(text("give"));
      awaitStandstill(observer);
      long ahead = given(observer);
      assertTrue(ahead < 32 << 20, () -> ahead + " bytes were taken while nobody reads");
      Digest digest = new Digest();
      int pings = 0;
      int pongs = 0;
      for (boolean fin = false; !fin; ) {
        RawClient.Frame frame = client.frame();
        if (frame.first() == PONG) {
          pongs++;
          if (pongs == 4) {
            observer.send(
                ascii("POST /enough HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"));
          }
          continue;
        }
        assertEquals(digest.size() == 0 ? BINARY : CONTINUATION, frame.opcode());
        digest.add(frame.payload(), frame.payload().length);
        fin = frame.fin();
        if (pings < digest.size() >> 24 && pings == pongs) {
          client.send(PING);
          pings++;
        }
      }
      assertEquals(Digest.of(BLOCK, digest.size() / BLOCK.length).toString(), digest.toString());
    }
  }

  @Test
  void messagesThatManyBeginAndNobodyEndsDoNotExhaustTheServer() {
    List<RawClient> clients = new ArrayList<>();
    byte[] most = frame(BINARY, new byte[900_000]);
    int refused = 0;
    try {
      for (int i = 0; i < 100; i++) {
        RawClient client = RawClient.webSocket(port, "/echo");
        clients.add(client);
        refused += isRefused(client, most) ? 1 : 0;
      }
      assertTrue(refused > 50, refused + " were refused");
      try (RawClient client = RawClient.webSocket(port, "/echo")) {
        assertEquals("hi", client.send(frame(LAST | BINARY, ascii("hi"))).frame().text());
      }
    } finally {
      clients.forEach(RawClient::close);
    }
    Eventually.holds(
        "there is memory again",
        () -> {
          try (RawClient client = RawClient.webSocket(port, "/echo")) {
            return !isRefused(client, most);
          }
        });
  }

  /** True if these bytes are answered with 1013; a Ping behind them tells that they are not. */
  private static boolean isRefused(RawClient client, byte[] bytes) {
    try {
      RawClient.Frame answer = client.send(bytes).send(PING).frame();
      assertTrue(answer.first() == PONG || answer.closeCode() == 1013, () -> answer.toString());
      return answer.first() != PONG;
    } catch (UncheckedIOException e) {
      return true; // it was not even read
    }
  }

  /** Returns when the server has filled what is between it and a client that does not read. */
  private static void awaitStandstill(RawClient observer) {
    long[] before = {0};
    Eventually.holds(
        "the server waits for its client",
        () -> {
          long now = given(observer);
          boolean stands = now > 0 && now == before[0];
          before[0] = now;
          return stands;
        });
  }

  private static long given(RawClient observer) {
    return Long.parseLong(observer.get("/given").text());
  }

  private static byte[] compressing(String path) {
    String head = new String(RawClient.handshake(path), US_ASCII);
    return RawClient.ascii(
        head.replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"));
  }

  /**
   * So many blocks, compressed so that they can be repeated: nothing is referred to before them.
   */
  private static byte[] deflated(int blocks) {
    Deflater deflater = new Deflater(1, true);
    byte[] out = new byte[BLOCK.length * blocks];
    int size = 0;
    for (int i = 0; i < blocks; i++) {
      deflater.setInput(BLOCK);
      int flush = i == blocks - 1 ? Deflater.FULL_FLUSH : Deflater.SYNC_FLUSH;
      size += deflater.deflate(out, size, out.length - size, flush);
    }
    deflater.end();
    return Arrays.copyOf(out, size);
  }

  /** 64 KiB, some of it noise. */
  private static byte[] block() {
    byte[] block = new byte[1 << 16];
    new Random(6455).nextBytes(block);
    Arrays.fill(block, 1 << 10, block.length, (byte) 7);
    return block;
  }
}
