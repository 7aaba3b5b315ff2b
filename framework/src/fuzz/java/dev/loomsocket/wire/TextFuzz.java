package dev.loomsocket.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.loomsocket.fuzz.Input;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.util.Optional;

/** Fuzzes the check of UTF-8 against the JDK's own decoder. */
public final class TextFuzz {
  private TextFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Input input = new Input(bytes);
    int pieces = 1 + input.choose(16);
    byte[] text = input.rest();
    Optional<String> expected = jdk(text);
    assertEquals(expected.isPresent(), isValid(text, text.length));
    assertEquals(expected.isPresent(), isValid(text, pieces));
    assertEquals(expected, assembled(text));
  }

  private static Optional<String> jdk(byte[] text) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isValid(byte[] text, int pieceSize) {
    Utf8 utf8 = new Utf8();
    try {
      for (int at = 0; at < text.length; at += pieceSize) {
        int end = Math.min(at + pieceSize, text.length);
        utf8.feed(text, at, end);
        assertFalse(isHopeless(text, end), "what nothing can mend has passed");
      }
      utf8.end();
      return true;
    } catch (ProtocolException e) {
      assertEquals(CloseCode.INVALID_DATA, e.closeCode());
      return false;
    }
  }

  private static boolean isHopeless(byte[] text, int end) {
    CharsetDecoder decoder = UTF_8.newDecoder();
    CharBuffer out = CharBuffer.allocate(end);
    return decoder.decode(ByteBuffer.wrap(text, 0, end), out, false).isError();
  }

  private static Optional<String> assembled(byte[] text) {
    try {
      return Optional.of(MessageAssembler.text(text, 0, text.length));
    } catch (ProtocolException e) {
      return Optional.empty();
    }
  }
}
