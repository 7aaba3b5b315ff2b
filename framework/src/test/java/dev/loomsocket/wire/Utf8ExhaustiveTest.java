package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.hex;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The verdicts of Utf8 over all short sequences of bytes, compared with those of the JDK. */
class Utf8ExhaustiveTest {
  @Test
  void allSequencesOfTwoAndThreeBytesAreJudgedAsTheJdkJudgesThem() {
    Jdk jdk = new Jdk();
    byte[] bytes = new byte[3];
    for (int length = 1; length <= 3; length++) {
      for (int value = 0; value < 1 << 8 * length; value++) {
        for (int i = 0; i < length; i++) {
          bytes[i] = (byte) (value >>> 8 * (length - 1 - i));
        }
        compare(jdk, bytes, length);
      }
    }
  }

  @Test
  void sequencesOfFourBytesAreJudgedAsTheJdkJudgesThem() {
    Jdk jdk = new Jdk();
    Random random = new Random(4);
    byte[] bytes = new byte[4];
    for (int n = 0; n < 2_000_000; n++) {
      random.nextBytes(bytes);
      if (n % 4 != 0) { // most of them with the looks of one long character
        bytes[0] = (byte) (0xee + random.nextInt(8));
        bytes[2] = (byte) (bytes[2] & 0x3f | 0x80);
        bytes[3] = (byte) (bytes[3] & 0x3f | 0x80);
      }
      compare(jdk, bytes, 4);
    }
  }

  @Test
  void aByteIsBadExactlyIfNoCharacterGoesOnWithIt() {
    Beginnings beginnings = new Beginnings();
    byte[] bytes = new byte[3];
    for (int value = 0; value < 1 << 24; value++) {
      bytes[0] = (byte) (value >>> 16);
      bytes[1] = (byte) (value >>> 8);
      bytes[2] = (byte) value;
      if (Utf8Test.firstBad(bytes) != beginnings.firstBad(bytes)) {
        throw new AssertionError(hex(bytes) + " fails at " + Utf8Test.firstBad(bytes));
      }
    }
  }

  @Test
  void oneBitWrongInATextIsSeenIfTheJdkSeesIt() {
    Jdk jdk = new Jdk();
    Random random = new Random(6);
    for (int n = 0; n < 100_000; n++) {
      byte[] bytes = Utf8Test.randomText(random, 1 + random.nextInt(30)).getBytes(UTF_8);
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      compare(jdk, bytes, bytes.length);
    }
  }

  private static void compare(Jdk jdk, byte[] bytes, int length) {
    boolean valid = jdk.isValid(bytes, length);
    boolean ours;
    try {
      Utf8 utf8 = new Utf8();
      utf8.feed(bytes, 0, length);
      utf8.end();
      ours = true;
    } catch (ProtocolException e) {
      ours = false;
    }
    if (ours != valid) {
      throw new AssertionError(hex(Arrays.copyOf(bytes, length)) + " is valid: " + valid);
    }
  }

  /** The first three bytes at most of every character that there is. */
  private static final class Beginnings {
    private final BitSet some = new BitSet();
    private final BitSet whole = new BitSet();

    Beginnings() {
      for (int codePoint = 0; codePoint <= 0x10_ffff; codePoint++) {
        if (codePoint < 0xd800 || codePoint > 0xdfff) {
          byte[] character = Character.toString(codePoint).getBytes(UTF_8);
          for (int length = 1; length <= Math.min(3, character.length); length++) {
            some.set(number(character, 0, length));
          }
          if (character.length <= 3) {
            whole.set(number(character, 0, character.length));
          }
        }
      }
    }

    int firstBad(byte[] bytes) {
      int start = 0;
      for (int i = 0; i < bytes.length; i++) {
        int number = number(bytes, start, i + 1);
        if (!some.get(number)) {
          return i;
        }
        if (whole.get(number)) {
          start = i + 1;
        }
      }
      return start == bytes.length ? Utf8Test.VALID : Utf8Test.CUT_OFF;
    }

    private static int number(byte[] bytes, int from, int to) {
      int number = 1; // so that ranges of different lengths differ
      for (int i = from; i < to; i++) {
        number = number << 8 | bytes[i] & 0xff;
      }
      return number;
    }
  }

  /** The JDK's decoder, told to report what is malformed. */
  private static final class Jdk {
    private final CharsetDecoder decoder = UTF_8.newDecoder();
    private final CharBuffer out = CharBuffer.allocate(1024);

    boolean isValid(byte[] bytes, int length) {
      decoder.reset();
      out.clear();
      return !decoder.decode(ByteBuffer.wrap(bytes, 0, length), out, true).isError();
    }
  }
}
