package dev.loomsocket.session;

import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.wire.Deflation;
import dev.loomsocket.wire.Opcode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A message that is sent in fragments while it is written (RFC 6455 §5.4). Until it is closed no
 * other message of this session goes out. Thread-safe, so that nobody gets into the state that zlib
 * keeps; blocks while the client's queue is full.
 */
final class OutgoingMessage extends OutputStream {
  private static final int FRAGMENT = 16 * 1024;

  private final StreamTurn turn;
  private final int opcode;
  private final @Nullable Deflation deflation;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final byte[] buffer = new byte[FRAGMENT];
  private int size;
  private boolean begun;
  private boolean closed;

  OutgoingMessage(StreamTurn turn, int opcode, @Nullable Deflation deflation) {
    this.turn = turn;
    this.opcode = opcode;
    this.deflation = deflation;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, bytes.length);
    lock.lock();
    try {
      requireNotClosed();
      int at = from;
      while (at < from + length) {
        if (size == FRAGMENT) {
          send(false);
        }
        int n = Math.min(FRAGMENT - size, from + length - at);
        System.arraycopy(bytes, at, buffer, size, n);
        size += n;
        at += n;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends what has been written so far as a fragment. */
  @Override
  public void flush() throws IOException {
    lock.lock();
    try {
      requireNotClosed();
      if (size > 0) {
        send(false);
      }
    } finally {
      lock.unlock();
    }
  }

  private void requireNotClosed() throws IOException {
    if (closed) {
      throw turn.isOpen() ? new IOException("this message has been sent") : ended();
    }
  }

  /** Sends the last fragment. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        send(true);
      }
    } finally {
      turn.end();
      lock.unlock();
    }
  }

  /** The session has ended, or been failed, within this message: what compressed it is free. */
  void abandon() {
    lock.lock();
    try {
      closed = true;
      if (deflation != null) {
        deflation.close(); // a context too: nobody else sends any more
      }
    } finally {
      turn.end();
      lock.unlock();
    }
  }

  private void send(boolean last) throws IOException {
    byte[] original = Arrays.copyOf(buffer, size);
    byte[] payload = compressed(last, original);
    size = 0;
    try {
      turn.fragment(
          last,
          deflation != null && !begun,
          begun ? Opcode.CONTINUATION : opcode,
          payload,
          original);
    } catch (SessionClosedException e) {
      abandon();
      throw ended();
    }
    begun = true;
  }

  private static SessionEndedException ended() {
    return new SessionEndedException("the session ended within a message");
  }

  private byte[] compressed(boolean last, byte[] original) {
    if (deflation == null) {
      return original;
    }
    return last
        ? deflation.lastPiece(original, 0, original.length)
        : deflation.piece(original, 0, original.length);
  }
}
