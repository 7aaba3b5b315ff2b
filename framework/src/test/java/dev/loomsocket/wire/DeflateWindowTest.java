package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.join;
import static dev.loomsocket.wire.Samples.withTail;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** server_max_window_bits: no reference reaches farther back than it says (RFC 7692 §7.1.2.1). */
class DeflateWindowTest {
  /** Inflates each line's second word in a window of its first, a few bytes at a time. */
  private static final String PYTHON =
      """
      import base64, sys, zlib
      lines = 0
      for line in sys.stdin:
          bits, deflated, plain = line.rstrip('\\n').split(',')
          inflater = zlib.decompressobj(-int(bits))
          left, more, out = base64.b64decode(deflated), b'', b''
          while left or more:
              more = inflater.decompress(left, 61)
              out += more
              left = inflater.unconsumed_tail
          assert out == base64.b64decode(plain), 'line %d, window bits %s' % (lines, bits)
          lines += 1
      print(lines)
      """;

  private final DeflatePools pools = new DeflatePools(1);

  /** A stream of messages as it was deflated, and what it must become. */
  private record Conversation(byte[] deflated, byte[] plain) {}

  private Conversation conversation(int bits, boolean noContext, Random random) {
    DeflateParameters parameters = Samples.parameters(noContext, bits);
    List<byte[]> deflated = new ArrayList<>();
    List<byte[]> plain = new ArrayList<>();
    try (Deflation deflation = new Deflation(pools, 1 + random.nextInt(9), parameters)) {
      for (int n = 0; n < 12; n++) {
        byte[] message = Samples.message(random, random.nextInt(n == 0 ? 100_000 : 3 << bits - 3));
        int cut = random.nextInt(message.length + 1);
        deflated.add(deflation.piece(message, 0, cut));
        deflated.add(withTail(deflation.lastPiece(message, cut, message.length)));
        plain.add(message);
      }
      // around the window's own size, where a flush and the end may meet
      for (int size = (1 << bits) - 2; size <= (1 << bits) + 2; size++) {
        byte[] message = Samples.message(random, size);
        deflated.add(withTail(deflation.message(message)));
        plain.add(message);
      }
    }
    return new Conversation(
        join(deflated.toArray(byte[][]::new)), join(plain.toArray(byte[][]::new)));
  }

  @ParameterizedTest
  @CsvSource({
    "8, true",
    "9, true",
    "10, true",
    "11, true",
    "12, true",
    "13, true",
    "14, true",
    "15, true",
    "8, false",
    "9, false",
    "10, false",
    "11, false",
    "12, false",
    "13, false",
    "14, false",
    "15, false",
  })
  void noReferenceReachesOutOfTheWindow(int bits, boolean noContext) {
    Random random = new Random(bits);
    int largest = 0;
    for (int n = 0; n < 4; n++) {
      Conversation conversation = conversation(bits, noContext, random);
      PlainInflate inflated = PlainInflate.of(conversation.deflated());
      assertArrayEquals(conversation.plain(), inflated.bytes());
      largest = Math.max(largest, inflated.largestDistance());
    }
    int window = 1 << bits;
    assertTrue(largest < window, largest + " bytes back, in a window of " + window);
    assertTrue(largest > window / 2, "only " + largest + " bytes back: that proves little");
  }

  @Test
  void thePlainInflaterSeesWhatReachesTooFar() {
    byte[] tooFar = Samples.message(new Random(1), 300);
    byte[] twice = join(tooFar, tooFar);
    try (Deflation large = new Deflation(pools, 9, Samples.parameters(true, 15))) {
      assertEquals(300, PlainInflate.of(withTail(large.message(twice))).largestDistance());
    }
    try (Deflation small = new Deflation(pools, 9, Samples.parameters(true, 8))) {
      assertTrue(PlainInflate.of(withTail(small.message(twice))).largestDistance() < 256);
    }
  }

  @Test
  void pythonsZlibInflatesInAWindowOfThatSize() throws Exception {
    Random random = new Random(7692);
    StringBuilder lines = new StringBuilder();
    int count = 0;
    Base64.Encoder base64 = Base64.getEncoder();
    for (int bits = 8; bits <= 15; bits++) {
      for (int n = 0; n < 6; n++, count++) {
        Conversation one = conversation(bits, n % 2 == 0, random);
        lines.append(bits).append(',').append(base64.encodeToString(one.deflated())).append(',');
        lines.append(base64.encodeToString(one.plain())).append('\n');
      }
    }
    assertEquals(Integer.toString(count), python(lines.toString()));
  }

  private static String python(String input) throws Exception {
    Process python;
    try {
      python = new ProcessBuilder("python3", "-c", PYTHON).redirectErrorStream(true).start();
    } catch (IOException e) {
      String reason = "no python3 here: its zlib did not check the windows";
      System.out.println(reason);
      assumeTrue(false, reason);
      throw e;
    }
    try (OutputStream in = python.getOutputStream()) {
      in.write(input.getBytes(US_ASCII));
    } catch (IOException e) {
      // it gave up: what it prints says why
    }
    String output = new String(python.getInputStream().readAllBytes(), US_ASCII).strip();
    assertTrue(python.waitFor(60, TimeUnit.SECONDS));
    return output;
  }
}
