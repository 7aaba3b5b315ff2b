package dev.loomsocket.session;

import dev.loomsocket.net.Transport;
import dev.loomsocket.websocket.Pong;
import dev.loomsocket.wire.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A message that its handler reads while it arrives, in constant memory; a slow handler slows its
 * peer down through TCP. Used by one thread at a time, while the handler runs: by the connection's
 * own or, if the handler waits for it, by another.
 */
final class MessageInput extends InputStream {
  private static final int SKIPPED_AT_ONCE = 8 * 1024;

  private final FrameLoop loop;
  private final Receiver receiver;
  private final Transport transport;
  private final Outbox outbox;
  private final WaitingPongs pongs = new WaitingPongs();
  private final ReentrantLock reading = new ReentrantLock(); // held while bytes are waited for
  private boolean ended; // guarded by reading
  private volatile boolean left; // the handler has returned

  MessageInput(FrameLoop loop, Receiver receiver, Transport transport, Outbox outbox) {
    this.loop = loop;
    this.receiver = receiver;
    this.transport = transport;
    this.outbox = outbox;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * Blocks until there is at least one byte.
   *
   * @throws IOException if the connection ends before the message does, or the message is not valid
   */
  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, to.length);
    reading.lock();
    try {
      requireHandler();
      if (length == 0 || ended) {
        return ended ? -1 : 0;
      }
      loop.messagePasses(); // until now the handler was busy
      int n;
      while ((n = pull(to, from, from + length)) == Receiver.NEEDS_INPUT) {
        requireHandler();
      }
      if (n < 0) {
        ended = true;
        loop.handlerStarts(); // whatever the handler does now, it does not read
      }
      return n;
    } catch (SessionEndedException e) {
      throw e;
    } catch (IOException e) {
      if (!left) {
        outbox.closing().disconnected();
      }
      throw e;
    } finally {
      reading.unlock();
    }
  }

  private void requireHandler() throws IOException {
    if (left) {
      throw new IOException("the handler of this message has returned");
    }
  }

  /**
   * The next bytes of the message, or what {@link Receiver#read} says instead; but before this says
   * that it needs input, it has waited for it.
   */
  private int pull(byte[] to, int from, int until) throws IOException {
    try {
      int n = receiver.read(to, from, until, pongs);
      if (n == Receiver.NEEDS_INPUT) {
        if (outbox.ending().isClosed()) {
          throw new SessionEndedException("the connection ended within a message");
        }
        loop.fill();
        return n;
      }
      loop.messagePasses();
      transport.worked(n); // which may be much more than what came
      return n;
    } catch (ProtocolException e) {
      outbox.closing().fail(e.closeCode(), String.valueOf(e.getMessage()));
      throw new SessionEndedException("the message is not valid: " + e.getMessage());
    }
  }

  /**
   * The handler has returned: what it has kept of this is of no use, and a thread of its that still
   * reads is turned away before anybody else reads.
   */
  void leave() {
    left = true;
    if (!reading.tryLock()) {
      transport.wake();
      reading.lock();
    }
    reading.unlock();
  }

  /** True once the handler has seen the end. */
  boolean isEnded() {
    return ended;
  }

  /** Reads what the handler has left of the message. */
  void skip() throws IOException {
    byte[] unwanted = new byte[SKIPPED_AT_ONCE];
    int n = 0;
    while (n != Receiver.END_OF_MESSAGE && !outbox.ending().isClosed()) {
      n = pull(unwanted, 0, unwanted.length);
    }
  }

  /** The Pongs that came meanwhile and wait for the handler: there are never two at once. */
  List<Pong> pongs() {
    return pongs.received;
  }

  private static final class WaitingPongs implements MessageSink {
    private static final int MOST = 16; // more are not worth the memory

    private final List<Pong> received = new ArrayList<>(0);

    @Override
    public void text(String message) {
      throw new IllegalStateException("a message within a message");
    }

    @Override
    public void binary(byte[] message) {
      throw new IllegalStateException("a message within a message");
    }

    @Override
    public void pong(Pong pong) {
      if (received.size() < MOST) {
        received.add(pong);
      }
    }
  }
}
