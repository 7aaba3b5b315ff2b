package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameHeaderTest {
  private static final String KEY = " 37 fa 21 3d";

  private final FrameHeader header = new FrameHeader();

  @ParameterizedTest
  @CsvSource({
    // bytes in front of the key, fin, opcode, length
    "81 85, true, 1, 5", // the masked Hello of §5.7
    "01 83, false, 1, 3",
    "80 82, true, 0, 2",
    "00 80, false, 0, 0",
    "82 80, true, 2, 0",
    "02 fd, false, 2, 125",
    "88 80, true, 8, 0",
    "89 85, true, 9, 5",
    "8a fd, true, 10, 125",
    "82 fe 00 7e, true, 2, 126",
    "82 fe 01 00, true, 2, 256",
    "82 fe 80 00, true, 2, 32768", // not negative
    "82 fe ff ff, true, 2, 65535",
    "82 ff 00 00 00 00 00 01 00 00, true, 2, 65536",
    "82 ff 00 00 00 00 80 00 00 00, true, 2, 2147483648",
    "82 ff 7f ff ff ff ff ff ff ff, true, 2, 9223372036854775807",
  })
  void decodesAllThreeFormsOfLengthAndWaitsForEachOfTheirBytes(
      String start, boolean fin, int opcode, long length) {
    byte[] bytes = hex("ee " + start + KEY + " ee");
    int size = bytes.length - 2;
    for (int limit = 1; limit <= size; limit++) {
      assertEquals(0, header.decode(bytes, 1, limit), "with " + (limit - 1) + " bytes");
    }
    assertEquals(size, header.decode(bytes, 1, bytes.length - 1));
    assertEquals(size, header.decode(bytes, 1, bytes.length));
    assertEquals(fin, header.fin());
    assertEquals(opcode, header.opcode());
    assertEquals(opcode >= 8, header.isControl());
    assertEquals(length, header.length());
    assertEquals(0x37fa213d, header.maskingKey());
  }

  @ParameterizedTest
  @CsvSource({
    // the bytes of which the last one proves the header wrong
    "c1, reserved bits", // RSV1
    "a1, reserved bits", // RSV2
    "91, reserved bits", // RSV3
    "f8, reserved bits",
    "83, opcode 3 is reserved",
    "07, opcode 7 is reserved",
    "8b, opcode 11 is reserved",
    "0f, opcode 15 is reserved",
    "08, fragmented",
    "09, fragmented",
    "0a, fragmented",
    "81 05, masked", // the unmasked Hello of §5.7
    "81 00, masked",
    "82 7e, masked",
    "88 fe, at most 125 bytes",
    "89 fe, at most 125 bytes",
    "8a ff, at most 125 bytes",
    "82 fe 00 00, shortest",
    "82 fe 00 05, shortest",
    "82 fe 00 7d, shortest",
    "82 ff 00 00 00 00 00 00, shortest", // whatever the last two are, 16 bits would do
    "82 ff 80, top bit",
    "82 ff ff, top bit",
  })
  void refusesABadHeaderAsSoonAsItIsProvenBad(String start, String reason) {
    byte[] bytes = hex(start + " 00 00 00 00 00 00 00 00 00 00 00 00");
    int proof = (start.length() + 1) / 3;
    for (int limit = 0; limit < proof; limit++) {
      assertEquals(0, header.decode(bytes, 0, limit), "with " + limit + " bytes");
    }
    for (int limit = proof; limit <= bytes.length; limit++) {
      int end = limit;
      ProtocolException e =
          assertThrows(ProtocolException.class, () -> header.decode(bytes, 0, end));
      assertEquals(1002, e.closeCode());
      assertTrue(e.getMessage().contains(reason), e.getMessage());
    }
  }

  @Test
  void acceptsExactlyTheAllowedOfAllFirstTwoBytes() {
    byte[] bytes = hex("00 00 7f ff ff ff ff ff ff ff" + KEY);
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        bytes[0] = (byte) first;
        bytes[1] = (byte) second;
        int opcode = first % 16;
        boolean data = opcode <= 2;
        boolean control = opcode >= 8 && opcode <= 10;
        boolean good =
            first / 16 % 8 == 0
                && second >= 128
                && (data || control && first >= 128 && second - 128 <= 125);
        assertEquals(good, isAccepted(bytes), hex(bytes));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // with permessage-deflate: bytes in front of the key, fin, rsv1, opcode
    "c1 85, true, true, 1",
    "41 85, false, true, 1",
    "c2 85, true, true, 2",
    "42 85, false, true, 2",
    "81 85, true, false, 1",
    "00 85, false, false, 0",
    "89 85, true, false, 9",
  })
  void rsv1MarksTheFirstFrameOfACompressedMessage(
      String start, boolean fin, boolean rsv1, int opcode) {
    FrameHeader deflate = new FrameHeader(true);
    assertEquals(6, deflate.decode(hex(start + KEY), 0, 6));
    assertEquals(fin, deflate.fin());
    assertEquals(rsv1, deflate.rsv1());
    assertEquals(opcode, deflate.opcode());
    assertEquals(opcode >= 8, deflate.isControl());
    byte[] encoded = new byte[2];
    FrameHeader.encode(encoded, 0, fin, rsv1, opcode, 5);
    assertEquals(start.substring(0, 2) + " 05", hex(encoded));
  }

  @Test
  void withDeflateExactlyTheFirstFramesOfMessagesMayHaveRsv1() {
    FrameHeader deflate = new FrameHeader(true);
    for (int first = 0; first < 256; first++) {
      int opcode = first % 16;
      boolean rsv1 = (first & 0x40) != 0;
      boolean good =
          (first & 0x30) == 0
              && (opcode == 1
                  || opcode == 2
                  || !rsv1 && (opcode == 0 || opcode >= 8 && opcode <= 10 && first >= 128));
      byte[] bytes = {(byte) first};
      if (good) {
        assertEquals(0, deflate.decode(bytes, 0, 1), hex(bytes));
      } else {
        ProtocolException e =
            assertThrows(
                ProtocolException.class, () -> deflate.decode(bytes, 0, 1), () -> hex(bytes));
        assertEquals(1002, e.closeCode());
      }
    }
  }

  @Test
  void acceptsExactlyTheMinimalOfAllSixteenBitLengths() {
    byte[] bytes = hex("82 fe 00 00" + KEY);
    for (int length = 0; length < 65_536; length++) {
      bytes[2] = (byte) (length >>> 8);
      bytes[3] = (byte) length;
      assertEquals(length >= 126, isAccepted(bytes), "length " + length);
    }
  }

  @Test
  void keepsTheLastHeaderWhileTheNextIsNotWhole() {
    header.decode(hex("81 85" + KEY), 0, 6);
    assertEquals(0, header.decode(hex("02 fe ff ff 01 02 03 04"), 0, 7));
    assertEquals(1, header.opcode());
    assertEquals(5, header.length());
    assertEquals(0x37fa213d, header.maskingKey());
  }

  @Test
  void readsNothingBehindTheLimit() {
    byte[] bytes = hex("81 85"); // the array ends where the limit is
    assertEquals(0, header.decode(bytes, 0, 2));
    assertEquals(0, header.decode(bytes, 2, 2));
    assertEquals(0, header.decode(hex("82 ff 00 00 00 00 00 01 00 00 01 02 03"), 0, 13));
  }

  @ParameterizedTest
  @CsvSource({
    "true, 1, 5, 81 05", // the unmasked Hello of §5.7
    "false, 1, 3, 01 03", // and its fragments
    "true, 0, 2, 80 02",
    "true, 9, 5, 89 05",
    "true, 8, 0, 88 00",
    "true, 1, 125, 81 7d",
    "true, 1, 126, 81 7e 00 7e",
    "true, 2, 256, 82 7e 01 00",
    "true, 2, 65535, 82 7e ff ff",
    "true, 2, 65536, 82 7f 00 00 00 00 00 01 00 00",
    "true, 2, 4294967296, 82 7f 00 00 00 01 00 00 00 00",
  })
  void encodesTheShortestFormUnmasked(boolean fin, int opcode, long length, String expected) {
    byte[] bytes = new byte[14];
    int end = FrameHeader.encode(bytes, 2, fin, opcode, length);
    assertEquals(expected, hex(Arrays.copyOfRange(bytes, 2, end)));
    assertEquals(end - 2, FrameHeader.size(length));
    assertEquals(0, bytes[1] | bytes[end]);
  }

  @Test
  void aHeaderIsNeverLargerThanItsMaximum() {
    assertEquals(14, FrameHeader.MAX_SIZE);
  }

  private boolean isAccepted(byte[] bytes) {
    try {
      assertTrue(header.decode(bytes, 0, bytes.length) > 0);
      return true;
    } catch (ProtocolException e) {
      assertEquals(1002, e.closeCode());
      return false;
    }
  }
}
