package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.compressed;
import static dev.loomsocket.wire.ClientFrames.frame;
import static dev.loomsocket.wire.ClientFrames.join;
import static dev.loomsocket.wire.Samples.withTail;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one side compresses is what the other side gets, the other side being the JDK's. Seeded. */
class DeflateRoundTripTest {
  private static final int[] SIZES = {
    0, 1, 2, 3, 125, 126, 255, 256, 257, 1_023, 1_024, 4_095, 4_096, 16_367, 16_383, 16_384, 16_385,
    32_767, 32_768, 32_769, 65_535, 65_536, 100_000, 300_000
  };

  private final DeflatePools pools = new DeflatePools(4);

  static Stream<Arguments> allParameters() {
    List<Arguments> all = new ArrayList<>();
    for (int bits = 8; bits <= 15; bits++) {
      for (int context = 0; context < 4; context++) {
        boolean server = (context & 1) != 0;
        boolean client = (context & 2) != 0;
        all.add(Arguments.of(new DeflateParameters(server, client, bits, 23 - bits)));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("allParameters")
  void whatWeDeflateTheJdkInflates(DeflateParameters parameters) throws DataFormatException {
    Random random = new Random(parameters.hashCode());
    Inflater inflater = new Inflater(true);
    try (Deflation deflation = new Deflation(pools, random.nextInt(10), parameters)) {
      for (int size : SIZES) {
        byte[] message = Samples.message(random, size);
        byte[] payload = pieces(deflation, message, random);
        inflater.setInput(withTail(payload));
        byte[] out = new byte[size + 1];
        int at = 0;
        for (int n = 1; n > 0; at += n) {
          n = inflater.inflate(out, at, out.length - at);
        }
        assertEquals(size, at);
        assertEquals(0, inflater.getRemaining());
        assertArrayEquals(message, Arrays.copyOf(out, size));
        if (parameters.serverNoContextTakeover()) {
          inflater.reset();
        }
      }
    }
    inflater.end();
  }

  private static byte[] pieces(Deflation deflation, byte[] message, Random random) {
    byte[] payload = {};
    int at = 0;
    while (random.nextBoolean()) {
      int next = at + random.nextInt(message.length - at + 1);
      payload = join(payload, deflation.piece(message, at, next));
      at = next;
    }
    return join(payload, deflation.lastPiece(message, at, message.length));
  }

  @ParameterizedTest
  @MethodSource("allParameters")
  void whatTheJdkDeflatesWeInflate(DeflateParameters parameters) {
    Random random = new Random(parameters.hashCode());
    Deflater deflater = new Deflater(random.nextInt(10), true);
    try (Inflation inflation = new Inflation(pools, parameters);
        Inflation other = new Inflation(pools, parameters)) {
      Receiver assembling = new Receiver(300_000, inflation, false);
      Receiver streaming = new Receiver(300_000, other, true);
      for (int size : SIZES) {
        byte[] message = Samples.message(random, size);
        byte[] frames = frames(deflated(deflater, message), random);
        for (int at = 0, next; at < frames.length; at = next) {
          next = Math.min(frames.length, at + 1 + random.nextInt(frames.length));
          assembling.feed(Arrays.copyOfRange(frames, at, next));
          streaming.feed(Arrays.copyOfRange(frames, at, next));
        }
        String expected = Receiver.binary(message);
        assertEquals(expected, assembling.events().getLast());
        assertEquals(expected, streaming.events().getLast());
        if (parameters.clientNoContextTakeover()) {
          deflater.reset();
        }
      }
      assertEquals(SIZES.length, assembling.events().size());
      assertEquals(SIZES.length, streaming.events().size());
    }
    deflater.end();
  }

  private static byte[] deflated(Deflater deflater, byte[] message) {
    if (message.length == 0) {
      return new byte[1];
    }
    deflater.setInput(message);
    byte[] out = new byte[message.length + message.length / 100 + 100];
    int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    return Arrays.copyOf(out, length - 4);
  }

  private static byte[] frames(byte[] payload, Random random) {
    List<byte[]> frames = new ArrayList<>();
    int at = 0;
    while (random.nextInt(3) > 0) {
      int next = at + random.nextInt(payload.length - at + 1);
      byte[] piece = Arrays.copyOfRange(payload, at, next);
      frames.add(frames.isEmpty() ? compressed(false, 2, piece) : frame(false, 0, piece));
      at = next;
    }
    byte[] rest = Arrays.copyOfRange(payload, at, payload.length);
    frames.add(frames.isEmpty() ? compressed(true, 2, rest) : frame(true, 0, rest));
    return join(frames.toArray(byte[][]::new));
  }
}
