package dev.loomsocket.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A check that bytes are UTF-8, which they may pass in pieces cut anywhere (RFC 6455 §8.1, RFC 3629
 * §4).
 *
 * <p>A piece is refused as soon as it holds a byte that no text can have there, however the text
 * goes on: over-long forms, surrogates and characters above U+10FFFF fail at the byte that proves
 * them.
 *
 * <p>The automaton steps with one table look-up and one shift a byte, and without a branch: a state
 * <em>is</em> the distance by which a byte's row is shifted, and the low six bits of the result are
 * the next state. Nine states of six bits fill 54 of a row's 64 bits. Of a distance Java's shift
 * takes just these six bits. {@code BAD} leads to itself only, so that one test behind the loop is
 * enough. Runs of ASCII are skipped eight and more bytes at a time.
 */
public final class Utf8 {
  private static final int STEP = 6;

  private static final int START = 0; // between two characters
  private static final int ONE_MORE = STEP; // so many continuation bytes are due
  private static final int TWO_MORE = 2 * STEP;
  private static final int THREE_MORE = 3 * STEP;
  private static final int AFTER_E0 = 4 * STEP; // two are due, the first not below A0: over-long
  private static final int AFTER_ED = 5 * STEP; // two are due, the first not above 9F: surrogates
  private static final int AFTER_F0 = 6 * STEP; // three are due, the first not below 90: over-long
  private static final int AFTER_F4 = 7 * STEP; // three are due, the first not above 8F: too large
  private static final int BAD = 8 * STEP;

  private static final int STATE_BITS = (1 << STEP) - 1;
  private static final long[] ROWS = rows();

  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private int state = START;

  /** A check that has seen nothing yet. */
  public Utf8() {}

  /**
   * Takes {@code bytes[from, to)} as the text's next piece.
   *
   * @throws ProtocolException 1007 if a byte of it cannot stand where it stands; {@link #reset}
   *     before any other use
   */
  public void feed(byte[] bytes, int from, int to) {
    long shift = state;
    int i = from;
    while (i < to) {
      if ((shift & STATE_BITS) == START) {
        i = skipAscii(bytes, i, to);
      }
      for (int end = Math.min(to, i + Long.BYTES); i < end; i++) {
        shift = ROWS[bytes[i] & 0xff] >>> shift;
      }
    }
    state = (int) shift & STATE_BITS;
    if (state == BAD) {
      throw invalid();
    }
  }

  /**
   * The text ends here; what is fed next is another text.
   *
   * @throws ProtocolException 1007 if its last character is cut off
   */
  public void end() {
    boolean whole = state == START;
    state = START;
    if (!whole) {
      throw invalid();
    }
  }

  /** Forgets the text under way. */
  public void reset() {
    state = START;
  }

  /**
   * The index from which on fewer than eight bytes, or eight with one that is not ASCII, are left.
   */
  private static int skipAscii(byte[] bytes, int from, int to) {
    int i = from;
    while (i <= to - 4 * Long.BYTES
        && (((long) LONG.get(bytes, i)
                    | (long) LONG.get(bytes, i + 8)
                    | (long) LONG.get(bytes, i + 16)
                    | (long) LONG.get(bytes, i + 24))
                & NOT_ASCII)
            == 0) {
      i += 4 * Long.BYTES;
    }
    while (i <= to - Long.BYTES && ((long) LONG.get(bytes, i) & NOT_ASCII) == 0) {
      i += Long.BYTES;
    }
    return i;
  }

  private static ProtocolException invalid() {
    return new ProtocolException(CloseCode.INVALID_DATA, "text that is not UTF-8");
  }

  private static long[] rows() {
    long[] rows = new long[256];
    for (int b = 0; b < rows.length; b++) {
      for (int state = START; state <= BAD; state += STEP) {
        rows[b] |= (long) next(state, b) << state;
      }
    }
    return rows;
  }

  private static int next(int state, int b) {
    return switch (state) {
      case START -> afterFirst(b);
      case ONE_MORE -> within(0x80, b, 0xbf, START);
      case TWO_MORE -> within(0x80, b, 0xbf, ONE_MORE);
      case THREE_MORE -> within(0x80, b, 0xbf, TWO_MORE);
      case AFTER_E0 -> within(0xa0, b, 0xbf, ONE_MORE);
      case AFTER_ED -> within(0x80, b, 0x9f, ONE_MORE);
      case AFTER_F0 -> within(0x90, b, 0xbf, TWO_MORE);
      case AFTER_F4 -> within(0x80, b, 0x8f, TWO_MORE);
      default -> BAD;
    };
  }

  private static int afterFirst(int b) {
    return switch (b) {
      case 0xe0 -> AFTER_E0;
      case 0xed -> AFTER_ED;
      case 0xf0 -> AFTER_F0;
      case 0xf4 -> AFTER_F4;
      default -> {
        if (b <= 0x7f) {
          yield START;
        } else if (b < 0xc2) { // continuation bytes, and over-long forms of ASCII
          yield BAD;
        } else if (b <= 0xdf) {
          yield ONE_MORE;
        } else if (b <= 0xef) {
          yield TWO_MORE;
        } else {
          yield within(0xf1, b, 0xf3, THREE_MORE);
        }
      }
    };
  }

  private static int within(int low, int b, int high, int next) {
    return low <= b && b <= high ? next : BAD;
  }
}
