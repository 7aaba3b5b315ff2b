package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.hex;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskTest {
  @Test
  void unmasksTheHelloOfTheRfc() {
    byte[] payload = hex("7f 9f 4d 51 58"); // §5.7
    Mask.apply(payload, 0, payload.length, 0x37fa213d, 0);
    assertEquals("Hello", new String(payload, US_ASCII));
  }

  @Test
  void everyLengthAtEveryOffsetAndPhaseIsMaskedAsByteByByte() {
    Random random = new Random(1);
    for (int length = 0; length <= 80; length++) {
      for (int from = 0; from < 9; from++) {
        for (int phase = 0; phase < 4; phase++) {
          byte[] bytes = new byte[100];
          random.nextBytes(bytes);
          int key = random.nextInt();
          byte[] expected = bytes.clone();
          byteByByte(expected, from, from + length, key, phase);
          Mask.apply(bytes, from, from + length, key, phase);
          assertArrayEquals(expected, bytes);
        }
      }
    }
  }

  @Test
  void onlyTheLastTwoBitsOfThePhaseMatter() {
    for (int phase : new int[] {4, 7, 1_000_002, Integer.MAX_VALUE, Integer.MIN_VALUE + 1, -1}) {
      byte[] one = new byte[21];
      byte[] other = new byte[21];
      Mask.apply(one, 0, 21, 0x01020304, phase);
      Mask.apply(other, 0, 21, 0x01020304, phase & 3);
      assertArrayEquals(other, one);
    }
  }

  @Test
  void aPayloadMayComeInPieces() {
    byte[] whole = new byte[40];
    new Random(2).nextBytes(whole);
    byte[] expected = whole.clone();
    byteByByte(expected, 0, 40, 0xcafebabe, 0);
    for (int first = 0; first <= 40; first++) {
      for (int second = first; second <= 40; second++) {
        byte[] pieces = whole.clone();
        Mask.apply(pieces, 0, first, 0xcafebabe, 0);
        Mask.apply(pieces, first, second, 0xcafebabe, first);
        Mask.apply(pieces, second, 40, 0xcafebabe, second);
        assertArrayEquals(expected, pieces);
      }
    }
  }

  private static void byteByByte(byte[] bytes, int from, int to, int key, int phase) {
    for (int i = from; i < to; i++) {
      bytes[i] ^= (byte) (key >>> 24 - 8 * ((i - from + phase) % 4));
    }
  }
}
