package dev.loomsocket.wire;

import static dev.loomsocket.wire.ProtocolException.protocolError;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A cursor that decodes the headers of a client's frames, one after the other (RFC 6455 §5.2).
 *
 * <p>A connection has one and uses it for every frame; not thread-safe.
 */
public final class FrameHeader {
  /** The bytes of the longest header: two, a 64-bit length and a masking key. */
  public static final int MAX_SIZE = 2 + Long.BYTES + Integer.BYTES;

  private static final int MAX_CONTROL_PAYLOAD = 125; // §5.5
  private static final int LENGTH_16 = 126; // in the seven bits: the length follows in 16 bits
  private static final int LENGTH_64 = 127; // in the seven bits: the length follows in 64 bits

  /** Bit n is set if a frame with opcode n may have more of its kind behind it, that is FIN 0. */
  private static final int FRAGMENTS =
      1 << Opcode.CONTINUATION | 1 << Opcode.TEXT | 1 << Opcode.BINARY;

  /** Bit n is set if a frame with opcode n may have FIN 1. */
  private static final int FINALS =
      FRAGMENTS | 1 << Opcode.CLOSE | 1 << Opcode.PING | 1 << Opcode.PONG;

  /** Bit n is set if a frame with opcode n starts a message, and so may have RSV1. */
  private static final int FIRSTS = 1 << Opcode.TEXT | 1 << Opcode.BINARY;

  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);

  private static final int RSV1 = 0x40; // in the first byte: the message is compressed
  private static final int RESERVED = 0x70; // RSV1, RSV2 and RSV3

  private final int mustBeZero; // the reserved bits that no extension was agreed on for

  private int first; // as a signed byte: negative with FIN
  private long length;
  private int maskingKey;

  /** A cursor that has decoded nothing yet, for a connection without extensions. */
  public FrameHeader() {
    this(false);
  }

  /**
   * A cursor that has decoded nothing yet.
   *
   * @param deflate true if permessage-deflate was agreed on: then RSV1 may be set on the first
   *     frame of a message (RFC 7692 §6)
   */
  public FrameHeader(boolean deflate) {
    mustBeZero = deflate ? RESERVED & ~RSV1 : RESERVED;
  }

  /**
   * Decodes the header that starts at {@code bytes[pos]}, of which the bytes up to {@code limit}
   * are there. This object changes only when the whole header is there.
   *
   * @return the size of the header in bytes; 0: more bytes are needed
   * @throws ProtocolException 1002 as soon as the bytes there prove the header wrong: reserved bits
   *     or opcode, RSV1 on another frame than the first of a message (RFC 7692 §6), a control frame
   *     that is fragmented or over 125 bytes (§5.5), no mask (§5.1), a length that is not in its
   *     shortest form or has its top bit set
   */
  public int decode(byte[] bytes, int pos, int limit) {
    int there = limit - pos;
    if (there < 2) {
      if (there == 1) {
        checkFirst(bytes[pos]);
      }
      return 0;
    }
    int start = bytes[pos];
    int second = bytes[pos + 1];
    checkFirst(start);
    if (second >= 0) {
      throw protocolError("client frames must be masked");
    }
    int length7 = second & 0x7f;
    if (length7 <= MAX_CONTROL_PAYLOAD) {
      return there < 2 + Integer.BYTES ? 0 : accept(start, length7, bytes, pos, 2);
    }
    if (Opcode.isControl(start)) {
      throw protocolError("a control frame has at most 125 bytes");
    }
    return length7 == LENGTH_16
        ? decode16(start, bytes, pos, there)
        : decode64(start, bytes, pos, there);
  }

  private int decode16(int start, byte[] bytes, int pos, int there) {
    if (there < 2 + Short.BYTES) {
      return 0;
    }
    int value = (short) SHORT.get(bytes, pos + 2) & 0xffff;
    if (value < LENGTH_16) {
      throw notMinimal();
    }
    int keyAt = 2 + Short.BYTES;
    return there < keyAt + Integer.BYTES ? 0 : accept(start, value, bytes, pos, keyAt);
  }

  private int decode64(int start, byte[] bytes, int pos, int there) {
    int lengthBytes = Math.min(there - 2, Long.BYTES);
    if (lengthBytes > 0 && bytes[pos + 2] < 0) {
      throw protocolError("a frame length has its top bit set");
    }
    long value = 0;
    for (int i = 0; i < lengthBytes; i++) {
      value = value << 8 | bytes[pos + 2 + i] & 0xff;
    }
    // The upper six of eight bytes tell whether 16 bits would do.
    if (lengthBytes >= 6 && value >>> 8 * (lengthBytes - 6) == 0) {
      throw notMinimal();
    }
    int keyAt = 2 + Long.BYTES;
    return there < keyAt + Integer.BYTES ? 0 : accept(start, value, bytes, pos, keyAt);
  }

  private int accept(int start, long payloadLength, byte[] bytes, int pos, int keyAt) {
    first = start;
    length = payloadLength;
    maskingKey = (int) INT.get(bytes, pos + keyAt);
    return keyAt + Integer.BYTES;
  }

  private void checkFirst(int start) {
    int allowed = start < 0 ? FINALS : FRAGMENTS;
    if ((start & RESERVED) != 0 || (allowed >>> (start & 15) & 1) == 0) {
      checkUnusual(start, allowed);
    }
  }

  /** Returns if all that is unusual is an RSV1 where it may be. */
  private void checkUnusual(int start, int allowed) {
    if ((start & mustBeZero) != 0) {
      throw protocolError("reserved bits are set in a frame's first byte");
    }
    if ((FINALS >>> (start & 15) & 1) == 0) {
      throw protocolError("opcode " + (start & 15) + " is reserved");
    }
    if ((allowed >>> (start & 15) & 1) == 0) {
      throw protocolError("a control frame must not be fragmented");
    }
    if ((FIRSTS >>> (start & 15) & 1) == 0) {
      throw protocolError("RSV1 is only for the first frame of a message");
    }
  }

  private static ProtocolException notMinimal() {
    return protocolError("a frame length is not in its shortest form");
  }

  /** True if this frame ends its message. */
  public boolean fin() {
    return first < 0;
  }

  /** True if this frame starts a compressed message (RFC 7692 §6). */
  public boolean rsv1() {
    return (first & RSV1) != 0;
  }

  /** See {@link Opcode}; never a reserved one. */
  public int opcode() {
    return first & 15;
  }

  /** True for Close, Ping and Pong. */
  public boolean isControl() {
    return Opcode.isControl(first);
  }

  /** True if the payload of the frame is a message as it is: neither a fragment nor compressed. */
  public boolean isMessage() {
    return fin() && !rsv1() && (opcode() == Opcode.TEXT || opcode() == Opcode.BINARY);
  }

  /** The bytes of the payload, at least 0. */
  public long length() {
    return length;
  }

  /**
   * The four bytes of the masking key, the first on the wire being the top one, as {@link
   * Mask#apply} takes it.
   */
  public int maskingKey() {
    return maskingKey;
  }

  /** The bytes of a server's header for a payload of that length: 2, 4 or 10. */
  public static int size(long payloadLength) {
    return payloadLength < LENGTH_16
        ? 2
        : payloadLength <= 0xffff ? 2 + Short.BYTES : 2 + Long.BYTES;
  }

  /**
   * Writes the header of a server's frame that starts no compressed message.
   *
   * @return the position behind it
   * @see #encode(byte[], int, boolean, boolean, int, long)
   */
  public static int encode(byte[] to, int at, boolean fin, int opcode, long payloadLength) {
    return encode(to, at, fin, false, opcode, payloadLength);
  }

  /**
   * Writes a server's header to {@code to[at]} and behind it.
   *
   * @return the position behind it
   * @see #encode(ByteBuffer, boolean, boolean, int, long)
   */
  public static int encode(
      byte[] to, int at, boolean fin, boolean rsv1, int opcode, long payloadLength) {
    encode(ByteBuffer.wrap(to).position(at), fin, rsv1, opcode, payloadLength);
    return at + size(payloadLength);
  }

  /**
   * Writes a server's header, unmasked (§5.1, §5.2).
   *
   * @param to has room for it, and the order of the network
   * @param rsv1 true for the first frame of a compressed message (RFC 7692 §6)
   * @param payloadLength in bytes as they are sent, that is compressed
   */
  public static void encode(
      ByteBuffer to, boolean fin, boolean rsv1, int opcode, long payloadLength) {
    int start = (fin ? 0x8000 : 0) | (rsv1 ? RSV1 << 8 : 0) | opcode << 8; // of two bytes
    int size = size(payloadLength);
    if (size == 2) {
      to.putShort((short) (start | (int) payloadLength));
    } else if (size == 2 + Short.BYTES) {
      to.putInt((start | LENGTH_16) << 16 | (int) payloadLength);
    } else {
      to.putShort((short) (start | LENGTH_64)).putLong(payloadLength);
    }
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
  }
}
