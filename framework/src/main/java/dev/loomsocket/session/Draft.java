package dev.loomsocket.session;

import dev.loomsocket.session.Compressor.Share;
import dev.loomsocket.session.PreparedMessage.Fate;
import dev.loomsocket.wire.Deflation;
import dev.loomsocket.wire.Opcode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message for a room with a history before its position is known: encoded and compressed, so that
 * only the position is put behind it while others wait. Used by its sender's thread.
 */
final class Draft {
  private final Message message;
  private final Fate fate;

  /** What is compressed: the message; of a JSON object all but its last brace. */
  private final byte[] beginning;

  private final boolean isObject;
  private final Map<Share, byte[]> compressed = new HashMap<>(2); // the beginning

  /**
   * A message without its position.
   *
   * @param value what the message was made of: what users send as text may look like JSON only
   */
  Draft(Object value, Message message, Fate fate) {
    this.message = message;
    this.fate = fate;
    byte[] payload = message.payload();
    this.isObject = !(value instanceof CharSequence) && isObject(message);
    this.beginning = isObject ? Arrays.copyOf(payload, payload.length - 1) : payload;
  }

  private static boolean isObject(Message message) {
    byte[] payload = message.payload();
    return message.opcode() == Opcode.TEXT
        && payload.length >= 2
        && payload[0] == '{'
        && payload[payload.length - 1] == '}';
  }

  /** Compresses it for a session that does it so; null: not at all. */
  void prepare(@Nullable Compressor compressor) {
    if (compressor != null && compressor.compresses(message.payload().length)) {
      Share share = compressor.share();
      if (!compressed.containsKey(share)) { // for most members it does: no lambda for each
        compressed.put(share, compressor.shortest(beginning));
      }
    }
  }

  /** The message at its place. */
  PreparedMessage at(Position position) {
    byte[] property = utf8("\"@position\":\"" + position + "\"}");
    return isObject ? with(property) : behind(property);
  }

  /** The property is the last of the object. */
  private PreparedMessage with(byte[] property) {
    byte[] end = beginning.length == 1 ? property : join(utf8(","), property);
    PreparedMessage placed = placed(new Message(Opcode.TEXT, join(beginning, end)), null);
    compressed.forEach((share, bytes) -> {
      boolean shorter = bytes != beginning;
      placed.frame(share, shorter ? Deflation.followedBy(bytes, end) : placed.message().payload());
    });
    return placed;
  }

  /** The property is that of a message of its own, which goes before this one. */
  private PreparedMessage behind(byte[] property) {
    byte[] before = join(utf8("{\"type\":\"@position\","), property);
    PreparedMessage placed = placed(message, new Message(Opcode.TEXT, before));
    compressed.forEach(placed::frame);
    return placed;
  }

  private PreparedMessage placed(Message content, @Nullable Message before) {
    return new PreparedMessage(content, before, message.payload().length, fate);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
