package dev.loomsocket.session;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A message that its handler reads while it arrives, in constant memory; a slow handler slows its
 * peer down through TCP. Any thread may read it, one at a time, while the handler runs: so long the
 * connection is read by nobody else.
 */
final class MessageInput extends InputStream {
  private final FrameLoop loop;
  private final ReentrantLock lock = new ReentrantLock(); // held by who reads
  private boolean ended; // guarded by lock
  private volatile boolean left; // the handler has returned

  MessageInput(FrameLoop loop) {
    this.loop = loop;
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
    lock.lock();
    try {
      int n = Receiver.NEEDS_INPUT;
      while (n == Receiver.NEEDS_INPUT) {
        if (left) {
          throw new IOException("the handler of this message has returned");
        }
        if (length == 0 || ended) {
          return ended ? -1 : 0;
        }
        n = loop.readStreamed(to, from, from + length);
      }
      ended = n < 0;
      return n;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The handler has returned: whoever has kept this gets no more of it, a read that is under way in
   * another thread included.
   *
   * @return true if the end has been seen
   */
  boolean leave() {
    left = true;
    if (!lock.tryLock()) {
      loop.endWait();
      lock.lock();
    }
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }
}
