package dev.loomsocket.session;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Transport;
import dev.loomsocket.wire.FrameHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a session that the socket has not taken yet, in order. Small frames are gathered in
 * a pooled buffer, the rest of a large one waits by reference, read-only: what is not the pool's
 * never gets there. Behind them whole messages may wait in a {@link Backlog}. Not thread-safe:
 * guarded by the lock of its {@link Outbox}.
 */
final class SendQueue {
  /** Bytes of a payload. To put a smaller one outside of the heap costs more than it saves. */
  private static final int LARGE = 2048;

  private final BufferPool pool;
  private @Nullable ByteBuffer first; // ready to be written, position at the first byte
  private @Nullable ArrayDeque<ByteBuffer> others; // behind it, in the same way
  private @Nullable ByteBuffer batch; // behind them; filling, position behind the last byte
  private @Nullable Backlog backlog; // behind them, while there is something in it to know
  private long size;

  SendQueue(BufferPool pool) {
    this.pool = pool;
  }

  /** How many bytes wait that cannot be dropped any more. */
  long size() {
    return size;
  }

  /** How many bytes wait in all. */
  long bytes() {
    return size + (backlog == null ? 0 : backlog.bytes());
  }

  /** How many messages have been dropped of those that waited as a whole. */
  long dropped() {
    return backlog == null ? 0 : backlog.dropped();
  }

  /** The messages that wait as a whole behind these bytes; null: none. */
  @Nullable Backlog backlog() {
    return backlog;
  }

  /** From now on whole messages may wait here. */
  void backlog(Backlog backlog) {
    this.backlog = backlog;
  }

  /** True if nothing waits, and nothing is known of what has waited. */
  boolean isEmpty() {
    return size == 0 && backlog == null;
  }

  /** True if no whole messages wait. */
  boolean isWithoutBacklog() {
    return backlog == null || backlog.isEmpty();
  }

  /** How much of the queue's limit is taken by whole messages. */
  long charged() {
    return backlog == null ? 0 : backlog.charged();
  }

  /** True if there is something to write now, of the backlog if need be. */
  boolean hasNext() {
    if (size > 0) {
      return true;
    }
    return backlog != null && feed(backlog);
  }

  private boolean feed(Backlog from) {
    boolean fed = from.feed();
    if (!fed && from.isEmpty() && from.dropped() == 0) {
      backlog = null; // a session that is idle has none
    }
    return fed;
  }

  /** How many bytes a frame with such a payload has. */
  static long frameSize(int payload) {
    return FrameHeader.size(payload) + (long) payload;
  }

  /** Adds a frame; the payload must not change any more. */
  void addFrame(boolean fin, boolean rsv1, int opcode, byte[] payload) {
    ByteBuffer b = room(FrameHeader.size(payload.length), payload.length);
    FrameHeader.encode(b, fin, rsv1, opcode, payload.length);
    size += FrameHeader.size(payload.length);
    add(b, payload);
  }

  /** Adds a frame that is encoded already; it must not change any more. */
  void addEncoded(byte[] frame) {
    if (size == 0) { // of many members each has the same array, and none a buffer of its own
      addLast(ByteBuffer.wrap(frame).asReadOnlyBuffer());
      size += frame.length;
    } else {
      add(room(0, frame.length), frame);
    }
  }

  /**
   * Copies what fits into the batch, so that no small packet goes ahead of a large payload; the
   * rest waits as it is.
   */
  private void add(ByteBuffer b, byte[] bytes) {
    int fits = Math.min(bytes.length, b.remaining());
    b.put(bytes, 0, fits);
    size += bytes.length;
    if (fits < bytes.length) {
      seal();
      addLast(ByteBuffer.wrap(bytes, fits, bytes.length - fits).asReadOnlyBuffer());
    }
  }

  /** The batch, with room for a header and the whole payload, or an empty one. */
  private ByteBuffer room(int header, int payload) {
    ByteBuffer b = batch;
    if (b != null && b.remaining() < (long) header + payload) {
      seal();
      b = null;
    }
    if (b == null) {
      batch = b = payload < LARGE ? pool.borrow() : pool.borrowOutside();
    }
    return b;
  }

  private void seal() {
    ByteBuffer b = batch;
    if (b != null) {
      addLast(b.flip());
      batch = null;
    }
  }

  private void addLast(ByteBuffer ready) {
    if (first == null) {
      first = ready;
    } else {
      if (others == null) {
        others = new ArrayDeque<>(4);
      }
      others.addLast(ready);
    }
  }

  /** Writes until nothing waits that may go now, or the socket takes no more. */
  void writeTo(Transport transport) throws IOException {
    while (hasNext()) {
      if (first == null) {
        seal();
      }
      ByteBuffer next = Objects.requireNonNull(first);
      size -= transport.write(next);
      if (next.hasRemaining()) {
        return;
      }
      removeFirst(next);
    }
    others = null;
  }

  private void removeFirst(ByteBuffer written) {
    pool.giveBack(written);
    first = others == null ? null : others.pollFirst();
  }

  /** Forgets everything. */
  void clear() {
    seal();
    while (first != null) {
      removeFirst(first);
    }
    others = null;
    size = 0;
    if (backlog != null) {
      backlog.clear();
    }
  }
}
