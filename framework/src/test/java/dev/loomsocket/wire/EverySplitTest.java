package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.frame;
import static dev.loomsocket.wire.ClientFrames.hex;
import static dev.loomsocket.wire.ClientFrames.join;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same bytes give the same result, however the network cuts them. */
class EverySplitTest {
  private static final boolean FIN = true;
  private static final boolean MORE = false;

  static Stream<Arguments> vectors() {
    return Stream.of(
        vector("masked Hello (§5.7)", hex("81 85 37 fa 21 3d 7f 9f 4d 51 58"), "text Hello"),
        vector(
            "masked Pong (§5.7)", hex("8a 85 37 fa 21 3d 7f 9f 4d 51 58"), "pong 48 65 6c 6c 6f"),
        vector("unmasked Hello (§5.7)", hex("81 05 48 65 6c 6c 6f"), "fail 1002"),
        vector("unmasked fragments (§5.7)", hex("01 03 48 65 6c 80 02 6c 6f"), "fail 1002"),
        vector(
            "the same fragments, masked",
            join(frame(MORE, 1, text("Hel")), frame(FIN, 0, text("lo"))),
            "text Hello"),
        vector(
            "a dialogue: one frame, then three",
            join(
                frame(FIN, 1, text("hello")),
                frame(MORE, 1, text("and a")),
                frame(MORE, 0, text("happy new")),
                frame(FIN, 0, text("year!"))),
            "text hello",
            "text and ahappy newyear!"),
        vector(
            "control frames between fragments",
            join(
                frame(MORE, 2, new byte[] {1}),
                frame(FIN, 9, text("?")),
                frame(MORE, 0, new byte[0]),
                frame(FIN, 10, new byte[0]),
                frame(FIN, 0, new byte[] {2, 3}),
                frame(FIN, 8, hex("03 e8 6f 6b"))),
            "ping 3f",
            "pong ",
            "binary 01 02 03",
            "close 1000 ok"),
        vector("an empty Close", frame(FIN, 8, new byte[0]), "close 1005"),
        vector("half a close code", frame(FIN, 8, hex("03")), "fail 1002"),
        vector("a forbidden close code", frame(FIN, 8, hex("03 ed")), "fail 1002"),
        vector("empty text", frame(FIN, 1, new byte[0]), "text "),
        vector("text of 1, 2, 3 and 4 bytes", frame(FIN, 1, text("Hé€😀")), "text Hé€😀"),
        vector("text cut off", frame(FIN, 1, hex("61 e2 82")), "fail 1007"),
        vector("a surrogate", frame(FIN, 1, hex("61 ed a0 80 62")), "fail 1007"),
        vector(
            "a surrogate in two frames, the second never complete",
            join(frame(MORE, 1, hex("61 ed")), hex("80 85 00 00 00 00 a0")),
            "fail 1007"),
        vector("16-bit length", frame(FIN, 2, counted(300)), Receiver.binary(counted(300))),
        vector(
            "two messages and a reserved opcode",
            join(frame(FIN, 1, text("a")), frame(FIN, 1, text("b")), hex("83")),
            "text a",
            "text b",
            "fail 1002"),
        vector(
            "a length not in its shortest form",
            join(frame(FIN, 1, text("a")), hex("81 fe 00 05 00 00 00 00")),
            "text a",
            "fail 1002"),
        vector(
            "a continuation of nothing",
            join(frame(FIN, 1, text("a")), frame(FIN, 0, text("b"))),
            "text a",
            "fail 1002"),
        vector(
            "a message inside a message",
            join(frame(MORE, 1, text("a")), frame(FIN, 1, text("b"))),
            "fail 1002"),
        vector("too big", hex("82 ff 00 00 00 00 00 10 00 01 00 00 00 00"), "fail 1009"),
        vector(
            "too big together",
            join(frame(MORE, 2, text("a")), hex("80 ff 00 00 00 00 00 10 00 00 00 00 00 00")),
            "fail 1009"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void inOnePiece(String name, byte[] bytes, List<String> events) {
    assertEquals(events, Receiver.receive(bytes));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void inSingleBytes(String name, byte[] bytes, List<String> events) {
    byte[][] pieces = new byte[bytes.length][];
    for (int i = 0; i < bytes.length; i++) {
      pieces[i] = new byte[] {bytes[i]};
    }
    assertEquals(events, Receiver.receive(pieces));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void inTwoAndThreePiecesCutAnywhere(String name, byte[] bytes, List<String> events) {
    for (int first = 0; first <= bytes.length; first++) {
      for (int second = first; second <= bytes.length; second++) {
        byte[] a = Arrays.copyOfRange(bytes, 0, first);
        byte[] b = Arrays.copyOfRange(bytes, first, second);
        byte[] c = Arrays.copyOfRange(bytes, second, bytes.length);
        assertEquals(events, Receiver.receive(a, b, c), "cut at " + first + " and " + second);
      }
    }
  }

  private static Arguments vector(String name, byte[] bytes, String... events) {
    return Arguments.of(name, bytes, List.of(events));
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] counted(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
