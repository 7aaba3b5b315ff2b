package dev.loomsocket.wire;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The receiver's half of permessage-deflate (RFC 7692 §7.2.2): compressed payloads in, messages
 * out.
 *
 * <p>It is pulled: {@link #feed} a piece of a message's payload, {@link #inflate} until that says
 * 0, feed the next; behind the last, {@link #end}. So it never holds more of the message than its
 * caller gives room for, whatever a few compressed bytes may unfold to.
 *
 * <p>What cannot be inflated fails with 1007. It is well framed, which is what 1002 is about; but
 * the content does not hold what RSV1 says of it, as that of a text message that is not UTF-8 (RFC
 * 6455 §7.4.1).
 *
 * <p>Any window that a client may use fits: {@link Inflater} always has the full 32 KiB. Without
 * context takeover nothing is held between messages. Not thread-safe, and of no use after an
 * exception except for {@link #close}.
 */
public final class Inflation implements AutoCloseable {
  private static final byte[] NO_BYTES = {};

  /** Where a byte goes that should not come; nobody looks at it, so all share it. */
  private static final byte[] UNWANTED = new byte[1];

  /** What the sender took from the end of the message (§7.2.1). */
  private static final byte[] TAIL = {0, 0, -1, -1};

  private static final int TAIL_VALUE = 0x0000ffff;

  /** An empty block that is final. It ends the stream only if nothing before it is cut off. */
  private static final byte[] STOP = {1, 0, 0, -1, -1};

  private static final byte[] TAIL_AND_STOP = {0, 0, -1, -1, 1, 0, 0, -1, -1};

  private final DeflatePools pools;
  private final boolean keepsContext;

  private @Nullable Inflater inflater; // borrowed while there is a context that may be referred to

  /** The last four bytes of the payload; those of the TAIL as long as there is none. */
  private int lastBytes = TAIL_VALUE;

  private byte[] input = NO_BYTES;
  private int inputEnd;

  /** Inflation with nothing done yet. */
  public Inflation(DeflatePools pools, DeflateParameters parameters) {
    this.pools = pools;
    keepsContext = !parameters.clientNoContextTakeover();
  }

  /**
   * Takes {@code bytes[from, to)} as the next piece of a message's payload. It is not copied: it
   * must stay as it is until {@link #inflate} says that it is used up.
   */
  public void feed(byte[] bytes, int from, int to) {
    if (from == to) {
      return;
    }
    Inflater current = inflater;
    if (current == null) {
      inflater = current = pools.inflaters().borrow();
    } else if (current.finished()) {
      current.reset();
    }
    current.setInput(bytes, from, to - from);
    input = bytes;
    inputEnd = to;
    for (int at = Math.max(from, to - TAIL.length); at < to; at++) {
      lastBytes = lastBytes << Byte.SIZE | bytes[at] & 0xff;
    }
  }

  /**
   * Inflates to {@code out[from, to)}, which must not be empty.
   *
   * <p>A block that is marked as final (BFINAL, §7.2.3.4) ends a DEFLATE stream, not the message:
   * what follows it is another stream, with nothing to refer back to.
   *
   * @return how many bytes are there now, at least one; 0 if the piece is used up
   * @throws ProtocolException 1007 if the piece is not DEFLATE data
   */
  public int inflate(byte[] out, int from, int to) {
    Inflater current = inflater;
    if (current == null) {
      return 0;
    }
    while (true) {
      int count = next(current, out, from, to);
      if (count > 0) {
        return count;
      }
      int left = current.getRemaining();
      if (left == 0) {
        input = NO_BYTES;
        return 0;
      }
      if (!current.finished()) {
        throw rubbish(); // it wants something else than input, as a preset dictionary
      }
      current.reset();
      current.setInput(input, inputEnd - left, left);
    }
  }

  /** True if the piece unfolds to at least one byte more, which is lost. */
  boolean hasMore() {
    return inflate(UNWANTED, 0, 1) > 0;
  }

  /**
   * Ends the message, whose pieces must all be used up.
   *
   * <p>The four bytes that the sender took away are put back, and must bring forth nothing. Where
   * no context is kept, it is also proved that the message was not cut off inside a block.
   *
   * <p>§7.2.1 is broken by a sender that leaves these bytes in, sends nothing at all for an empty
   * message, or ends with a final block and not with the byte 00 behind it. Nothing is missing
   * there, other receivers take it, and it cannot be taken for something else: so it passes.
   *
   * @throws ProtocolException 1007 if the message is incomplete
   */
  public void end() {
    Inflater current = inflater;
    if (current == null) {
      return;
    }
    if (!current.finished()) {
      current.setInput(ending());
      boolean silent = next(current, UNWANTED, 0, 1) == 0;
      if (!silent || !endsWell(current)) {
        throw rubbish();
      }
    }
    if (keepsContext) {
      lastBytes = TAIL_VALUE;
    } else {
      close();
    }
  }

  /**
   * What is behind the payload. No STOP where the stream goes on with the next message; no TAIL
   * where it is there already. It is not taken for content: the last byte of a payload without it
   * has a bit 0, of the three that start an empty stored block.
   */
  private byte[] ending() {
    boolean hasTail = lastBytes == TAIL_VALUE;
    if (keepsContext) {
      return hasTail ? NO_BYTES : TAIL;
    }
    return hasTail ? STOP : TAIL_AND_STOP;
  }

  private boolean endsWell(Inflater current) {
    int left = current.getRemaining();
    if (keepsContext) {
      return left == 0;
    }
    // If the block that TAIL completes was marked as final, STOP is left over.
    return current.finished() && (left == 0 || left == STOP.length);
  }

  private static int next(Inflater current, byte[] out, int from, int to) {
    try {
      return current.inflate(out, from, to - from);
    } catch (DataFormatException e) {
      throw rubbish();
    }
  }

  private static ProtocolException rubbish() {
    return new ProtocolException(CloseCode.INVALID_DATA, "a compressed message cannot be inflated");
  }

  /** Arrays to inflate to. */
  Pool<byte[]> scratch() {
    return pools.scratch();
  }

  /** Forgets the context and the message under way, and holds no native memory any more. */
  @Override
  public void close() {
    Inflater current = inflater;
    inflater = null;
    lastBytes = TAIL_VALUE;
    input = NO_BYTES;
    if (current != null) {
      pools.inflaters().giveBack(current);
    }
  }
}
