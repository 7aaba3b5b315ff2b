package dev.loomsocket.session;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A message that its handler reads while it arrives, in constant memory; a slow handler slows its
 * peer down through TCP. Used by the connection's thread only, while the handler runs.
 */
final class MessageInput extends InputStream {
  private final FrameLoop loop;
  private boolean ended;

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
    if (length == 0 || ended) {
      return ended ? -1 : 0;
    }
    int n = loop.readStreamed(to, from, from + length);
    ended = n < 0;
    return n;
  }

  /** True once the handler has seen the end. */
  boolean isEnded() {
    return ended;
  }
}
