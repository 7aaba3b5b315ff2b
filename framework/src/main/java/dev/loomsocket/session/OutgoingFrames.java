package dev.loomsocket.session;

import dev.loomsocket.wire.Deflation;
import dev.loomsocket.wire.Opcode;
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
  private long sent; // messages; read without the lock, as nothing else hangs on it

  OutgoingFrames(SendQueue queue, @Nullable Compressor compressor) {
    this.queue = queue;
    this.compressor = compressor;
  }

  /** How many messages have been queued as a whole. Without the lock. */
  long sent() {
    return sent;
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

  /** Makes the frame of a room's message, in the same way. */
  void prepare(PreparedMessage message) {
    if (!isInTurn(message)) {
      message.frame(compressor);
    }
  }

  /** Compresses a room's message whose position is not known yet, in the same way. */
  void prepare(Draft draft) {
    if (compressor != null && !compressor.keepsContext()) {
      draft.prepare(compressor);
    }
  }

  private boolean isInTurn(PreparedMessage message) {
    Compressor present = compressor;
    return present != null && present.keepsContext() && present.compresses(message.worth());
  }

  /**
   * A message that is to wait as a whole.
   *
   * @param encoded what {@link #encode(byte[])} has made of it
   */
  PreparedMessage whole(Message message, byte @Nullable [] encoded) {
    PreparedMessage whole = new PreparedMessage(message, PreparedMessage.Fate.RECEIVERS);
    if (encoded != null && compressor != null) {
      whole.frame(compressor.share(), encoded);
    }
    return whole;
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

  /** Adds a message that is encoded for many, in the same way. */
  void message(PreparedMessage message, QueueWriter writer) {
    if (isInTurn(message)) {
      message.before().ifPresent(before -> control(before.opcode(), before.payload()));
      inTurn(message.message(), writer);
      return;
    }
    PreparedMessage.Encoded encoded = message.frame(compressor);
    queue.addEncoded(encoded.frame());
    sent++;
    if (log != null) {
      log(message, encoded);
    }
  }

  private void log(PreparedMessage message, PreparedMessage.Encoded encoded) {
    message
        .before()
        .ifPresent(
            before -> log(true, false, before.opcode(), before.payload().length, before.payload()));
    Message content = message.message();
    log(true, encoded.rsv1(), content.opcode(), encoded.length(), content.payload());
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

  /** Adds a Close, Ping or Pong (§5.5), or another frame that is not compressed. */
  void control(int opcode, byte[] payload) {
    add(true, false, opcode, payload, payload);
  }

  /**
   * Adds the Close frame, which is the last (§5.5.1): behind the whole messages that wait, unless
   * these wait for one in fragments that will not end any more.
   */
  void close(byte[] payload, boolean streaming) {
    Backlog backlog = queue.backlog();
    if (backlog != null && streaming) {
      backlog.clear();
    }
    if (queue.isWithoutBacklog()) {
      control(Opcode.CLOSE, payload);
    } else {
      Objects.requireNonNull(backlog).add(PreparedMessage.control(Opcode.CLOSE, payload));
    }
  }

  /**
   * Adds a frame: a fragment (§5.4), or a message by itself.
   *
   * @param original the payload before it was compressed, for the log
   */
  void add(boolean fin, boolean rsv1, int opcode, byte[] payload, byte[] original) {
    queue.addFrame(fin, rsv1, opcode, payload);
    if (fin && opcode < Opcode.CLOSE) {
      sent++;
    }
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

  /** Nothing more is compressed, so nothing must wait for that. */
  void close() {
    Backlog backlog = queue.backlog();
    if (backlog != null) {
      backlog.clear();
    }
    if (compressor != null) {
      compressor.close();
    }
  }
}
