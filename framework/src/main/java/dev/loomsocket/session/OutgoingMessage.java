package dev.loomsocket.session;

import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.wire.Deflation;
import dev.loomsocket.wire.Opcode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that is sent in fragments while it is written (RFC 6455 §5.4). Until it is closed no
 * other message of this session goes out. Used by one thread at a time; blocks while the client's
 * queue is full.
 */
final class OutgoingMessage extends OutputStream {
  private static final int FRAGMENT = 16 * 1024;

  private final Outbox outbox;
  private final int opcode;
  private final @Nullable Deflation deflation;
  private final byte[] buffer = new byte[FRAGMENT];
  private int size;
  private boolean begun;
  private boolean closed;

  OutgoingMessage(Outbox outbox, int opcode, @Nullable Deflation deflation) {
    this.outbox = outbox;
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
  }

  /** Sends what has been written so far as a fragment. */
  @Override
  public void flush() throws IOException {
    requireNotClosed();
    if (size > 0) {
      send(false);
    }
  }

  private void requireNotClosed() throws IOException {
    if (closed) {
      throw new IOException("this message has been sent");
    }
  }

  /** Sends the last fragment. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      send(true);
    } finally {
      outbox.endStream(this);
    }
  }

  /** Ends it without its last fragment, which only the end of the session can tell the peer. */
  void abandon() {
    closed = true;
    if (deflation != null && !deflation.keepsContext()) { // else it is the session's
      deflation.close();
    }
    outbox.endStream(this);
  }

  private void send(boolean last) throws IOException {
    byte[] original = Arrays.copyOf(buffer, size);
    byte[] payload = compressed(last, original);
    size = 0;
    try {
      outbox.fragment(
          last,
          deflation != null && !begun,
          begun ? Opcode.CONTINUATION : opcode,
          payload,
          original);
    } catch (SessionClosedException e) {
      throw new SessionEndedException("the session ended within a message");
    }
    begun = true;
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
