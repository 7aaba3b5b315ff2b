package dev.loomsocket.session;

import dev.loomsocket.json.JsonEncoder;
import dev.loomsocket.wire.Opcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message on its way out: what a user sends, encoded.
 *
 * @param opcode text or binary
 * @param payload belongs to the framework: nobody changes it any more
 */
record Message(int opcode, byte[] payload) {

  /** Encodes what a user hands over and may go on using: arrays and buffers are copied. */
  static Message copyOf(Object value, JsonEncoder json) {
    return value instanceof byte[] bytes ? binary(bytes.clone()) : of(value, json);
  }

  /** Encodes what a user gives away, as the result of a handler. */
  static Message of(Object value, JsonEncoder json) {
    return switch (value) {
      case String text -> text(text);
      case byte[] bytes -> binary(bytes);
      case CharSequence text -> text(text.toString());
      case ByteBuffer buffer -> {
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        yield binary(copy);
      }
      default -> new Message(Opcode.TEXT, json.bytes(value));
    };
  }

  static Message text(String text) {
    return new Message(Opcode.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  static Message binary(byte[] bytes) {
    return new Message(Opcode.BINARY, bytes);
  }
}
