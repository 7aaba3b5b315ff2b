package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClosePayloadTest {
  @Test
  void anEmptyBodyIsNoStatus() {
    assertEquals(new ClosePayload(1005, ""), decode(""));
    assertEquals("", hex(new ClosePayload(1005, "").encode()));
  }

  @Test
  void halfACodeIsAProtocolError() {
    assertEquals(1002, refusal("03"));
  }

  @ParameterizedTest
  @CsvSource({
    "03 e8, 1000, ''",
    "03 e9 62 79 65, 1001, bye",
    "0f a0 c3 a9, 4000, é",
    "13 87, 4999, ''"
  })
  void codeAndReasonGoBothWays(String bytes, int code, String reason) {
    assertEquals(new ClosePayload(code, reason), decode(bytes));
    assertEquals(bytes, hex(new ClosePayload(code, reason).encode()));
  }

  @Test
  void readsOnlyTheRangeThatItIsGiven() {
    byte[] bytes = hex("ff 03 e8 68 69 ff");
    assertEquals(new ClosePayload(1000, "hi"), ClosePayload.decode(bytes, 1, 5));
  }

  @Test
  void everyCodeThatMayNotBeReceivedIsAProtocolError() {
    for (int code = 0; code <= 0xffff; code++) {
      String bytes = hex(new byte[] {(byte) (code >>> 8), (byte) code});
      if (CloseCode.mayBeSent(code)) {
        assertEquals(code, decode(bytes).code());
      } else {
        assertEquals(1002, refusal(bytes), "code " + code);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"03 e8 c3", "03 e8 ff", "03 e8 ed a0 80", "03 e8 61 80"})
  void aReasonThatIsNotUtf8IsInvalidData(String bytes) {
    assertEquals(1007, refusal(bytes));
  }

  @Test
  void aLongReasonIsCutBetweenCharacters() {
    // 122 bytes of é; the next é would need bytes 123 and 124
    assertArrayEquals(
        ("é".repeat(61)).getBytes(UTF_8), reasonOf(new ClosePayload(1000, "é".repeat(100))));
    assertEquals(123, reasonOf(new ClosePayload(1000, "a".repeat(200))).length);
    assertEquals(123, reasonOf(new ClosePayload(1000, "€".repeat(41))).length);
    assertEquals(120, reasonOf(new ClosePayload(1000, "😀".repeat(31))).length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "€", "😀"})
  void aReasonOfAnyLengthIsDecodedAsAPrefixOfItself(String character) {
    for (int before = 0; before < 4; before++) {
      for (int count = 0; count < 130; count++) {
        String reason = "x".repeat(before) + character.repeat(count);
        byte[] encoded = new ClosePayload(1000, reason).encode();
        String decoded = ClosePayload.decode(encoded, 0, encoded.length).reason();
        assertEquals(reason.substring(0, decoded.length()), decoded);
        int bytes = reason.getBytes(UTF_8).length;
        int least = Math.min(bytes, 123 - 3); // at most three bytes of a character are given up
        assertEquals(true, encoded.length - 2 >= least && encoded.length <= 125, reason);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1006, 1015, 2999, 5000, 66_536})
  void aCodeThatMayNotBeSentIsNotEncoded(int code) {
    assertThrows(IllegalStateException.class, () -> new ClosePayload(code, "").encode());
  }

  private static ClosePayload decode(String bytes) {
    byte[] body = bytes.isEmpty() ? new byte[0] : hex(bytes);
    return ClosePayload.decode(body, 0, body.length);
  }

  private static int refusal(String bytes) {
    return assertThrows(ProtocolException.class, () -> decode(bytes)).closeCode();
  }

  private static byte[] reasonOf(ClosePayload payload) {
    byte[] encoded = payload.encode();
    return Arrays.copyOfRange(encoded, 2, encoded.length);
  }
}
