package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.fuzz.Input;

/**
 * Fuzzes what is compressed, in pieces, with any window: an inflater that follows the specification
 * bit by bit gets it back, and no reference reaches back too far.
 */
public final class DeflateFuzz {
  private static final int MOST = 2_000; // bytes of a message: the other inflater is slow
  private static final DeflatePools POOLS = new DeflatePools(2);

  private DeflateFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Input input = new Input(bytes);
    int level = input.choose(10);
    int bits = 8 + input.choose(8);
    boolean keepsContext = input.flip();
    int repeats = 1 + input.choose(64);
    int pieces = 1 + input.choose(16);
    byte[] message = repeated(input.rest(), repeats);
    int pieceSize = message.length / pieces + 1;
    DeflateParameters parameters = Samples.parameters(!keepsContext, bits);
    byte[] blocks = {};
    byte[] sent = {};
    try (Deflation deflation = new Deflation(POOLS, level, parameters)) {
      for (int messages = 0; messages < 2; messages++) {
        byte[] one = Samples.withTail(deflate(deflation, message, pieceSize));
        blocks = keepsContext ? ClientFrames.join(blocks, one) : one;
        sent = keepsContext ? ClientFrames.join(sent, message) : message;
        PlainInflate back = PlainInflate.of(blocks);
        assertArrayEquals(sent, back.bytes());
        assertTrue(back.largestDistance() <= 1 << bits, "too far back");
      }
    }
  }

  private static byte[] repeated(byte[] bytes, int times) {
    byte[] all = new byte[Math.min(bytes.length * times, MOST)];
    for (int at = 0; at < all.length; at += bytes.length) {
      System.arraycopy(bytes, 0, all, at, Math.min(bytes.length, all.length - at));
    }
    return all;
  }

  private static byte[] deflate(Deflation deflation, byte[] message, int pieceSize) {
    byte[] payload = {};
    int at = 0;
    for (; message.length - at > pieceSize; at += pieceSize) {
      payload = ClientFrames.join(payload, deflation.piece(message, at, at + pieceSize));
    }
    return ClientFrames.join(payload, deflation.lastPiece(message, at, message.length));
  }
}
