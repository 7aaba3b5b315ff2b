package dev.loomsocket.session;

import dev.loomsocket.wire.Deflation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The frames that a session sends: turns messages, fragments and control frames into bytes of its
 * {@link SendQueue}, and a line of its {@link TrafficLog} where there is one. What compresses
 * messages is here too (RFC 7692).
 *
 * <p>Guarded by the {@link SendLock}, but for what does without it.
 */
final class OutgoingFrames {
  private final SendQueue queue;
  private final @Nullable Compressor compressor;
  private volatile @Nullable TrafficLog log; // written by any thread

  OutgoingFrames(SendQueue queue, @Nullable Compressor compressor) {
    this.queue = queue;
    this.compressor = compressor;
  }

  /** Where frames are logged from now on; null: nowhere. Without the lock. */
  void log(@Nullable TrafficLog log) {
    this.log = log;
  }

  /** Where frames are logged, if anywhere. Without the lock. */
  @Nullable TrafficLog log() {
    return log;
  }

  /**
   * The payload of a message's frame, compressed if that is worth it; null if it can only be
   * compressed in its turn, as it may refer to messages before it. Without the lock.
   */
  byte @Nullable [] encode(byte[] payload) {
    Compressor present = compressor;
    if (present == null || !present.compresses(payload.length)) {
      return payload;
    }
    return present.keepsContext() ? null : present.shortest(payload);
  }

  /** The frame of a room's message, in the same way. */
  RoomMessage.@Nullable Encoded encode(RoomMessage message) {
    Compressor present = compressor;
    boolean inTurn =
        present != null
            && present.keepsContext()
            && present.compresses(message.message().payload().length);
    return inTurn ? null : message.frame(present);
  }

  /**
   * Adds a message.
   *
   * @param encoded what {@link #encode(byte[])} has made of it
   * @param writer gives the connection up if that was null and the message cannot be compressed
   */
  void message(Message message, byte @Nullable [] encoded, QueueWriter writer) {
    byte[] payload = message.payload();
    if (encoded == null) {
      inTurn(message, writer);
    } else {
      add(true, encoded != payload, message.opcode(), encoded, payload);
    }
  }

  /** Adds a room's message, in the same way. */
  void message(Message message, RoomMessage.@Nullable Encoded encoded, QueueWriter writer) {
    if (encoded == null) {
      inTurn(message, writer);
      return;
    }
    queue.addEncoded(encoded.frame());
    log(true, encoded.rsv1(), message.opcode(), encoded.length(), message.payload());
  }

  /** The peer must see every message that later ones may refer to. */
  private void inTurn(Message message, QueueWriter writer) {
    try {
      byte[] compressed = Objects.requireNonNull(compressor).compress(message.payload());
      add(true, true, message.opcode(), compressed, message.payload());
    } catch (RuntimeException | Error e) {
      writer.abort();
      throw e;
    }
  }

  /** Adds a Close, Ping or Pong (§5.5). */
  void control(int opcode, byte[] payload) {
    add(true, false, opcode, payload, payload);
  }

  /**
   * Adds a frame: a fragment (§5.4), or a message by itself.
   *
   * @param original the payload before it was compressed, for the log
   */
  void add(boolean fin, boolean rsv1, int opcode, byte[] payload, byte[] original) {
    queue.addFrame(fin, rsv1, opcode, payload);
    log(fin, rsv1, opcode, payload.length, original);
  }

  private void log(boolean fin, boolean rsv1, int opcode, int length, byte[] original) {
    TrafficLog logged = log;
    if (logged != null) {
      logged.sent(new TrafficLog.Frame(fin, rsv1, opcode, length), original);
    }
  }

  /** What compresses the next message piece by piece; null if nothing is compressed. */
  @Nullable Deflation deflation() {
    return compressor == null ? null : compressor.deflation();
  }

  /** Nothing more is compressed. */
  void close() {
    if (compressor != null) {
      compressor.close();
    }
  }
}
