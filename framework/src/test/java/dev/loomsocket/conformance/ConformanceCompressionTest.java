package dev.loomsocket.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.RunningApp;
import dev.loomsocket.conformance.ParameterSet.Case;
import dev.loomsocket.wire.PlainInflate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chapter 13 of the conformance table, over a loopback socket and against the pure core. */
class ConformanceCompressionTest {
  private static final int BYTES_TO_LOOK_INTO = 1 << 20; // in the answers of a case
  private static final int THROUGH_THE_CORE = 100; // messages of a case, at most
  private static final byte[] TAIL = {0, 0, -1, -1};

  private static RunningApp app;

  @BeforeAll
  static void start() {
    app = Echoes.start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  static Stream<Case> cases() {
    return ParameterSet.all().stream().flatMap(ParameterSet::cases);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void overLoopback(Case each) throws IOException {
    try (Client client = new Client(app.port())) {
      String answer = client.open(each.set().setting());
      Echo echo =
          message -> {
            client.send(message);
            return client.frame().orElseThrow();
          };
      checkWindow(answer, echoes(each, each.messages(), answer, echo));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void throughTheCore(Case each) throws IOException {
    try (Core core = new Core(each.set().setting(), false)) {
      Echo echo =
          message -> {
            core.receive(message, 0, message.length);
            return Frame.read(new ByteArrayInputStream(core.take())).orElseThrow();
          };
      echoes(each, Math.min(each.messages(), THROUGH_THE_CORE), core.answer(), echo);
    }
  }

  private interface Echo {
    Frame of(byte[] message) throws IOException;
  }

  /** Sends a case's messages, one after the other; what has come back compressed. */
  private static byte[] echoes(Case each, int messages, String answer, Echo echo)
      throws IOException {
    assertEquals(each.set().answer(), answer);
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (PeerDeflate deflate = new PeerDeflate(answer)) {
      for (int i = 0; i < messages; i++) {
        Corpus sent = Corpus.of(31L * each.toString().hashCode() + i, each.size());
        boolean plain = i % 8 == 5; // now and then the client does not compress
        byte[] payload = plain ? sent.message() : deflate.deflate(sent.message());
        int first = 0x80 | (plain ? 0 : 0x40) | sent.opcode();
        Frame frame = echo.of(Script.message(first, payload, each.set().fragment()));
        check(sent, frame, deflate);
        if (frame.isCompressed() && compressed.size() < BYTES_TO_LOOK_INTO) {
          compressed.writeBytes(frame.payload());
          compressed.writeBytes(TAIL);
        }
      }
    }
    return compressed.toByteArray();
  }

  private static void checkWindow(String answer, byte[] compressed) {
    int windowBits = PeerDeflate.windowBits(answer, "server");
    if (windowBits < 15) {
      int farthest = PlainInflate.of(compressed).largestDistance();
      assertTrue(farthest <= 1 << windowBits, () -> "a reference " + farthest + " bytes back");
    }
  }

  private static void check(Corpus sent, Frame frame, PeerDeflate deflate) {
    assertEquals(0x80 | sent.opcode(), frame.first() & ~0x40);
    byte[] payload = frame.payload();
    assertArrayEquals(sent.message(), frame.isCompressed() ? deflate.inflate(payload) : payload);
    boolean oneCharacter = sent.opcode() == 1 && sent.message()[0] == '*';
    if (oneCharacter && sent.message().length >= 1024) {
      assertTrue(frame.isCompressed() && payload.length < sent.message().length / 8);
    }
  }
}
