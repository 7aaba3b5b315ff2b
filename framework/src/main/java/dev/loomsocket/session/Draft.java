package dev.loomsocket.session;

import dev.loomsocket.json.Json;
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
  private static final String PROPERTY = "@position";
  private static final byte[] ANNOUNCEMENT =
      ("{\"type\":\"" + PROPERTY + "\"}").getBytes(StandardCharsets.UTF_8);

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
    this.isObject =
        !(value instanceof CharSequence)
            && message.opcode() == Opcode.TEXT
            && Json.isObject(payload);
    this.beginning = isObject ? Arrays.copyOf(payload, payload.length - 1) : payload;
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
    return isObject ? with(position.toString()) : behind(position.toString());
  }

  /** The property is the last of the object. */
  private PreparedMessage with(String position) {
    byte[] object = message.payload();
    byte[] whole = Json.with(object, PROPERTY, position);
    PreparedMessage placed = placed(new Message(Opcode.TEXT, whole), null);
    compressed.forEach((share, bytes) -> {
      byte[] end = Json.ending(object, PROPERTY, position);
      boolean shorter = bytes != beginning;
      placed.frame(share, shorter ? Deflation.followedBy(bytes, end) : whole);
    });
    return placed;
  }

  /** The property is that of a message of its own, which goes before this one. */
  private PreparedMessage behind(String position) {
    byte[] before = Json.with(ANNOUNCEMENT, PROPERTY, position);
    PreparedMessage placed = placed(message, new Message(Opcode.TEXT, before));
    compressed.forEach(placed::frame);
    return placed;
  }

  private PreparedMessage placed(Message content, @Nullable Message before) {
    return new PreparedMessage(content, before, message.payload().length, fate);
  }
}
