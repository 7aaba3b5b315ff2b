package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.header;
import static dev.loomsocket.wire.ClientFrames.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The text that a MessageAssembler makes of bytes that lie in one place. */
class MessageTextTest {
  @Test
  void textOfARangeIsDecoded() {
    byte[] bytes = hex("ff 48 c3 a9 e2 82 ac f0 9f 98 80 ff");
    assertEquals("Hé€😀", MessageAssembler.text(bytes, 1, 11));
    assertEquals("", MessageAssembler.text(bytes, 5, 5));
  }

  @Test
  void aReplacementCharacterThatTheSenderWroteIsText() {
    byte[] bytes = hex("61 ef bf bd 62");
    assertEquals("a\ufffdb", MessageAssembler.text(bytes, 0, 5));
    assertEquals(1007, textRefusal(hex("61 ef bf bd ff")));
    assertEquals(1007, textRefusal(hex("61 ef bf bd ef bf")));
  }

  @Test
  void textOfARangeAndTextInPiecesAreRefusedAlike() {
    Random random = new Random(8);
    for (int n = 0; n < 300_000; n++) {
      byte[] bytes = Utf8Test.randomText(random, 1 + random.nextInt(8)).getBytes(UTF_8);
      bytes[random.nextInt(bytes.length)] ^= (byte) (n % 4 == 0 ? 0 : 1 << random.nextInt(8));
      assertEquals(inPieces(bytes), atOnce(bytes), () -> hex(bytes));
    }
  }

  private static String inPieces(byte[] bytes) {
    MessageAssembler pieces = new MessageAssembler(1000);
    try {
      pieces.begin(header(true, Opcode.TEXT, bytes.length));
      pieces.append(bytes, 0, bytes.length / 2);
      pieces.append(bytes, bytes.length / 2, bytes.length);
      pieces.frameEnded();
      return "text " + pieces.text();
    } catch (ProtocolException e) {
      return "fail " + e.closeCode();
    }
  }

  private static String atOnce(byte[] bytes) {
    try {
      return "text " + MessageAssembler.text(bytes, 0, bytes.length);
    } catch (ProtocolException e) {
      return "fail " + e.closeCode();
    }
  }

  private static int textRefusal(byte[] bytes) {
    return assertThrows(
            ProtocolException.class, () -> MessageAssembler.text(bytes, 0, bytes.length))
        .closeCode();
  }
}
