package dev.loomsocket.wire;

import java.util.Arrays;
import java.util.Objects;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * The sender's half of permessage-deflate (RFC 7692 §7.2.1): messages in, compressed payloads out.
 *
 * <p>{@link #message} takes a whole message. One that is sent in fragments passes through {@link
 * #piece}, once a fragment, and {@link #lastPiece}. An empty piece gives an empty fragment.
 *
 * <p>Without context takeover nothing is held between messages, and instances with the same level
 * and window give the same bytes for a message: one may compress for many connections. With it the
 * deflater is held from the first message on, and the messages must be sent in the order in which
 * they were compressed, each of them. Not thread-safe.
 *
 * <p>How a window is kept small that {@link Deflater} has no setting for: a full flush makes it
 * forget what came before, so with one after every 2<sup>N</sup> bytes of input no reference can
 * reach back farther than 2<sup>N</sup> - 1. That costs some compression, and only where a client
 * asked for less than 32 KiB.
 */
public final class Deflation implements AutoCloseable {
  /** What a flush ends with and the receiver puts back: 00 00 ff ff (§7.2.1). */
  private static final int TAIL = 4;

  /** The last fragment of a message that has nothing left to send (§7.2.3.6). */
  private static final byte EMPTY_BLOCK = 0;

  /** A stored block is shorter (RFC 1951 §3.2.4). */
  private static final int STORED_LIMIT = 1 << 16;

  /** With less room than its marker takes, a flush would write that again and again. */
  private static final int LEAST_ROOM = 16;

  private static final byte[] NO_BYTES = {};

  private final DeflatePools pools;
  private final Pool<Deflater> deflaters;
  private final boolean keepsContext;
  private final int window; // of so many bytes at most between two full flushes

  private @Nullable Deflater deflater; // borrowed while there is a context that may be referred to
  private int sinceFullFlush; // bytes of input
  private byte[] out = NO_BYTES;
  private int size; // of what is in out

  /**
   * Compression with nothing done yet.
   *
   * @param level zlib's, 0 to 9
   */
  public Deflation(DeflatePools pools, int level, DeflateParameters parameters) {
    this.pools = pools;
    deflaters = pools.deflaters(level);
    keepsContext = !parameters.serverNoContextTakeover();
    int bits = parameters.serverMaxWindowBits();
    window = bits == DeflateParameters.MAX_WINDOW_BITS ? Integer.MAX_VALUE : 1 << bits;
  }

  /** Compresses a whole message to the payload of its only frame. */
  public byte[] message(byte[] payload) {
    return lastPiece(payload, 0, payload.length);
  }

  /**
   * Compresses {@code bytes[from, to)}, which is not the end of its message, to the payload of one
   * fragment. The receiver can inflate it completely before the next one comes.
   */
  public byte[] piece(byte[] bytes, int from, int to) {
    return from == to ? NO_BYTES : deflate(bytes, from, to, 0);
  }

  /**
   * Compresses {@code bytes[from, to)}, which ends its message, to the payload of the last or only
   * fragment.
   */
  public byte[] lastPiece(byte[] bytes, int from, int to) {
    byte[] payload = from == to ? new byte[] {EMPTY_BLOCK} : deflate(bytes, from, to, TAIL);
    if (!keepsContext) {
      close();
    }
    return payload;
  }

  /**
   * The payload of a message that goes on where a compressed one ends, with bytes that are not
   * compressed: many messages that differ in their last bytes are compressed once.
   *
   * <p>A payload ends with the header of an empty stored block, whose length the sender cuts off
   * and the receiver puts back. With another length it is the header of these bytes; behind them
   * stands the next empty block's (RFC 1951 §3.2.4, RFC 7692 §7.2.1).
   *
   * @param payload what {@link #message} has made of a message, with whatever parameters
   * @param bytes at most 65 535
   */
  public static byte[] followedBy(byte[] payload, byte[] bytes) {
    int length = Objects.checkIndex(bytes.length, STORED_LIMIT);
    byte[] longer = Arrays.copyOf(payload, payload.length + TAIL + length + 1);
    int at = payload.length;
    longer[at++] = (byte) length;
    longer[at++] = (byte) (length >>> 8);
    longer[at++] = (byte) ~length;
    longer[at++] = (byte) (~length >>> 8);
    System.arraycopy(bytes, 0, longer, at, length);
    return longer; // whose last byte is EMPTY_BLOCK
  }

  private byte[] deflate(byte[] bytes, int from, int to, int tail) {
    Deflater current = deflater;
    if (current == null) {
      deflater = current = deflaters.borrow();
    }
    byte[] scratch = pools.scratch().borrow();
    out = scratch;
    size = 0;
    for (int at = from; at < to; ) {
      int length = Math.min(to - at, window - sinceFullFlush);
      current.setInput(bytes, at, length);
      at += length;
      sinceFullFlush += length;
      boolean full = sinceFullFlush == window;
      if (full) {
        sinceFullFlush = 0;
      }
      flush(current, full ? Deflater.FULL_FLUSH : Deflater.SYNC_FLUSH);
    }
    byte[] payload = Arrays.copyOf(out, size - tail);
    out = NO_BYTES;
    current.setInput(NO_BYTES); // or it holds on to the message
    pools.scratch().giveBack(scratch);
    return payload;
  }

  /** Puts out all input that the deflater has. Either flush ends with the same four bytes. */
  private void flush(Deflater current, int mode) {
    do {
      if (out.length - size < LEAST_ROOM) {
        out = Arrays.copyOf(out, Math.multiplyExact(2, out.length));
      }
      size += current.deflate(out, size, out.length - size, mode);
    } while (size == out.length);
  }

  /** Forgets the context and the message under way, and holds no native memory any more. */
  @Override
  public void close() {
    Deflater current = deflater;
    deflater = null;
    sinceFullFlush = 0;
    if (current != null) {
      deflaters.giveBack(current);
    }
  }
}
