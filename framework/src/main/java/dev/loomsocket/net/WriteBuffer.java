package dev.loomsocket.net;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way to the peer, gathered until {@link #flush}, which blocks. While nothing is
 * gathered the buffer is back in its pool. Used by the connection's thread only.
 */
public final class WriteBuffer {
  /** So many bytes are as much work as the call that writes them. */
  private static final int LEAST_WORK = 4096;

  private final Transport transport;
  private final BufferPool pool;
  private final long timeout;
  private @Nullable ByteBuffer buffer; // position: end of what is gathered

  /**
   * An empty buffer in front of a transport.
   *
   * @param timeout nanoseconds for which the peer may take nothing before the connection is given
   *     up
   */
  public WriteBuffer(Transport transport, BufferPool pool, long timeout) {
    this.transport = transport;
    this.pool = pool;
    this.timeout = timeout;
  }

  /** Adds bytes; blocks when they are too many to be gathered. */
  public void write(byte[] bytes) throws IOException {
    write(ByteBuffer.wrap(bytes));
  }

  /** Adds bytes; blocks when they are too many to be gathered. */
  public void write(ByteBuffer bytes) throws IOException {
    write(bytes, true);
  }

  /**
   * Adds bytes that are held anyway, whether or not they are sent: while they wait they do not
   * count as this connection's. Blocks when they are too many to be gathered.
   */
  public void writeShared(byte[] bytes) throws IOException {
    write(ByteBuffer.wrap(bytes), false);
  }

  private void write(ByteBuffer bytes, boolean own) throws IOException {
    ByteBuffer b = buffer;
    if (b == null) {
      buffer = b = pool.borrow();
    }
    if (bytes.remaining() <= b.remaining()) {
      b.put(bytes);
    } else {
      flush();
      writeFully(bytes, own);
    }
  }

  /**
   * Writes what is gathered and then bytes of a file; blocks until the socket has taken them. While
   * it waits it holds no memory for them.
   *
   * @throws EOFException if the file has become shorter
   * @throws IOException what {@link #flush} throws
   */
  public void write(FileChannel file, long from, long size) throws IOException {
    flush();
    boolean inTime = true;
    for (long at = from; at < from + size; ) {
      int wanted = (int) Math.min(BufferPool.BUFFER_SIZE, from + size - at);
      int n = writeSome(file, at, wanted);
      if (n == 0 && !inTime) {
        throw new IOException("the peer takes nothing");
      }
      at += n;
      transport.worked(Math.max(n, LEAST_WORK));
      inTime = n == wanted || transport.awaitWritable(timeout);
    }
  }

  private int writeSome(FileChannel file, long from, int size) throws IOException {
    ByteBuffer b = pool.borrowOutside();
    try {
      b.limit(size);
      while (b.hasRemaining()) {
        if (file.read(b, from + b.position()) < 0) {
          throw new EOFException("the file became shorter while it was sent");
        }
      }
      return transport.write(b.flip());
    } finally {
      pool.giveBack(b);
    }
  }

  /**
   * Writes all that is gathered; blocks until the socket has taken it.
   *
   * @throws IOException if the connection is lost, the peer took nothing for too long, or too many
   *     others are slow too
   */
  public void flush() throws IOException {
    ByteBuffer b = buffer;
    if (b != null) {
      writeFully(b.flip(), true);
      buffer = null;
      pool.giveBack(b);
    }
  }

  /** See {@link Transport#worked}. */
  public void worked(int bytes) {
    transport.worked(bytes);
  }

  /** Ends the connection at once, so that the peer cannot take what it has got for the whole. */
  public void cut() {
    transport.cut();
  }

  private void writeFully(ByteBuffer bytes, boolean own) throws IOException {
    if (bytes.hasRemaining()) { // a peer that takes everything at once gives us no reason to wait
      transport.worked(Math.max(bytes.remaining(), LEAST_WORK));
    }
    transport.write(bytes);
    if (bytes.hasRemaining()) {
      int payload = own ? bytes.remaining() : 0;
      long held = payload + 2L * BufferPool.BUFFER_SIZE; // there may be input, too
      pool.stall(held);
      try {
        writeRest(bytes);
      } finally {
        pool.goOn(held);
      }
    }
  }

  private void writeRest(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      boolean inTime = transport.awaitWritable(timeout);
      if (transport.write(bytes) == 0 && !inTime) {
        throw new IOException("the peer takes nothing");
      }
    }
  }
}
