package dev.loomsocket.session;

import static dev.loomsocket.session.Frames.client;
import static dev.loomsocket.session.Frames.close;
import static dev.loomsocket.session.Frames.hex;
import static dev.loomsocket.session.Frames.join;
import static dev.loomsocket.session.Frames.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.session.Served.Connection;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Pong;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class FrameLoopTest {
  /** What a client says in most of the ways that there are; the replies follow from it. */
  private static final byte[] CONVERSATION =
      join(
          text("Hello"),
          client(Frames.PING, "one".getBytes(UTF_8)),
          client(0x01, "and a".getBytes(UTF_8)),
          client(Frames.PING, "two".getBytes(UTF_8)),
          client(0x00, "happy new ".getBytes(UTF_8)),
          client(Frames.PONG, "unasked".getBytes(UTF_8)),
          client(0x80, "κόσμε 🧵".getBytes(UTF_8)),
          client(0x82, new byte[130]),
          client(0x82, new byte[0]),
          client(0x02, hex("01 02")),
          client(0x00, new byte[0]),
          client(0x80, hex("03")),
          close(4000));

  private static final String[] REPLIES = {
    "text Hello",
    "pong one",
    "pong two",
    "text and ahappy new κόσμε 🧵",
    "binary " + "00".repeat(130),
    "binary ",
    "binary 010203",
    "close 4000"
  };

  @WebSocketEndpoint(value = "/test", maxMessageSize = 70_000)
  static class Echo {
    private final Journal journal;

    Echo(Journal journal) {
      this.journal = journal;
    }

    @OnMessage
    String text(String text) {
      return text;
    }

    @OnMessage
    byte[] binary(byte[] bytes) {
      return bytes;
    }

    @OnMessage
    void pong(Pong pong) {
      journal.add(
          "pong "
              + UTF_8.decode(pong.data())
              + pong.roundTrip().map(time -> " in time").orElse(""));
    }

    @OnClose
    void close(CloseStatus status) {
      journal.add("close " + status.code());
    }
  }

  private final Served served = new Served(Echo.class);

  @Test
  void everySplitGetsTheSameReplies() {
    for (int cut = 0; cut <= CONVERSATION.length; cut++) {
      converse(
          Arrays.copyOf(CONVERSATION, cut),
          Arrays.copyOfRange(CONVERSATION, cut, CONVERSATION.length));
    }
  }

  @Test
  void byteByByteGetsTheSameReplies() {
    byte[][] bytes = new byte[CONVERSATION.length][];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = new byte[] {CONVERSATION[i]};
    }
    converse(bytes);
  }

  @Test
  void randomPiecesGetTheSameReplies() {
    Random random = new Random(23);
    for (int round = 0; round < 100; round++) {
      List<byte[]> pieces = new ArrayList<>();
      for (int from = 0, to; from < CONVERSATION.length; from = to) {
        to = Math.min(CONVERSATION.length, from + 1 + random.nextInt(60));
        pieces.add(Arrays.copyOfRange(CONVERSATION, from, to));
      }
      converse(pieces.toArray(byte[][]::new));
    }
  }

  private void converse(byte[]... pieces) {
    Connection connection = served.connect();
    for (byte[] piece : pieces) {
      connection.send(piece).awaitIdle();
    }
    connection.awaitEnd();
    connection.awaitFrames(REPLIES);
    served.journal().await("pong unasked");
    served.journal().await("close 4000");
  }

  @Test
  void aThousandFramesInOneReadAreAnsweredInOrderAndFewWrites() {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    String[] replies = new String[1000];
    for (int i = 0; i < replies.length; i++) {
      frames.writeBytes(text("m" + i));
      replies[i] = "text m" + i;
    }
    Connection connection = served.connect();
    connection.peer().transport().busy(); // nothing is flushed but by the loop
    connection.send(frames.toByteArray()).awaitFrames(replies);
    assertTrue(connection.peer().transport().writes() <= 2, "they fill one read buffer");
    end(connection);
  }

  @Test
  void repliesDoNotWaitForTheRestOfTheNextFrame() {
    Connection connection = served.connect();
    connection.peer().transport().busy();
    connection.send(text("Hello"), hex("81 85 37")).awaitFrames("text Hello");
    connection.peer().transport().end();
    connection.awaitEnd();
  }

  @ParameterizedTest
  @CsvSource({"125", "126", "16384", "65535", "65536", "70000"})
  void aLargeMessageMayComeInPieces(int length) {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);
    byte[] frame = client(Frames.BINARY, payload);
    Connection connection = served.connect();
    for (int from = 0; from < frame.length; from += 5_000) {
      connection
          .send(Arrays.copyOfRange(frame, from, Math.min(frame.length, from + 5_000)))
          .awaitIdle();
    }
    byte[] expected = Frames.server(Frames.BINARY, payload);
    assertArrayEquals(expected, connection.peer().transport().awaitReceived(expected.length));
    end(connection);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          c1 80 00 00 00 00                   | 1002 | RSV1 without an extension (§5.2)
          a1 80 00 00 00 00                   | 1002 | RSV2
          91 80 00 00 00 00                   | 1002 | RSV3
          83 80 00 00 00 00                   | 1002 | a reserved opcode for data
          8b 80 00 00 00 00                   | 1002 | a reserved opcode for control
          81 05 48 65 6c 6c 6f                | 1002 | not masked (§5.1)
          09 80 00 00 00 00                   | 1002 | a fragmented Ping (§5.5)
          89 fe 00 7e 00 00 00 00             | 1002 | a Ping of 126 bytes (§5.5)
          80 80 00 00 00 00                   | 1002 | a continuation of nothing (§5.4)
          01 80 00 00 00 00 81 80 00 00 00 00 | 1002 | a message within a message (§5.4)
          82 fe 00 7d 00 00 00 00             | 1002 | a length that is not in its shortest form (§5.2)
          82 ff 00 00 00 00 00 00 ff ff       | 1002 | the same with 64 bits
          82 ff 80 00 00 00 00 00 00 00       | 1002 | a length with its top bit set
          88 81 00 00 00 00 03                | 1002 | half a close code (§5.5.1)
          88 82 00 00 00 00 03 ed             | 1002 | close code 1005 (§7.4.1)
          88 82 00 00 00 00 03 ee             | 1002 | close code 1006
          88 82 00 00 00 00 03 e7             | 1002 | close code 999 (§7.4.2)
          88 83 00 00 00 00 03 e8 ff          | 1007 | a close reason that is not UTF-8 (§5.5.1)
          81 81 00 00 00 00 ff                | 1007 | text that is not UTF-8 (§8.1)
          81 83 00 00 00 00 ed a0 80          | 1007 | a surrogate
          81 82 00 00 00 00 e2 82             | 1007 | text that ends within a character
          01 81 00 00 00 00 e2 80 80 00 00 00 00 | 1007 | fragmented text that ends within a character
          01 85 00 00 00 00 c0                | 1007 | the first bad byte, long before the end
          82 ff 00 00 00 00 00 01 11 71       | 1009 | 70 001 bytes announced where 70 000 are allowed
          02 81 00 00 00 00 07 80 ff 00 00 00 00 00 01 11 70 | 1009 | the same in sum
          """)
  void whatTheRfcForbidsEndsTheConnectionWhereverItIsCut(String vector, int code, String what) {
    byte[] bytes = hex(vector);
    for (int cut = 0; cut < bytes.length; cut++) {
      Connection connection = served.connect();
      connection.send(text("before"), Arrays.copyOf(bytes, cut)).awaitIdle();
      connection.send(Arrays.copyOfRange(bytes, cut, bytes.length), new byte[14], text("behind"));
      connection.awaitEnd();
      List<String> frames = connection.peer().frames();
      assertEquals("text before", frames.getFirst(), what);
      assertTrue(frames.get(1).startsWith("close " + code + " "), what + ": " + frames);
      assertEquals(2, frames.size(), what);
      served.journal().await("close " + code);
    }
  }

  @Test
  void theReasonOfTooMuchNamesTheSetting() {
    Connection connection = served.connect();
    connection.send(hex("82 ff 00 00 00 00 00 01 11 71 00 00 00 00")).awaitEnd();
    assertTrue(connection.peer().frames().getFirst().contains("maxMessageSize"));
  }

  @Test
  void framesBehindACloseAreIgnored() {
    Connection connection = served.connect();
    connection.send(text("before"), close(1000), text("behind"), hex("ff ff")).awaitEnd();
    connection.awaitFrames("text before", "close 1000");
    served.journal().await("close 1000");
  }

  @Test
  void anAnswerToAPingOfOursHasItsTime() {
    Connection connection = served.connect();
    connection.advance(Settings.DEFAULT.pingAfter()).awaitFrames("ping 00000001");
    connection.send(client(Frames.PONG, hex("00 00 00 01")));
    served.journal().await("pong \0\0\0\1 in time");
    end(connection);
  }

  @WebSocketEndpoint("/test")
  static class Guest {
    private final Journal journal;

    Guest(Journal journal) {
      this.journal = journal;
    }

    @OnOpen
    void open(Session session) {
      session.join("hall");
    }

    @OnClose
    void close(CloseStatus status) {
      journal.add("close " + status.code());
    }
  }

  @Test
  void aListenerThatTakesItsTimeDoesNotKeepTheEndpointFromItsEndButIsToldInTime()
      throws InterruptedException {
    Served served = new Served(Guest.class);
    CountDownLatch go = new CountDownLatch(1);
    served
        .rooms()
        .lasting("hall")
        .onLeave(presence -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          served.journal().add("told");
        });
    Connection connection = served.connect().send(close(1000));
    served.journal().await("close 1000");
    assertEquals(List.of(), served.journal().rest());
    go.countDown();
    connection.awaitEnd();
    assertEquals(List.of("told"), served.journal().rest());
  }

  private static void end(Connection connection) {
    connection.send(close(1000)).awaitEnd();
  }
}
