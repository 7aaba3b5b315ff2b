package dev.loomsocket;

import static dev.loomsocket.RawClient.ascii;
import static dev.loomsocket.RawClient.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.QueryParam;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that take more than their share, and requests that mean more than they say. */
@Timeout(120)
class HardshipTest {
  /** Its messages are small on the wire, so that a client is faster than they can be made. */
  private static final byte[] COMPRESSED_HANDSHAKE =
      ascii(
          new String(RawClient.handshake("/endless"), UTF_8)
              .replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"));

  private static RunningApp app;

  @WebSocketEndpoint("/echo")
  static class Echo {
    @OnMessage
    String text(String text) {
      return text;
    }
  }

  @WebSocketEndpoint("/talk/{room*}")
  static class Talk {
    private Handshake handshake;

    @OnOpen
    String open(Session session, Handshake handshake, @PathParam String room) {
      this.handshake = handshake;
      return room + " " + session.queryParam("q").orElse("");
    }

    @OnMessage
    String text(Session session, String text, @QueryParam(defaultValue = "none") String q) {
      return q + " " + session.queryParams() + " " + handshake.header("host").orElse("");
    }
  }

  /** Has always more to say, as fast as it is taken. */
  @WebSocketEndpoint("/endless")
  static class Endless {
    @OnMessage
    Object text(Session session, String kind) {
      return switch (kind) {
        case "bytes" -> new EndlessBytes();
        case "messages" -> Stream.generate(() -> "x".repeat(2_000));
        default -> {
          while (true) {
            session.send("x".repeat(2_000));
          }
        }
      };
    }
  }

  private static final class EndlessBytes extends InputStream {
    @Override
    public int read() {
      return 0;
    }

    @Override
    public int read(byte[] to, int from, int length) {
      return length;
    }
  }

  @BeforeAll
  static void start() {
    app =
        Loomsocket.app()
            .endpoint(Echo.class)
            .endpoint(Talk.class)
            .endpoint(Endless.class)
            .get("/hi", request -> Response.text("hi"))
            .get("/files/{path*}", request -> Response.text(request.pathParam("path")))
            .port(0)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  /** As many floods as there are carriers, of the cheapest kind there is, that never pause. */
  @ParameterizedTest
  @CsvSource({"frames", "requests"})
  void floodsDoNotKeepTheOthersFromTheirTurn(String kind) throws InterruptedException {
    AtomicBoolean flooding = new AtomicBoolean(true);
    List<Thread> floods = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors() + 4; i++) {
      floods.add(Thread.ofPlatform().start(() -> flood(kind, flooding)));
    }
    try (RawClient client = RawClient.webSocket(app.port(), "/echo")) {
      for (int i = 0; i < 100; i++) {
        assertEquals("message " + i, client.send(text("message " + i)).frame().text());
      }
    } finally {
      flooding.set(false);
      for (Thread flood : floods) {
        flood.join();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"bytes", "messages", "sends"})
  void whoTakesEverythingAtOnceDoesNotKeepTheOthersFromTheirTurn(String kind) {
    List<RawClient> takers = new ArrayList<>();
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors() + 4; i++) {
      RawClient taker = RawClient.connect(app.port()).send(COMPRESSED_HANDSHAKE);
      taker.head();
      taker.send(text(kind));
      takers.add(taker);
      Thread.ofPlatform().daemon().start(() -> takeAll(taker));
    }
    try (RawClient client = RawClient.webSocket(app.port(), "/echo")) {
      for (int i = 0; i < 100; i++) {
        assertEquals("message " + i, client.send(text("message " + i)).frame().text());
      }
    } finally {
      takers.forEach(RawClient::reset);
    }
  }

  private static void takeAll(RawClient taker) {
    try {
      while (true) {
        taker.read(1 << 20);
      }
    } catch (UncheckedIOException e) {
      // the test is over
    }
  }

  private static void flood(String kind, AtomicBoolean flooding) {
    boolean frames = kind.equals("frames");
    byte[] piece =
        frames ? RawClient.frame(0x8a, new byte[1]) : ascii("GET /hi HTTP/1.1\r\nHost: x\r\n\r\n");
    byte[] many = new byte[piece.length * 5_000];
    for (int at = 0; at < many.length; at += piece.length) {
      System.arraycopy(piece, 0, many, at, piece.length);
    }
    try (RawClient client =
        frames ? RawClient.webSocket(app.port(), "/echo") : RawClient.connect(app.port())) {
      Thread reader =
          Thread.ofVirtual().uncaughtExceptionHandler((thread, reset) -> {}).start(client::rest);
      while (flooding.get()) {
        client.send(many);
      }
      client.reset();
      reader.interrupt();
    } catch (RuntimeException e) {
      // a flood may end as it likes
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/files/a/%62, 200",
    "/files/a%2Fb, 404",
    "/files/..%2f..%2fetc%2fpasswd, 404",
    "/files/a%2f..%2fb, 404",
    "/files/..%5cb, 404",
    "/files/a%00b, 404",
    "/files/a%0d%0ab, 404",
  })
  void escapedSlashesLeadNowhere(String path, int status) {
    try (RawClient client = RawClient.connect(app.port())) {
      String head = client.send(ascii("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n")).head();
      assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 101",
    "127.0.0.1:8080, 101",
    "[::1]:8080, 101",
    "app.localhost:8080, 101",
    "evil.example:8080, 403",
    "127.evil.example, 403",
  })
  void aServerOnLoopbackHasNoOtherNames(String host, int status) {
    String handshake = new String(RawClient.handshake("/echo"), UTF_8);
    try (RawClient client = RawClient.connect(app.port())) {
      String head =
          client
              .send(
                  ascii(
                      handshake
                          .replace("Host: localhost", "Host: " + host)
                          .replace("\r\n\r\n", "\r\nOrigin: http://" + host + "\r\n\r\n")))
              .head();
      assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
    }
  }

  @Test
  void aSessionKnowsItsQueryAndAnEndpointMayKeepTheHandshake() {
    try (RawClient client = RawClient.webSocket(app.port(), "/talk/a/%62/c?q=1&q=2")) {
      assertEquals("a/b/c 1", client.frame().text());
      assertEquals("1 {q=[1, 2]} localhost", client.send(text("?")).frame().text());
    }
  }
}
