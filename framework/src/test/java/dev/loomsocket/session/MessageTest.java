package dev.loomsocket.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.json.JsonEncoder;
import dev.loomsocket.wire.Opcode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageTest {
  /** Throws while it is encoded. */
  static final class Unencodable {
    public int getValue() {
      throw new IllegalStateException("on purpose");
    }
  }

  private static Message of(Object value) {
    return Message.of(value, new JsonEncoder());
  }

  private static Message copyOf(Object value) {
    return Message.copyOf(value, new JsonEncoder());
  }

  @Test
  void charactersBecomeText() {
    assertText("κόσμε 🧵", of("κόσμε 🧵"));
    assertText("builder", of(new StringBuilder("builder")));
  }

  @Test
  void bytesBecomeBinary() {
    byte[] bytes = {1, 2};
    assertEquals(Opcode.BINARY, of(bytes).opcode());
    assertSame(bytes, of(bytes).payload());
  }

  @Test
  void aBufferIsLeftAsItWas() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {0, 1, 2, 3}, 1, 2);
    Message message = of(buffer.asReadOnlyBuffer());
    assertEquals(Opcode.BINARY, message.opcode());
    assertArrayEquals(new byte[] {1, 2}, message.payload());
    assertEquals(2, buffer.remaining());
  }

  @Test
  void anythingElseBecomesJson() {
    assertText("{\"a\":[1,null]}", of(Map.of("a", Arrays.asList(1, null))));
    assertText("5", of(5));
    assertThrows(IllegalArgumentException.class, () -> of(new Unencodable()));
  }

  @Test
  void aCopySharesNothingWithItsOriginal() {
    byte[] bytes = {1, 2};
    assertNotSame(bytes, copyOf(bytes).payload());
    assertArrayEquals(bytes, copyOf(bytes).payload());
    assertText("text", copyOf("text"));
  }

  private static void assertText(String expected, Message message) {
    assertEquals(Opcode.TEXT, message.opcode());
    assertEquals(expected, new String(message.payload(), UTF_8));
  }
}
