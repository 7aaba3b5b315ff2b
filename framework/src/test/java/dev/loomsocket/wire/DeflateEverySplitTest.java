package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.compressed;
import static dev.loomsocket.wire.ClientFrames.frame;
import static dev.loomsocket.wire.ClientFrames.hex;
import static dev.loomsocket.wire.ClientFrames.join;
import static dev.loomsocket.wire.Samples.CONTEXT;
import static dev.loomsocket.wire.Samples.NO_CONTEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The frames of RFC 7692 §7.2.3 and what may go wrong with them: the same result however the
 * network cuts them, whether messages are assembled or streamed.
 */
class DeflateEverySplitTest {
  private static final boolean FIN = true;
  private static final boolean MORE = false;
  private static final byte[] HELLO = hex("f2 48 cd c9 c9 07 00");
  private static final DeflatePools POOLS = new DeflatePools(4);

  static Stream<Arguments> vectors() {
    return Stream.of(
        vector("one block (§7.2.3.1)", compressed(FIN, 1, HELLO), "text Hello"),
        vector(
            "one block in two fragments (§7.2.3.1)",
            join(compressed(MORE, 1, hex("f2 48 cd")), frame(FIN, 0, hex("c9 c9 07 00"))),
            "text Hello"),
        vector(
            "a stored block (§7.2.3.3)",
            compressed(FIN, 1, hex("00 05 00 fa ff 48 65 6c 6c 6f 00")),
            "text Hello"),
        vector(
            "a final block (§7.2.3.4)",
            compressed(FIN, 1, hex("f3 48 cd c9 c9 07 00 00")),
            "text Hello"),
        vector(
            "two blocks (§7.2.3.5)",
            compressed(FIN, 1, hex("f2 48 05 00 00 00 ff ff ca c9 c9 07 00")),
            "text Hello"),
        vector(
            "a last fragment with nothing left (§7.2.3.6)",
            join(compressed(MORE, 1, join(HELLO, hex("00 00 ff ff"))), frame(FIN, 0, hex("00"))),
            "text Hello"),
        vector(
            "an empty last fragment behind a complete payload",
            join(compressed(MORE, 1, HELLO), frame(FIN, 0, hex(""))),
            "text Hello"),
        vector(
            "an empty last fragment behind a payload with its tail",
            join(compressed(MORE, 1, join(HELLO, hex("00 00 ff ff"))), frame(FIN, 0, hex(""))),
            "text Hello"),
        vector("from a browser", hex("c1 85 43 02 0a cf 71 36 3e cb 43"), "text 111"),
        vector("empty text", compressed(FIN, 1, hex("00")), "text "),
        vector("empty binary, two blocks", compressed(FIN, 2, hex("02 00")), "binary "),
        vector("no payload at all", compressed(FIN, 1, hex("")), "text "),
        vector(
            "compressed and not, in turn",
            join(
                compressed(FIN, 1, HELLO),
                frame(FIN, 1, "plain".getBytes(UTF_8)),
                compressed(FIN, 2, HELLO),
                frame(MORE, 2, hex("01")),
                frame(FIN, 0, hex("02"))),
            "text Hello",
            "text plain",
            "binary 48 65 6c 6c 6f",
            "binary 01 02"),
        vector(
            "control frames and empty frames between fragments",
            join(
                compressed(MORE, 1, hex("")),
                frame(FIN, 9, hex("3f")),
                frame(MORE, 0, hex("f2 48")),
                frame(MORE, 0, hex("")),
                frame(FIN, 10, hex("")),
                frame(FIN, 0, hex("cd c9 c9 07 00")),
                frame(FIN, 8, hex("03 e8"))),
            "ping 3f",
            "pong ",
            "text Hello",
            "close 1000"),
        vector("a ping with RSV1", frame(FIN, 0x49, hex("")), "fail 1002"),
        vector(
            "a close with RSV1",
            join(compressed(FIN, 1, HELLO), frame(FIN, 0x48, hex(""))),
            "text Hello",
            "fail 1002"),
        vector(
            "a continuation with RSV1",
            join(compressed(MORE, 1, hex("f2 48")), frame(FIN, 0x40, hex("cd c9 c9 07 00"))),
            "fail 1002"),
        vector(
            "a plain message continued with RSV1",
            join(frame(MORE, 1, hex("61")), frame(FIN, 0x40, HELLO)),
            "fail 1002"),
        vector("RSV2", frame(FIN, 0x21, HELLO), "fail 1002"),
        vector(
            "a compressed message inside a plain one",
            join(frame(MORE, 1, hex("61")), compressed(FIN, 1, HELLO)),
            "fail 1002"),
        vector("rubbish", compressed(FIN, 1, hex("ff ff")), "fail 1007"),
        vector("text that is not UTF-8", compressed(FIN, 1, stored("61 ed a0 80")), "fail 1007"),
        vector("text cut off", compressed(FIN, 1, stored("61 e2 82")), "fail 1007"),
        vector(
            "a bad byte fails before its message is complete",
            join(compressed(MORE, 1, stored("61 ff")), hex("80 85 00 00 00 00 a0")),
            "fail 1007"),
        vector(
            "binary that is not UTF-8", compressed(FIN, 2, stored("ed a0 80")), "binary ed a0 80"));
  }

  static Stream<Arguments> onlyWithContext() {
    return Stream.of(
        vector(
            "the window is kept (§7.2.3.2)",
            join(compressed(FIN, 1, HELLO), compressed(FIN, 1, hex("f2 00 11 00 00"))),
            "text Hello",
            "text Hello"),
        vector(
            "over a plain message",
            join(
                compressed(FIN, 1, HELLO),
                frame(FIN, 1, hex("61")),
                compressed(FIN, 1, hex("f2 00 11 00 00"))),
            "text Hello",
            "text a",
            "text Hello"));
  }

  static Stream<Arguments> onlyWithoutContext() {
    return Stream.of(
        vector(
            "the window is not kept",
            join(compressed(FIN, 1, HELLO), compressed(FIN, 1, hex("f2 00 11 00 00"))),
            "text Hello",
            "fail 1007"),
        vector("cut off inside a block", compressed(FIN, 1, hex("f2 48 cd c9 c9")), "fail 1007"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"vectors", "onlyWithContext"})
  void withContext(String name, byte[] bytes, List<String> events) {
    cutEverywhere(CONTEXT, bytes, events);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"vectors", "onlyWithoutContext"})
  void withoutContext(String name, byte[] bytes, List<String> events) {
    cutEverywhere(NO_CONTEXT, bytes, events);
  }

  private static void cutEverywhere(
      DeflateParameters parameters, byte[] bytes, List<String> events) {
    byte[][] single = new byte[bytes.length][];
    for (int i = 0; i < bytes.length; i++) {
      single[i] = new byte[] {bytes[i]};
    }
    for (boolean streams : new boolean[] {false, true}) {
      assertEquals(events, receive(parameters, streams, single), "in single bytes");
      for (int first = 0; first <= bytes.length; first++) {
        for (int second = first; second <= bytes.length; second++) {
          byte[] a = Arrays.copyOfRange(bytes, 0, first);
          byte[] b = Arrays.copyOfRange(bytes, first, second);
          byte[] c = Arrays.copyOfRange(bytes, second, bytes.length);
          String cut = "cut at " + first + " and " + second + (streams ? ", streamed" : "");
          assertEquals(events, receive(parameters, streams, a, b, c), cut);
        }
      }
    }
  }

  private static List<String> receive(
      DeflateParameters parameters, boolean streams, byte[]... pieces) {
    try (Inflation inflation = new Inflation(POOLS, parameters)) {
      return Receiver.receive(new Receiver(1 << 20, inflation, streams), pieces);
    }
  }

  /** A message of up to 255 bytes in a stored block. */
  private static byte[] stored(String hex) {
    byte[] bytes = hex(hex);
    byte length = (byte) bytes.length;
    return join(new byte[] {0, length, 0, (byte) ~length, -1}, bytes, new byte[1]);
  }

  private static Arguments vector(String name, byte[] bytes, String... events) {
    return Arguments.of(name, bytes, List.of(events));
  }
}
