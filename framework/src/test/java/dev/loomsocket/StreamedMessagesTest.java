package dev.loomsocket;

import static dev.loomsocket.RawClient.frame;
import static dev.loomsocket.RawClient.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that are read and sent while they are under way. */
@Timeout(120)
class StreamedMessagesTest {
  private static RunningApp app;

  /** Counts what comes, and tells when it has begun. */
  @WebSocketEndpoint("/count")
  static class Count {
    @OnMessage
    String binary(Session session, InputStream in) throws IOException {
      long sum = in.read();
      session.send("begun");
      byte[] buffer = new byte[10_000];
      long size = 1;
      for (int n; (n = in.read(buffer)) >= 0; size += n) {
        for (int i = 0; i < n; i++) {
          sum += buffer[i] & 0xff;
        }
      }
      return size + " bytes, sum " + sum;
    }

    @OnMessage
    Reader text(Reader in) {
      return in;
    }
  }

  /** Reads one byte of each message, and takes at most 100. */
  @WebSocketEndpoint(value = "/taste", maxStreamSize = 100)
  static class Taste {
    @OnMessage
    String binary(InputStream in) throws IOException {
      return String.valueOf(in.read());
    }
  }

  /** Answers in every way there is. */
  @WebSocketEndpoint("/give")
  static class Give {
    private Room room;

    @OnMessage
    Object give(Session session, String what) throws IOException {
      return switch (what) {
        case "stream" -> Stream.of("one", "two", "three");
        case "future" -> CompletableFuture.supplyAsync(() -> "later");
        case "something" -> Optional.of("something");
        case "nothing" -> Optional.empty();
        case "bytes" -> new ByteArrayInputStream(new byte[100_000]);
        case "reader" -> new StringReader("κόσμε".repeat(10_000));
        case "writer" -> {
          room = session.join("give");
          try (Writer writer = session.sendText()) {
            writer.write("first, ");
            writer.flush();
            room.send("the room");
            session.ping();
            writer.write("second");
          }
          yield null;
        }
        case "twice" -> {
          try (OutputStream out = session.sendBinary()) {
            out.write(1);
            session.send("never");
            yield null;
          }
        }
        default -> failed();
      };
    }

    private static CompletionStage<String> failed() {
      return CompletableFuture.failedFuture(new IllegalStateException("on purpose"));
    }
  }

  @BeforeAll
  static void start() {
    app =
        Loomsocket.app()
            .endpoint(Count.class)
            .endpoint(Taste.class)
            .endpoint(Give.class)
            .port(0)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @Test
  void aHandlerStartsWithTheFirstFragment() {
    try (RawClient client = RawClient.webSocket(app.port(), "/count")) {
      client.send(frame(0x02, new byte[] {1, 2}));
      assertEquals("begun", client.frame().text());
      client.send(frame(0x89, "?".getBytes(UTF_8)));
      assertEquals(0xa, client.frame().opcode());
      client.send(frame(0x00, new byte[] {3}), frame(0x80, new byte[] {4}));
      assertEquals("4 bytes, sum 10", client.frame().text());
    }
  }

  @Test
  void aMessageMayBeLargerThanAnyLimitForWholeOnes() {
    byte[] piece = new byte[1 << 20];
    piece[0] = 1;
    try (RawClient client = RawClient.webSocket(app.port(), "/count")) {
      client.send(frame(0x02, piece));
      assertEquals("begun", client.frame().text());
      for (int i = 1; i < 64; i++) {
        client.send(frame(0x00, piece));
      }
      client.send(frame(0x80, new byte[0]));
      assertEquals((64 << 20) + " bytes, sum 64", client.frame().text());
      assertEquals("next", echo(client, "next"));
    }
  }

  private static String echo(RawClient client, String text) {
    return whole(client.send(text(text)));
  }

  /** The text of a message in however many fragments. */
  private static String whole(RawClient client) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    RawClient.Frame frame = client.frame();
    assertEquals(1, frame.opcode());
    while (true) {
      all.writeBytes(frame.payload());
      if (frame.fin()) {
        return all.toString(UTF_8);
      }
      frame = client.frame();
      assertEquals(0, frame.opcode());
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "100", "20000", "200000"})
  void textMayBeReturnedWhileItArrives(int repeats) {
    try (RawClient client = RawClient.webSocket(app.port(), "/count")) {
      String text = "Grüße 🧵 ".repeat(repeats);
      assertEquals(text, echo(client, text));
      assertEquals(text, echo(client, text));
    }
  }

  @Test
  void textIsCheckedWhileItArrives() {
    try (RawClient client = RawClient.webSocket(app.port(), "/count")) {
      client.send(frame(0x01, "abc".getBytes(UTF_8)), frame(0x00, RawClient.hex("ff")));
      RawClient.Frame frame = client.frame();
      while (frame.opcode() != 8) {
        frame = client.frame();
      }
      assertEquals(1007, frame.closeCode());
    }
  }

  @Test
  void whatAHandlerLeavesIsSkipped() {
    try (RawClient client = RawClient.webSocket(app.port(), "/taste")) {
      client.send(frame(0x02, new byte[] {7, 1, 1}), frame(0x80, new byte[50]));
      client.send(frame(0x82, new byte[] {8, 1, 1}));
      assertEquals("7", client.frame().text());
      assertEquals("8", client.frame().text());
    }
  }

  @Test
  void streamsHaveALimitOfTheirOwn() {
    try (RawClient client = RawClient.webSocket(app.port(), "/taste")) {
      client.send(frame(0x02, new byte[60]), frame(0x80, new byte[60]));
      RawClient.Frame frame = client.frame();
      assertEquals(1009, frame.opcode() == 8 ? frame.closeCode() : client.frame().closeCode());
    }
  }

  @Test
  void aStreamIsAMessageAnElement() {
    try (RawClient client = RawClient.webSocket(app.port(), "/give")) {
      client.send(text("stream"), text("nothing"), text("something"), text("future"));
      assertEquals("one", client.frame().text());
      assertEquals("two", client.frame().text());
      assertEquals("three", client.frame().text());
      assertEquals("something", client.frame().text());
      assertEquals("later", client.frame().text());
    }
  }

  @Test
  void aReaderOrInputStreamIsOneFragmentedMessage() {
    try (RawClient client = RawClient.webSocket(app.port(), "/give")) {
      assertEquals("κόσμε".repeat(10_000), whole(client.send(text("reader"))));
      RawClient.Frame frame = client.send(text("bytes")).frame();
      assertEquals(0x02, frame.first());
      int size = frame.payload().length;
      do {
        frame = client.frame();
        size += frame.payload().length;
      } while (!frame.fin());
      assertEquals(100_000, size);
    }
  }

  @Test
  void aRoomsMessageFollowsAStreamedOneAndAPingDoesNotWait() {
    try (RawClient client = RawClient.webSocket(app.port(), "/give")) {
      client.send(text("writer"));
      RawClient.Frame first = client.frame();
      assertEquals(0x01, first.first());
      assertEquals("first, ", first.text());
      assertEquals(0x89, client.frame().first());
      RawClient.Frame last = client.frame();
      assertEquals(0x80, last.first());
      assertEquals("second", last.text());
      assertEquals("the room", client.frame().text());
    }
  }

  @Test
  void aSecondMessageWithinAStreamedOneIsAMistakeNotADeadlock() {
    try (Warnings warnings = Warnings.take();
        RawClient client = RawClient.webSocket(app.port(), "/give")) {
      client.send(text("twice"));
      RawClient.Frame frame = client.frame();
      while (frame.opcode() != 8) {
        frame = client.frame();
      }
      assertEquals(1011, frame.closeCode());
      assertEquals(1, warnings.thrown().size());
    }
  }

  @Test
  void aFailedFutureIsAFailedHandler() {
    try (Warnings warnings = Warnings.take();
        RawClient client = RawClient.webSocket(app.port(), "/give")) {
      assertEquals(1011, client.send(text("fail")).frame().closeCode());
      assertEquals("on purpose", warnings.thrown().getFirst().getMessage());
    }
  }
}
