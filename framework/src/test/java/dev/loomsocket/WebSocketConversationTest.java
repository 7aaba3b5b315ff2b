package dev.loomsocket;

import static dev.loomsocket.RawClient.hex;
import static dev.loomsocket.RawClient.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.RawClient.Frame;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.QueryParam;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bytes over a loopback socket, written and read by a client that shares no code with the server.
 */
class WebSocketConversationTest {
  private static RunningApp app;

  @WebSocketEndpoint("/echo")
  static class Echo {
    @OnMessage
    String text(String text) {
      return text;
    }

    @OnMessage
    byte[] binary(byte[] bytes) {
      return bytes;
    }
  }

  /** Tells the test how its connections end. */
  @WebSocketEndpoint("/watched")
  static class Watched {
    private static final Map<String, BlockingQueue<Integer>> ENDS = new ConcurrentHashMap<>();
    private String name = "";

    @OnOpen
    void open(@QueryParam String name) {
      this.name = name;
    }

    @OnMessage
    void text(Session session, String text) {
      switch (text) {
        case "fail" -> throw new IllegalStateException("on purpose");
        case "close" -> session.close(new CloseStatus(4000, "enough"));
        default -> session.send(text);
      }
    }

    @OnClose
    void close(CloseStatus status) {
      ends(name).add(status.code());
    }

    private static BlockingQueue<Integer> ends(String name) {
      return ENDS.computeIfAbsent(name, key -> new LinkedBlockingQueue<>());
    }

    /** The status with which the next connection of that name ends. */
    static Integer end(String name) throws InterruptedException {
      return ends(name).poll(20, TimeUnit.SECONDS);
    }
  }

  /** Answers, then takes its time over the next message. */
  @WebSocketEndpoint("/slow")
  static class Slow {
    static final BlockingQueue<String> GO = new ArrayBlockingQueue<>(1);

    @OnMessage
    String text(String text) throws InterruptedException {
      return text.equals("wait") ? GO.take() : text;
    }
  }

  @BeforeAll
  static void start() {
    app =
        Loomsocket.app()
            .endpoint(Echo.class)
            .endpoint(Watched.class)
            .endpoint(Slow.class)
            .port(0)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @Test
  void theHandshakeOfTheRfcIsAccepted() {
    try (RawClient client = RawClient.connect(app.port())) {
      String head = client.send(RawClient.handshake("/echo")).head();
      assertTrue(head.startsWith("HTTP/1.1 101 Switching Protocols\r\n"), head);
      assertTrue(head.contains("\r\nUpgrade: websocket\r\n"), head);
      assertTrue(head.contains("\r\nConnection: Upgrade\r\n"), head);
      assertTrue(head.contains("\r\nSec-WebSocket-Accept: " + RawClient.ACCEPT + "\r\n"), head);
    }
  }

  @Test
  void aHandshakeMayComeByteByByte() {
    try (RawClient client = RawClient.connect(app.port())) {
      client.dribble(RawClient.handshake("/echo"));
      assertTrue(client.head().startsWith("HTTP/1.1 101 "));
      client.dribble(hex("81 85 37 fa 21 3d 7f 9f 4d 51 58"));
      assertEquals("Hello", client.frame().text());
    }
  }

  @Test
  void handshakeAndFirstFramesMayShareASegment() {
    try (RawClient client = RawClient.connect(app.port())) {
      client.send(RawClient.handshake("/echo"), text("one"), text("two"));
      client.head();
      assertEquals("one", client.frame().text());
      assertEquals("two", client.frame().text());
    }
  }

  @Test
  void theAnswerIsTheUnmaskedFrameOfTheRfc() {
    try (RawClient client = RawClient.webSocket(app.port(), "/echo")) {
      client.send(hex("81 85 37 fa 21 3d 7f 9f 4d 51 58"));
      assertArrayEquals(hex("81 05 48 65 6c 6c 6f"), client.read(7));
    }
  }

  @Test
  void aThousandFramesInOneSegmentAreAnsweredInOrder() {
    try (RawClient client = RawClient.webSocket(app.port(), "/echo")) {
      ByteArrayOutputStream frames = new ByteArrayOutputStream();
      for (int i = 0; i < 1000; i++) {
        frames.writeBytes(text("message " + i));
      }
      client.send(frames.toByteArray());
      for (int i = 0; i < 1000; i++) {
        assertEquals("message " + i, client.frame().text());
      }
    }
  }

  @Test
  void controlFramesMayComeBetweenFragments() {
    try (RawClient client = RawClient.webSocket(app.port(), "/echo")) {
      client.send(
          RawClient.frame(0x01, "and a".getBytes(UTF_8)),
          RawClient.frame(0x89, "still there?".getBytes(UTF_8)),
          RawClient.frame(0x00, "happy new".getBytes(UTF_8)),
          RawClient.frame(0x80, "year!".getBytes(UTF_8)));
      Frame pong = client.frame();
      assertEquals(0xa, pong.opcode());
      assertEquals("still there?", pong.text());
      assertEquals("and ahappy newyear!", client.frame().text());
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "125", "126", "127", "16368", "16384", "65535", "65536", "1048576"})
  void everyLengthComesBackAsItWas(int length) {
    byte[] payload = new byte[length];
    for (int i = 0; i < length; i++) {
      payload[i] = (byte) (i * 7);
    }
    try (RawClient client = RawClient.webSocket(app.port(), "/echo")) {
      client.send(RawClient.frame(0x82, payload));
      Frame frame = client.frame();
      assertEquals(0x82, frame.first());
      assertArrayEquals(payload, frame.payload());
    }
  }

  @Test
  void aMessageInTinyPiecesComesBackWhole() {
    String message = "κόσμε 🧵 ".repeat(60);
    try (RawClient client = RawClient.webSocket(app.port(), "/echo")) {
      client.dribble(text(message));
      assertEquals(message, client.frame().text());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          c1 80 00 00 00 00                   | 1002 | a reserved bit
          83 80 00 00 00 00                   | 1002 | a reserved opcode
          81 05 48 65 6c 6c 6f                | 1002 | not masked
          09 80 00 00 00 00                   | 1002 | a fragmented Ping
          89 fe                               | 1002 | a Ping that is too long
          80 80 00 00 00 00                   | 1002 | a continuation of nothing
          01 80 00 00 00 00 81 80 00 00 00 00 | 1002 | a message within a message
          82 fe 00 7d                         | 1002 | a length that is not in its shortest form
          82 ff 80                            | 1002 | a length with its top bit set
          88 81 00 00 00 00 03                | 1002 | half a close code
          88 82 00 00 00 00 03 ed             | 1002 | close code 1005
          88 82 00 00 00 00 03 e7             | 1002 | close code 999
          88 83 00 00 00 00 03 e8 ff          | 1007 | a close reason that is not UTF-8
          81 81 00 00 00 00 ff                | 1007 | text that is not UTF-8
          01 85 00 00 00 00 c0                | 1007 | the first bad byte, long before the end
          82 ff 00 00 00 00 00 10 00 01 00 00 00 00 | 1009 | more than 1 MiB announced
          """)
  void whatTheRfcForbidsIsAnsweredWithItsCode(String bytes, int code, String what) {
    try (RawClient client = RawClient.webSocket(app.port(), "/echo")) {
      client.send(hex(bytes));
      Frame close = client.frame();
      assertEquals(0x88, close.first(), what);
      assertEquals(code, close.closeCode(), what);
      assertTrue(client.isEnded(), what);
    }
  }

  @Test
  void theReasonOfTooMuchNamesTheSetting() {
    try (RawClient client = RawClient.webSocket(app.port(), "/echo")) {
      client.send(hex("82 ff 00 00 00 00 00 10 00 01 00 00 00 00"));
      assertTrue(client.frame().text().contains("maxMessageSize"));
    }
  }

  @Test
  void aCloseIsEchoedAndEndsTheConnection() throws InterruptedException {
    try (RawClient client = RawClient.webSocket(app.port(), "/watched?name=clean")) {
      client.send(RawClient.close(1000));
      assertEquals(1000, client.frame().closeCode());
      assertTrue(client.isEnded());
    }
    assertEquals(1000, Watched.end("clean"));
  }

  @Test
  void framesBehindACloseAreIgnored() {
    try (RawClient client = RawClient.webSocket(app.port(), "/echo")) {
      client.send(text("before"), RawClient.close(1000), text("behind"));
      assertEquals("before", client.frame().text());
      assertEquals(1000, client.frame().closeCode());
      assertTrue(client.isEnded());
    }
  }

  @Test
  void theServerMayCloseAndWaitsForTheEcho() throws InterruptedException {
    try (RawClient client = RawClient.webSocket(app.port(), "/watched?name=ours")) {
      client.send(text("close"));
      assertEquals(4000, client.frame().closeCode());
      client.send(RawClient.close(4000));
      assertTrue(client.isEnded());
    }
    assertEquals(4000, Watched.end("ours"));
  }

  @Test
  void aHandlerThatThrowsClosesWith1011AndNoDetail() throws InterruptedException {
    try (Warnings warnings = Warnings.take();
        RawClient client = RawClient.webSocket(app.port(), "/watched?name=failing")) {
      client.send(text("fail"));
      Frame close = client.frame();
      assertEquals(1011, close.closeCode());
      assertEquals(2, close.payload().length);
      assertEquals("on purpose", warnings.thrown().getFirst().getMessage());
    }
    assertEquals(1011, Watched.end("failing"));
  }

  @Test
  void aHalfClosedClientStillGetsItsLastAnswer() throws InterruptedException {
    try (RawClient client = RawClient.webSocket(app.port(), "/watched?name=half")) {
      client.send(text("last words")).halfClose();
      assertEquals("last words", client.frame().text());
      assertTrue(client.isEnded());
    }
    assertEquals(1006, Watched.end("half"));
  }

  @Test
  void fiftyResetsWithinAFrameLeaveTheServerWell() throws InterruptedException {
    for (int i = 0; i < 50; i++) {
      RawClient.webSocket(app.port(), "/watched?name=reset").send(hex("81 85 37 fa")).reset();
    }
    for (int i = 0; i < 50; i++) {
      assertEquals(1006, Watched.end("reset"));
    }
    try (RawClient client = RawClient.webSocket(app.port(), "/echo")) {
      assertEquals("well", client.send(text("well")).frame().text());
    }
  }

  @Test
  void anAnswerDoesNotWaitForTheNextHandler() {
    try (RawClient client = RawClient.webSocket(app.port(), "/slow")) {
      client.send(text("quick"), text("wait"));
      assertEquals("quick", client.frame().text());
      Slow.GO.add("slow");
      assertEquals("slow", client.frame().text());
    }
  }

  @Test
  void twoHundredHalfSentRequestsHoldNobodyUp() {
    List<RawClient> half = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      half.add(
          RawClient.connect(app.port()).send(RawClient.ascii("GET /echo HTTP/1.1\r\nHost: x\r\n")));
    }
    try (RawClient client = RawClient.webSocket(app.port(), "/echo")) {
      assertEquals("well", client.send(text("well")).frame().text());
    }
    half.forEach(RawClient::close);
  }
}
