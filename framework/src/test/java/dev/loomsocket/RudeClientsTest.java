package dev.loomsocket;

import static dev.loomsocket.RawClient.ascii;
import static dev.loomsocket.RawClient.frame;
import static dev.loomsocket.RawClient.request;
import static dev.loomsocket.RawClient.text;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A thousand clients that behave badly, each in its own way, and one that does not notice. */
class RudeClientsTest {
  private static final int CLIENTS = 1_000;
  private static final int THREADS = 4;
  private static final int LONGEST =
      100_000; // what sockets and queues hold without anybody reading
  private static final String GOOD = "well-behaved ";

  @WebSocketEndpoint("/chat")
  static class Chat {
    @OnOpen
    void open(Session session) {
      session.join("lobby");
    }

    @OnMessage
    void text(Session session, String text) {
      session.join("lobby").send(text);
    }

    @OnMessage
    byte[] binary(byte[] bytes) {
      return bytes;
    }
  }

  /** One bad habit; the random numbers decide how bad. */
  @SuppressWarnings("ImmutableEnumChecker") // habits have no state
  private enum Habit {
    LEAVES_AT_ONCE((client, random) -> {}),
    RESETS_AT_ONCE((client, random) -> client.reset()),
    SAYS_HALF_A_HEAD((client, random) -> client.send(part(random, page()))),
    SAYS_HALF_A_HEAD_AND_RESETS((client, random) -> client.send(part(random, page())).reset()),
    SENDS_GARBAGE((client, random) -> client.send(garbage(random, 3_000))),
    SENDS_GARBAGE_AND_READS(
        (client, random) -> client.send(garbage(random, 3_000)).halfClose().rest()),
    LEAVES_WITHIN_A_BODY((client, random) ->
        client.send(
            request("POST /page HTTP/1.1", "Host: localhost", "Content-Length: 100000"),
            garbage(random, 90_000))),
    LEAVES_WITHIN_A_CHUNK((client, random) ->
        client.send(
            request("POST /page HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked"),
            part(random, ascii("5\r\nhello\r\n3;x=y\r\nyou\r\n0\r\n")))),
    READS_NO_ANSWER((client, random) -> {
      for (int i = random.nextInt(20); i >= 0; i--) {
        client.send(page());
      }
    }),
    READS_NO_ANSWER_AND_RESETS((client, random) -> {
      READS_NO_ANSWER.habit.accept(client, random);
      client.reset();
    }),
    SAYS_HALF_A_HANDSHAKE(
        (client, random) -> client.send(part(random, RawClient.handshake("/chat")))),
    RESETS_AFTER_ITS_HANDSHAKE(
        (client, random) -> client.send(RawClient.handshake("/chat")).reset()),
    STOPS_WITHIN_A_FRAME(
        (client, random) -> open(client).send(part(random, frame(0x82, garbage(random, LONGEST))))),
    RESETS_WITHIN_A_FRAME((client, random) ->
        open(client).send(part(random, frame(0x82, garbage(random, LONGEST)))).reset()),
    ANNOUNCES_TOO_MUCH(
        (client, random) -> open(client).send(RawClient.hex("82 ff 7f ff ff ff ff ff ff ff"))),
    SENDS_FRAMES_THAT_ARE_NONE((client, random) -> open(client).send(garbage(random, 20_000))),
    SENDS_TEXT_THAT_IS_NONE(
        (client, random) -> open(client).send(frame(0x81, garbage(random, 5_000)))),
    PINGS_WITHOUT_READING((client, random) -> {
      open(client);
      for (int i = random.nextInt(200); i >= 0; i--) {
        client.send(frame(0x89, garbage(random, 125)));
      }
    }),
    SENDS_MUCH_WITHOUT_READING(
        (client, random) -> open(client).send(frame(0x82, garbage(random, LONGEST)))),
    TALKS_ON_BEHIND_ITS_CLOSE((client, random) ->
        open(client).send(text("bye"), RawClient.close(1000), text("and"), text("another"))),
    SENDS_A_CLOSE_THAT_IS_NONE(
        (client, random) -> open(client).send(frame(0x88, garbage(random, 125)))),
    NEVER_ENDS_ITS_MESSAGE((client, random) -> {
      open(client).send(frame(0x01, ascii("once upon a time")));
      for (int i = random.nextInt(50); i >= 0; i--) {
        client.send(frame(0x00, ascii(" and then")));
      }
    }),
    SENDS_DEFLATED_GARBAGE(
        (client, random) -> openDeflated(client).send(frame(0xc2, garbage(random, 5_000)))),
    STOPS_WITHIN_A_DEFLATED_MESSAGE((client, random) ->
        openDeflated(client)
            .send(
                frame(0x42, RawClient.hex("f2 48 cd")),
                part(random, frame(0x80, RawClient.hex("c9 c9 07 00"))))),
    HALF_CLOSES((client, random) -> open(client).send(text("and now?")).halfClose()),
    HALF_CLOSES_AT_ONCE((client, random) -> client.halfClose().rest());

    private final BiConsumer<RawClient, Random> habit;

    Habit(BiConsumer<RawClient, Random> habit) {
      this.habit = habit;
    }
  }

  private static byte[] page() {
    return request("GET /page HTTP/1.1", "Host: localhost");
  }

  private static RawClient open(RawClient client) {
    client.send(RawClient.handshake("/chat")).head();
    return client;
  }

  private static RawClient openDeflated(RawClient client) {
    String good = new String(RawClient.handshake("/chat"), US_ASCII);
    String offer = "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
    client.send(ascii(good.substring(0, good.length() - 2) + offer)).head();
    return client;
  }

  private static byte[] garbage(Random random, int longest) {
    byte[] bytes = new byte[random.nextInt(longest)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] part(Random random, byte[] bytes) {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }

  /** What one thread of bad clients does; every third client stays until all have come. */
  private static void misbehave(int port, long seed) {
    List<RawClient> staying = new ArrayList<>();
    Random random = new Random(seed);
    Habit[] habits = Habit.values();
    for (int i = 0; i < CLIENTS / THREADS; i++) {
      RawClient client = RawClient.connect(port);
      try {
        habits[i % habits.length].habit.accept(client, random);
      } catch (UncheckedIOException e) {
        // the server has had enough
      }
      if (random.nextInt(3) == 0) {
        staying.add(client);
      } else {
        client.close();
      }
    }
    staying.forEach(RawClient::close);
  }

  @Test
  void oneWellBehavedClientIsNotDisturbedAndOfTheOthersNothingIsLeft() throws Exception {
    String page = "x".repeat(LONGEST / 20);
    try (Warnings warnings = Warnings.take();
        RunningApp app =
            Loomsocket.app()
                .endpoint(Chat.class)
                .get("/page", request -> Response.text(page))
                .port(0)
                .start()) {
      try (RawClient good = RawClient.webSocket(app.port(), "/chat")) {
        CompletableFuture<Void> bad = misbehave(app.port());
        int said = 0;
        do {
          assertEquals(GOOD + said, converse(good, GOOD + said));
          said++;
        } while (!bad.isDone());
        bad.get();
        Eventually.holds("only the good one is left", () -> app.connections() == 1);
        assertEquals("bye", converse(good, "bye"));
      }
      Eventually.holds("no connection is left", () -> app.connections() == 0);
      assertEquals(List.of(), warnings.messages());
    }
  }

  private static CompletableFuture<Void> misbehave(int port) {
    return CompletableFuture.allOf(
        IntStream.range(0, THREADS)
            .mapToObj(seed ->
                CompletableFuture.runAsync(
                    () -> misbehave(port, seed), task -> Thread.ofPlatform().start(task)))
            .toArray(CompletableFuture[]::new));
  }

  /**
   * Says something and returns it as the room repeats it; what others say in the room is passed
   * over.
   */
  private static String converse(RawClient good, String line) {
    good.send(text(line));
    String heard;
    do {
      heard = good.frame().text();
    } while (!heard.startsWith(GOOD) && !heard.equals(line));
    return heard;
  }
}
