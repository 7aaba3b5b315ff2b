package dev.loomsocket.wire;

import static dev.loomsocket.wire.ProtocolException.protocolError;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * The receiver's half of fragmentation (RFC 6455 §5.4): data frames in, whole messages out.
 *
 * <p>For each data frame {@link #begin}, {@link #append} as its unmasked payload arrives, {@link #frameEnded}; when that
 * says that the message is complete, {@link #text()} or {@link #binary()}. A frame that {@link #isWhole} and lies in the
 * read buffer needs none of them: {@link #text(byte[], int, int)} or a copy of its bytes is the message.
 *
 * <p>The limit counts what the headers declare, before anything is allocated. Memory follows what really arrives. Belongs
 * to one connection; not thread-safe, and of no use after an exception.
 */
public final class MessageAssembler {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** The old and the new buffer together stay within 1 + 7 times what arrived. */
  private static final long GROWTH = 7;

  private static final int SMALLEST_BUFFER = 1024;
  private static final char REPLACEMENT = '\ufffd';
  private static final byte[] NO_BYTES = {};

  private final long maxMessageSize;
  private final Utf8 utf8 = new Utf8();

  private int opcode; // of the message under way; CONTINUATION: there is none
  private boolean lastFrame;
  private long declared; // by the headers of the message under way, in bytes
  private int size; // bytes arrived, all in the buffer
  private byte[] buffer = NO_BYTES;

  /**
   * An assembler with nothing under way.
   *
   * @param maxMessageSize in bytes; what no array can hold counts as the largest that one can
   * @throws IllegalArgumentException if it is negative
   */
  public MessageAssembler(long maxMessageSize) {
    if (maxMessageSize < 0) {
      throw new IllegalArgumentException("maxMessageSize is 0 or more bytes, not " + maxMessageSize);
    }
    this.maxMessageSize = Math.min(maxMessageSize, LARGEST_ARRAY);
  }

  /**
   * True if this data frame is a message by itself; changes nothing.
   *
   * @throws ProtocolException as {@link #begin} does
   */
  public boolean isWhole(FrameHeader header) {
    check(header);
    return header.fin() && header.opcode() != Opcode.CONTINUATION;
  }

  /**
   * Starts a data frame.
   *
   * @throws ProtocolException 1002 for a continuation of nothing, or a new message inside a fragmented one (§5.4); 1009
   *     if the message gets larger than the limit
   */
  public void begin(FrameHeader header) {
    check(header);
    if (opcode == Opcode.CONTINUATION) {
      opcode = header.opcode();
    }
    lastFrame = header.fin();
    declared += header.length();
  }

  private void check(FrameHeader header) {
    boolean continues = header.opcode() == Opcode.CONTINUATION;
    boolean underWay = opcode != Opcode.CONTINUATION;
    if (continues != underWay) {
      throw continues
          ? protocolError("a continuation frame without a message to continue")
          : protocolError("a new message inside a fragmented one");
    }
    if (header.length() > maxMessageSize - declared) {
      throw new ProtocolException(
          CloseCode.TOO_BIG, "message larger than maxMessageSize, which is " + maxMessageSize + " bytes");
    }
  }

  /**
   * Takes a copy of {@code bytes[from, to)} as the next piece of the frame's unmasked payload.
   *
   * @throws ProtocolException 1007 if the message is text and a byte of the piece cannot be part of it (§8.1)
   * @throws IllegalArgumentException if that is more than the headers declared
   */
  public void append(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > declared - size) {
      throw new IllegalArgumentException("more payload than the frame's header declared");
    }
    if (opcode == Opcode.TEXT) {
      utf8.feed(bytes, from, to);
    }
    if (length > buffer.length - size) {
      buffer = Arrays.copyOf(buffer, capacityFor(size + length));
    }
    System.arraycopy(bytes, from, buffer, size, length);
    size += length;
  }

  /** Room for what is declared if more than a seventh of it is there; while frames may follow, at least double. */
  private int capacityFor(int arrived) {
    long known = lastFrame ? declared : Math.max(declared, 2L * arrived + SMALLEST_BUFFER);
    return (int) Math.min(maxMessageSize, Math.min(known, GROWTH * arrived + SMALLEST_BUFFER));
  }

  /**
   * Ends a frame whose payload was appended completely.
   *
   * @return true if the message is complete too
   * @throws ProtocolException 1007 if it is text and ends inside a character
   */
  public boolean frameEnded() {
    if (lastFrame && opcode == Opcode.TEXT) {
      utf8.end();
    }
    return lastFrame;
  }

  /** True if the message under way, or just complete, is text. */
  public boolean isText() {
    return opcode == Opcode.TEXT;
  }

  /** Takes the complete text message out. */
  public String text() {
    String text = new String(buffer, 0, size, UTF_8);
    forget();
    return text;
  }

  /** Takes the complete binary message out; the array is the caller's. */
  public byte[] binary() {
    byte[] message = size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
    forget();
    return message;
  }

  private void forget() {
    opcode = Opcode.CONTINUATION;
    declared = 0;
    size = 0;
    buffer = NO_BYTES;
  }

  /** How much memory the message under way takes, in bytes. */
  int capacity() {
    return buffer.length;
  }

  /**
   * The text whose UTF-8 is {@code bytes[from, to)}.
   *
   * @throws ProtocolException 1007 if it is not UTF-8
   */
  public static String text(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, UTF_8);
    // The JDK puts this character for whatever it cannot decode; where it stands, the bytes tell who wrote it.
    if (text.indexOf(REPLACEMENT) >= 0) {
      Utf8 utf8 = new Utf8();
      utf8.feed(bytes, from, to);
      utf8.end();
    }
    return text;
  }
}
