package dev.loomsocket.session;

import dev.loomsocket.session.Compressor.Share;
import dev.loomsocket.wire.FrameHeader;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way to many: encoded once, and compressed once for all members that share
 * their parameters. Used by its sender's thread.
 */
final class RoomMessage {
  private final Message message;
  private @Nullable Encoded plain; // without compression
  private final Map<Share, Encoded> compressed = new HashMap<>(2);

  /** A whole frame, and the length of its payload; it must not be changed. */
  record Encoded(byte[] frame, boolean rsv1, int length) {}

  RoomMessage(Message message) {
    this.message = message;
  }

  Message message() {
    return message;
  }

  /** The frame for a session with this compressor. */
  Encoded frame(@Nullable Compressor compressor) {
    byte[] payload = message.payload();
    if (compressor == null || !compressor.compresses(payload.length)) {
      return plain();
    }
    Share share = compressor.share();
    Encoded frame = compressed.get(share); // for most members it is there: no lambda for each
    if (frame == null) {
      frame = compressed(compressor.shortest(payload));
      compressed.put(share, frame);
    }
    return frame;
  }

  private Encoded plain() {
    Encoded frame = plain;
    if (frame == null) {
      plain = frame = frame(false, message.payload());
    }
    return frame;
  }

  private Encoded compressed(byte[] payload) {
    return payload == message.payload() ? plain() : frame(true, payload);
  }

  private Encoded frame(boolean rsv1, byte[] payload) {
    byte[] frame = new byte[FrameHeader.size(payload.length) + payload.length];
    int at = FrameHeader.encode(frame, 0, true, rsv1, message.opcode(), payload.length);
    System.arraycopy(payload, 0, frame, at, payload.length);
    return new Encoded(frame, rsv1, payload.length);
  }
}
