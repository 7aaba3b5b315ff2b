package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
  static final int VALID = -1;
  static final int CUT_OFF = -2;

  /** Where the RFC 3629 table breaks, around each of its borders. */
  @ParameterizedTest
  @CsvSource({
    // bytes, index of the first bad one (-1: valid, -2: the last character is cut off)
    "00, -1",
    "7f, -1",
    "ce ba e1 bd b9 cf 83 ce bc ce b5, -1", // κόσμε
    "f0 9f 98 80, -1", // 😀
    "ef bf bd, -1", // U+FFFD, written by the sender
    "ef bb bf 61, -1", // a byte order mark
    "ef bf be ef bf bf, -1", // U+FFFE and U+FFFF are no characters, but encodable
    // first and last of each length
    "c2 80, -1",
    "df bf, -1",
    "e0 a0 80, -1",
    "ef bf bf, -1",
    "f0 90 80 80, -1",
    "f4 8f bf bf, -1", // U+10FFFF
    "ed 9f bf, -1", // the last before the surrogates
    "ee 80 80, -1", // the first behind them
    // unexpected continuation bytes
    "80, 0",
    "bf, 0",
    "61 80, 1",
    "c3 a9 a9, 2",
    "f0 9f 98 80 80, 4",
    // bytes that never occur
    "c0, 0",
    "c1, 0",
    "f5, 0",
    "f8 88 80 80 80, 0",
    "fc 84 80 80 80 80, 0",
    "fe, 0",
    "ff, 0",
    "61 62 fe, 2",
    // a character broken off by another one
    "c3 61, 1",
    "c3 c3, 1",
    "e2 82 61, 2",
    "e2 61, 1",
    "f0 9f 98 61, 3",
    "f0 9f e2 82 ac, 2",
    // over-long
    "c0 af, 0",
    "c1 bf, 0",
    "e0 80 af, 1",
    "e0 9f bf, 1",
    "f0 80 80 af, 1",
    "f0 8f bf bf, 1",
    // surrogates, alone and in pairs
    "ed a0 80, 1",
    "ed bf bf, 1",
    "ed a0 bd ed b8 80, 1",
    // above U+10FFFF
    "f4 90 80 80, 1",
    "f5 80 80 80, 0",
    "f7 bf bf bf, 0",
    // the example of an established conformance suite: κόσμε, a surrogate, "edited"
    "ce ba e1 bd b9 cf 83 ce bc ce b5 ed a0 80 65 64 69 74 65 64, 12",
    // cut off
    "c3, -2",
    "61 e2 82, -2",
    "e0 a0, -2",
    "f0 9f 98, -2",
    "f0 9f, -2",
    "f4 8f bf, -2",
  })
  void failsAtTheFirstBadByteHoweverTheBytesAreCut(String text, int firstBad) {
    byte[] bytes = hex(text);
    assertEquals(firstBad, firstBad(bytes), "byte by byte");
    for (int cut = 0; cut <= bytes.length; cut++) {
      for (int end = cut; end <= bytes.length; end++) {
        boolean bad = firstBad >= 0 && firstBad < end;
        assertEquals(bad, isBad(bytes, 0, cut, end), "cut at " + cut + ", until " + end);
      }
    }
  }

  @Test
  void oneBadByteInAnyPlaceOfALongTextIsFound() {
    byte[] bytes = new byte[100];
    for (int from = 0; from < 9; from++) {
      for (int bad = from; bad < bytes.length; bad++) {
        Arrays.fill(bytes, (byte) 'a');
        bytes[bad] = (byte) 0x80;
        assertEquals(true, isBad(bytes, from, from, 100), "bad " + bad + " from " + from);
        assertEquals(false, isBad(bytes, from, from, bad), "nothing bad until " + bad);
        assertEquals(false, isBad(bytes, bad + 1, bad + 1, 100), "nothing bad behind " + bad);
      }
    }
  }

  @Test
  void randomTextIsValidWhereverItIsCut() {
    Random random = new Random(5);
    for (int n = 0; n < 2_000; n++) {
      byte[] bytes = randomText(random, random.nextInt(200)).getBytes(UTF_8);
      Utf8 utf8 = new Utf8();
      for (int at = 0; at < bytes.length; ) {
        int next = Math.min(bytes.length, at + random.nextInt(40));
        utf8.feed(bytes, at, next);
        at = next;
      }
      utf8.end();
    }
  }

  @Test
  void isAsNewAfterTheEndAndAfterAReset() {
    Utf8 utf8 = new Utf8();
    utf8.feed(hex("e2 82"), 0, 2);
    assertEquals(1007, assertThrows(ProtocolException.class, utf8::end).closeCode());
    utf8.feed(hex("61"), 0, 1);
    utf8.end();
    utf8.feed(hex("e2 82"), 0, 2);
    utf8.reset();
    utf8.feed(hex("61"), 0, 1);
    utf8.end();
  }

  @Test
  void staysBadUntilTheReset() {
    Utf8 utf8 = new Utf8();
    byte[] bytes = hex("ff 61");
    assertThrows(ProtocolException.class, () -> utf8.feed(bytes, 0, 1));
    assertThrows(ProtocolException.class, () -> utf8.feed(bytes, 1, 2));
    assertThrows(ProtocolException.class, utf8::end);
  }

  static String randomText(Random random, int characters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < characters; i++) {
      int below = new int[] {0x80, 0x80, 0x80, 0x800, 0x1_0000, 0x11_0000}[random.nextInt(6)];
      int codePoint = random.nextInt(below);
      text.appendCodePoint(codePoint >= 0xd800 && codePoint <= 0xdfff ? 'x' : codePoint);
    }
    return text.toString();
  }

  /** The index of the byte at which feeding byte by byte fails. */
  static int firstBad(byte[] bytes) {
    Utf8 utf8 = new Utf8();
    int i = 0;
    try {
      for (; i < bytes.length; i++) {
        utf8.feed(bytes, i, i + 1);
      }
    } catch (ProtocolException e) {
      assertEquals(1007, e.closeCode());
      return i;
    }
    try {
      utf8.end();
      return VALID;
    } catch (ProtocolException e) {
      return CUT_OFF;
    }
  }

  private static boolean isBad(byte[] bytes, int from, int cut, int end) {
    Utf8 utf8 = new Utf8();
    try {
      utf8.feed(bytes, from, cut);
      utf8.feed(bytes, cut, end);
      return false;
    } catch (ProtocolException e) {
      return true;
    }
  }
}
