package dev.loomsocket.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that have arrived on a connection and are not consumed yet: {@code array()[pos(),
 * limit())}.
 *
 * <p>{@link #fill} is the only place where a connection waits for its peer. While it waits with
 * nothing in hand the buffer is back in its pool. Used by one thread at a time.
 */
public final class ReadBuffer {
  private static final byte[] NONE = {};

  /** The most bytes that wait for more in an array of their own. */
  private static final int SMALL = 256;

  private final Transport transport;
  private final BufferPool pool;
  private @Nullable ByteBuffer buffer; // position: end of the bytes that have arrived
  private byte[] array = NONE;
  private int pos;
  private int limit;
  private @Nullable ByteBuffer detour; // where the next bytes go instead
  private int held; // bytes, as the pool knows it

  /** An empty buffer in front of a transport. */
  public ReadBuffer(Transport transport, BufferPool pool) {
    this.transport = transport;
    this.pool = pool;
  }

  /** The array that holds the bytes; another one after the next {@link #fill}. */
  public byte[] array() {
    return array;
  }

  /** Where the bytes begin. */
  public int pos() {
    return pos;
  }

  /** Where the bytes end. */
  public int limit() {
    return limit;
  }

  /** How many bytes there are. */
  public int available() {
    return limit - pos;
  }

  /** Takes away the first bytes. */
  public void consume(int bytes) {
    pos += bytes;
  }

  /**
   * Lets the next {@link #fill} put its bytes there instead; as long as there are some here it does
   * not. The buffer is backed by an array, its position is 0.
   *
   * @param room null: here, as ever
   */
  public void detour(@Nullable ByteBuffer room) {
    detour = pos == limit ? room : null;
  }

  /** Where the bytes since {@link #detour} have gone, up to its position; null if here. */
  public @Nullable ByteBuffer endDetour() {
    ByteBuffer room = detour;
    detour = null;
    return room;
  }

  /**
   * Waits for more bytes and puts them behind the present ones. A buffer that is full of unconsumed
   * bytes grows, so the caller limits what it leaves in it.
   *
   * @param timeout nanoseconds, observed to a quarter of a second
   * @return the number of bytes, 0 when the timeout passed or the transport was woken, −1 at the
   *     end of the stream
   * @throws BusyException if it would wait with bytes in hand, as too many others do
   */
  public int fill(long timeout) throws IOException {
    long end = timeout == Transport.FOREVER ? timeout : transport.now() + timeout;
    while (true) {
      tidy();
      hold(buffer == null ? 0 : buffer.capacity());
      long left = timeout == Transport.FOREVER ? timeout : end - transport.now();
      if (!transport.awaitReadable(left)) {
        return 0;
      }
      ByteBuffer elsewhere = detour;
      int n = transport.read(elsewhere == null ? room() : elsewhere);
      if (n != 0) {
        limit += elsewhere == null ? Math.max(0, n) : 0;
        return n;
      }
    }
  }

  /**
   * Lets go of the present thread, of which this is the last call; see {@link Transport#rest}. The
   * next one finds what is here now, and calls {@link #fill}.
   */
  public void rest(long timeout) {
    tidy();
    if (buffer == null && held > 0) {
      pool.letGo(held);
      held = 0;
    }
    transport.rest(timeout);
  }

  /** A connection that waits holds no more than it must. */
  private void tidy() {
    if (pos == limit) {
      release();
    } else if (limit - pos <= SMALL) {
      shrink();
    }
  }

  private void hold(int bytes) throws BusyException {
    if (bytes != held) { // mostly both are 0
      pool.hold(bytes - held);
      held = bytes;
    }
  }

  /** Gives the buffer back to the pool, and with it what has not been consumed. */
  public void release() {
    if (held > 0) {
      pool.letGo(held);
      held = 0;
    }
    if (buffer != null) {
      pool.giveBack(buffer);
      buffer = null;
    }
    array = NONE;
    pos = 0;
    limit = 0;
  }

  /** The beginning of something must not cost its connection a whole buffer while it waits. */
  private void shrink() {
    ByteBuffer b = buffer;
    if (b != null) {
      array = Arrays.copyOfRange(array, pos, limit);
      limit -= pos;
      pos = 0;
      buffer = null;
      pool.giveBack(b);
    }
  }

  private ByteBuffer room() {
    ByteBuffer b = buffer;
    if (b == null) {
      b = pool.borrow();
      b.put(array, pos, limit - pos);
      limit -= pos;
      pos = 0;
    } else if (pos > 0) {
      System.arraycopy(array, pos, array, 0, limit - pos);
      limit -= pos;
      pos = 0;
      b.position(limit);
    } else if (!b.hasRemaining()) {
      ByteBuffer larger = ByteBuffer.allocate(2 * b.capacity());
      larger.put(b.flip());
      pool.giveBack(b);
      b = larger;
    }
    buffer = b;
    array = b.array();
    return b;
  }
}
