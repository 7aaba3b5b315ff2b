package dev.loomsocket.session;

import dev.loomsocket.session.Compressor.Share;
import dev.loomsocket.websocket.Overflow;
import dev.loomsocket.wire.FrameHeader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message with the frames that it becomes, each made once: a room's, for all members that share
 * their parameters of compression, or any other that waits as a whole.
 *
 * <p>Any thread may use it; two that need the same frame at the same time may both make it.
 */
final class PreparedMessage {
  private static final int NEVER = -1;
  private static final byte[] NOTHING = {};

  private final Message message;
  private final @Nullable Message before;
  private final int worth;
  private final int length;
  private final Fate fate;
  private @Nullable Encoded plain; // without compression
  private volatile @Nullable Compressed compressed; // the last one made, and all others

  /** A whole frame, and the length of its payload; it must not be changed. */
  record Encoded(byte[] frame, boolean rsv1, int length) {}

  private record Compressed(Share share, Encoded frame, @Nullable Compressed next) {}

  /**
   * What becomes of a message that does not fit.
   *
   * @param overflow null: its receiver decides
   * @param key of those that are equal only the newest waits, if there is one
   */
  record Fate(@Nullable Overflow overflow, @Nullable Object key) {
    static final Fate RECEIVERS = new Fate(null, null);
  }

  PreparedMessage(Message message) {
    this(message, Fate.RECEIVERS);
  }

  PreparedMessage(Message message, Fate fate) {
    this(message, null, message.payload().length, fate);
  }

  /**
   * A message with all that there is to say about it.
   *
   * @param before another one that goes with it, in one piece; it is not compressed
   * @param worth the size that decides whether it is compressed
   */
  PreparedMessage(Message message, @Nullable Message before, int worth, Fate fate) {
    this.message = message;
    this.before = before;
    this.worth = worth;
    this.length =
        message.payload().length
            + (before == null ? 0 : (int) SendQueue.frameSize(before.payload().length));
    this.fate = fate;
  }

  /** A control frame, which is never compressed. */
  static PreparedMessage control(int opcode, byte[] payload) {
    return new PreparedMessage(new Message(opcode, payload), null, NEVER, Fate.RECEIVERS);
  }

  Message message() {
    return message;
  }

  /** Another one that goes with it, in one piece, without compression. */
  Optional<Message> before() {
    return Optional.ofNullable(before);
  }

  /** The size that decides whether it is compressed. */
  int worth() {
    return worth;
  }

  Fate fate() {
    return fate;
  }

  /** The bytes of its payload, and of what goes before it. */
  int length() {
    return length;
  }

  /** The frame for a session with this compressor. */
  Encoded frame(@Nullable Compressor compressor) {
    if (compressor == null || !compressor.compresses(worth)) {
      return plain();
    }
    Share share = compressor.share();
    for (Compressed each = compressed; each != null; each = each.next) {
      if (each.share.equals(share)) {
        return each.frame;
      }
    }
    return frame(share, compressor.shortest(message.payload()));
  }

  /** Makes the frame for those who share these parameters, of what they make of the payload. */
  Encoded frame(Share share, byte[] payload) {
    Encoded frame = payload == message.payload() ? plain() : frame(true, payload);
    compressed = new Compressed(share, frame, compressed);
    return frame;
  }

  /** The frame without compression. */
  Encoded plain() {
    Encoded frame = plain;
    if (frame == null) {
      plain = frame = frame(false, message.payload());
    }
    return frame;
  }

  private Encoded frame(boolean rsv1, byte[] payload) {
    byte[] first =
        before == null ? NOTHING : encode(false, before.opcode(), NOTHING, before.payload());
    return new Encoded(encode(rsv1, message.opcode(), first, payload), rsv1, payload.length);
  }

  private static byte[] encode(boolean rsv1, int opcode, byte[] first, byte[] payload) {
    int size = Math.addExact(first.length, FrameHeader.size(payload.length));
    byte[] bytes = new byte[Math.addExact(size, payload.length)];
    System.arraycopy(first, 0, bytes, 0, first.length);
    FrameHeader.encode(bytes, first.length, true, rsv1, opcode, payload.length);
    System.arraycopy(payload, 0, bytes, size, payload.length);
    return bytes;
  }
}
