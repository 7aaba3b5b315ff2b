package dev.loomsocket;

import static dev.loomsocket.RawClient.ascii;
import static dev.loomsocket.RawClient.frame;
import static dev.loomsocket.RawClient.handshake;
import static dev.loomsocket.RawClient.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.http.Request;
import dev.loomsocket.http.Response;
import dev.loomsocket.http.StaticFiles;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Overflow;
import dev.loomsocket.websocket.QueryParam;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clients at once that make a server hold as much as they can, of which it has little: others
 * are served while they do, and when they have gone.
 */
@Timeout(120)
class SmallHeapTest {
  private static final String HOST = "Host: localhost";

  @TempDir static Path directory;
  private static Child server;
  private static int port;

  /** A server in a small JVM of its own. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      App app = Loomsocket.app().endpoint(Echo.class).endpoint(Hall.class);
      app.room("news").overflow(Overflow.DROP_NEWEST);
      app.get("/ping", request -> Response.text("pong"))
          .post("/body", request -> Response.text("" + request.body().length))
          .post("/form", request -> Response.text("" + request.parts().size()))
          .get("/big", request -> Response.text("y".repeat(500_000)))
          .post("/say", request -> say(app, request))
          .get(
              "/news",
              request ->
                  Response.events(events -> {
                    Room.Following unused = app.room("news").follow(events::offer);
                    events.await();
                  }))
          .files(StaticFiles.fromDirectory(Path.of(arguments[0])).under("/files"))
          .port(0)
          .run();
    }

    private static Response say(App app, Request request) {
      for (int i = 0; i < 1500; i++) {
        app.room("news").send(i + "x".repeat(1000));
      }
      return Response.text("said");
    }
  }

  /** Says what it hears. */
  @WebSocketEndpoint("/echo")
  static final class Echo {
    @OnMessage
    byte[] echo(byte[] message) {
      return message;
    }
  }

  /** Joins the room of the news, and remembers what is said in rooms that clients name. */
  @WebSocketEndpoint("/hall")
  static final class Hall {
    private Room room;

    @OnOpen
    void join(Session session, @QueryParam String name) {
      if (name.equals("news")) {
        room = session.join("news");
      } else {
        room = session.join("hall/" + name).history(1000, Duration.ofHours(1));
      }
    }

    @OnMessage
    void say(String text) {
      room.send(text);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("big.bin").toFile(), "rw")) {
      file.setLength(1L << 30); // a hole
    }
    server = Child.start(List.of("-Xmx64m"), Main.class, directory.toString());
    port = server.awaitPort();
    assertServed();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void assertServed() {
    for (int i = 0; i < 3; i++) {
      try (RawClient client = RawClient.connect(port)) {
        assertEquals("pong", client.get("/ping").text());
      }
    }
    try (RawClient client = RawClient.webSocket(port, "/echo")) {
      client.send(frame(0x82, new byte[1000]));
      assertEquals(1000, client.frame().payload().length);
    }
  }

  /** So many clients send that at once and read nothing; others are served meanwhile, and later. */
  private static void attack(int clients, IntFunction<byte[][]> what) throws InterruptedException {
    List<RawClient> attackers = new ArrayList<>();
    List<Thread> sending = new ArrayList<>();
    try {
      for (int i = 0; i < clients; i++) {
        RawClient client = RawClient.connect(port);
        byte[][] pieces = what.apply(i);
        attackers.add(client);
        sending.add(Thread.startVirtualThread(() -> send(client, pieces)));
      }
      long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
      for (Thread thread : sending) { // who is not read from waits
        thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      }
      try (RawClient client = RawClient.connect(port)) {
        client.send(request("POST /say HTTP/1.1", HOST, "Content-Length: 0"));
        assertEquals("said", client.answer().text());
      }
      assertServed();
    } finally {
      attackers.forEach(RawClient::reset);
    }
    assertServed();
  }

  private static void send(RawClient client, byte[][] pieces) {
    try {
      for (byte[] piece : pieces) {
        client.send(piece);
      }
    } catch (UncheckedIOException e) {
      // it was refused
    }
  }

  @Test
  void bodiesThatDoNotEnd() throws Exception {
    byte[] head = request("POST /body HTTP/1.1", HOST, "Content-Length: 1048576");
    byte[] most = new byte[1_040_000];
    attack(150, i -> new byte[][] {head, most});
  }

  @Test
  void formsThatDoNotEnd() throws Exception {
    byte[] head =
        request(
            "POST /form HTTP/1.1",
            HOST,
            "Content-Type: multipart/form-data; boundary=x",
            "Content-Length: 1048576");
    byte[] field = ascii("--x\r\nContent-Disposition: form-data; name=a\r\n\r\n");
    byte[] most = new byte[1_040_000];
    attack(150, i -> new byte[][] {head, field, most});
  }

  @Test
  void headsThatDoNotEnd() throws Exception {
    byte[] half = ascii("GET / HTTP/1.1\r\n" + HOST + "\r\nX: " + "x".repeat(15_000));
    attack(2_000, i -> new byte[][] {half});
  }

  @Test
  void messagesThatDoNotEnd() throws Exception {
    byte[] begun = frame(0x02, new byte[900_000]);
    attack(150, i -> new byte[][] {handshake("/echo"), begun});
  }

  @Test
  void framesThatDoNotEnd() throws Exception {
    byte[] begun = ascii("\u0082\u0085");
    attack(2_000, i -> new byte[][] {handshake("/echo"), begun});
  }

  @Test
  void downloadsThatNobodyReads() throws Exception {
    byte[] get = request("GET /files/big.bin HTTP/1.1", HOST);
    attack(600, i -> new byte[][] {get});
  }

  @Test
  void echoesThatNobodyReads() throws Exception {
    byte[] message = frame(0x82, new byte[16_384]);
    byte[][] many = new byte[400][];
    Arrays.fill(many, message);
    many[0] = handshake("/echo");
    attack(200, i -> many);
  }

  @Test
  void largeEchoesThatNobodyReads() throws Exception {
    byte[] message = frame(0x82, new byte[1 << 20]);
    attack(100, i -> new byte[][] {handshake("/echo"), message, message, message, message});
  }

  @Test
  void answersThatNobodyReads() throws Exception {
    byte[] get = request("GET /big HTTP/1.1", HOST);
    attack(300, i -> new byte[][] {get});
  }

  @Test
  void eventsThatNobodyReads() throws Exception {
    byte[] get = request("GET /news HTTP/1.1", HOST);
    attack(300, i -> new byte[][] {get});
  }

  @Test
  void roomsThatNobodyReads() throws Exception {
    byte[] join = handshake("/hall?name=news");
    attack(300, i -> new byte[][] {join});
  }

  @Test
  void roomsThatRememberTooMuch() throws Exception {
    byte[] text = frame(0x81, "x".repeat(10_000).getBytes(UTF_8));
    byte[][] many = new byte[200][];
    Arrays.fill(many, text);
    attack(
        100,
        i -> {
          byte[][] own = many.clone();
          own[0] = handshake("/hall?name=" + i);
          return own;
        });
  }
}
