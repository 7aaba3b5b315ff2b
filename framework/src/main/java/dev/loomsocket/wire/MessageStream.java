package dev.loomsocket.wire;

import static dev.loomsocket.wire.ProtocolException.protocolError;

import org.jspecify.annotations.Nullable;

/**
 * The rules for data frames: unmasked payloads go in as they arrive, the bytes of messages come out
 * as they are wanted, inflated and checked (RFC 6455 §5.4, §8.1; RFC 7692 §6.2).
 *
 * <p>For each data frame {@link #begin}; {@link #feed} a piece of its payload, {@link #read} until
 * that says 0, feed the next; {@link #frameEnded}, which says whether the message is complete. It
 * holds none of the bytes itself: a message of any size passes in constant memory.
 *
 * <pre>{@code
 * stream.begin(header);
 * stream.feed(bytes, from, to);
 * for (int n = stream.read(out, 0, out.length); n > 0; n = stream.read(out, 0, out.length)) {
 *   use(out, n);
 * }
 * boolean complete = stream.frameEnded();
 * }</pre>
 *
 * <p>The limit holds for what a message is once it is inflated. Of an uncompressed one the headers
 * declare that, so it fails before its payload comes. Of a compressed one they prove nothing: its
 * blocks may all be empty. So there the bytes that come out are counted, and not one above the
 * limit is handed out.
 *
 * <p>Belongs to one connection; not thread-safe, and of no use after an exception.
 */
public final class MessageStream {
  private static final byte[] NO_BYTES = {};

  private final long maxMessageSize;
  private final String setting; // what that limit is called
  private final @Nullable Inflation inflation;
  private final Utf8 utf8 = new Utf8();

  private boolean underWay; // a message has begun and is not complete
  private int opcode; // of that message, or of the last one
  private @Nullable Inflation inflating; // null: that message is not compressed
  private long declared; // by the headers of that message, if not compressed, in bytes
  private long inflated; // of that message, if compressed, in bytes
  private boolean lastFrame; // the frame under way ends the message
  private long due; // of its payload, not fed yet, in bytes

  private byte[] input = NO_BYTES; // not compressed, not read yet: from inputAt to inputEnd
  private int inputAt;
  private int inputEnd;

  /**
   * A stream with nothing under way, on a connection without compression.
   *
   * @param maxMessageSize in bytes
   * @throws IllegalArgumentException if it is negative
   */
  public MessageStream(long maxMessageSize) {
    this(maxMessageSize, null);
  }

  /**
   * A stream with nothing under way.
   *
   * @param maxMessageSize in bytes after inflation; {@link Long#MAX_VALUE} for no limit
   * @param inflation null on a connection without compression; to be closed by its owner
   * @throws IllegalArgumentException if the size is negative
   */
  public MessageStream(long maxMessageSize, @Nullable Inflation inflation) {
    this(maxMessageSize, "maxStreamSize of the endpoint", inflation);
  }

  /** The same with the name of the setting that the limit comes from, for the reason of a 1009. */
  MessageStream(long maxMessageSize, String setting, @Nullable Inflation inflation) {
    if (maxMessageSize < 0) {
      throw new IllegalArgumentException(
          "maxMessageSize is 0 or more bytes, not " + maxMessageSize);
    }
    this.maxMessageSize = maxMessageSize;
    this.setting = setting;
    this.inflation = inflation;
  }

  /**
   * Starts a data frame.
   *
   * @throws ProtocolException 1002 for a continuation of nothing, or a new message inside a
   *     fragmented one (§5.4); 1009 if the message gets larger than the limit
   */
  public void begin(FrameHeader header) {
    check(header);
    if (!underWay) {
      inflating = header.rsv1() ? agreed() : null;
      opcode = header.opcode();
      underWay = true;
    }
    lastFrame = header.fin();
    due = header.length();
    if (inflating == null) {
      declared += due;
    }
  }

  private Inflation agreed() {
    if (inflation == null) {
      throw protocolError("a compressed message, and no extension for it"); // RFC 6455 §5.2
    }
    return inflation;
  }

  /** Refuses a frame that is out of order or too long; changes nothing. */
  private void check(FrameHeader header) {
    boolean continues = header.opcode() == Opcode.CONTINUATION;
    if (continues != underWay) {
      throw continues
          ? protocolError("a continuation frame without a message to continue")
          : protocolError("a new message inside a fragmented one");
    }
    if (header.length() > maxMessageSize - declared && !isCompressed(header)) {
      throw tooBig();
    }
  }

  private boolean isCompressed(FrameHeader header) {
    return underWay ? inflating != null : header.rsv1();
  }

  private ProtocolException tooBig() {
    return new ProtocolException(
        CloseCode.TOO_BIG, "message larger than " + maxMessageSize + " bytes: " + setting);
  }

  /**
   * Takes {@code bytes[from, to)} as the next piece of the frame's unmasked payload. It is not
   * copied: it must stay as it is until {@link #read} says that it is used up.
   *
   * @throws IllegalArgumentException if that is more than the header declared
   */
  public void feed(byte[] bytes, int from, int to) {
    count(to - from);
    if (inflating != null) {
      inflating.feed(bytes, from, to);
    } else {
      input = bytes;
      inputAt = from;
      inputEnd = to;
    }
  }

  /** The same for a piece that is not compressed and that the caller reads by itself, all of it. */
  void pass(byte[] bytes, int from, int to) {
    count(to - from);
    if (opcode == Opcode.TEXT) {
      utf8.feed(bytes, from, to);
    }
  }

  private void count(int length) {
    if (length > due) {
      throw new IllegalArgumentException("more payload than the frame's header declared");
    }
    due -= length;
  }

  /**
   * Puts bytes of the message to {@code out[from, to)}, as many as fit and the piece fed last has.
   * Bytes of text are handed out only after the check.
   *
   * @return how many; 0 if the piece is used up
   * @throws ProtocolException 1007 if they are not DEFLATE data, or cannot be part of the text that
   *     they should be (§8.1); 1009 if the message inflates to more than the limit
   */
  public int read(byte[] out, int from, int to) {
    Inflation compressed = inflating;
    int count = compressed == null ? copy(out, from, to) : inflate(compressed, out, from, to);
    if (opcode == Opcode.TEXT) {
      utf8.feed(out, from, from + count);
    }
    return count;
  }

  private int copy(byte[] out, int from, int to) {
    int count = Math.min(to - from, inputEnd - inputAt);
    System.arraycopy(input, inputAt, out, from, count);
    inputAt += count;
    if (inputAt == inputEnd) {
      input = NO_BYTES;
      inputAt = inputEnd = 0;
    }
    return count;
  }

  private int inflate(Inflation compressed, byte[] out, int from, int to) {
    long room = maxMessageSize - inflated;
    if (room == 0) {
      if (compressed.hasMore()) {
        throw tooBig();
      }
      return 0;
    }
    int count = compressed.inflate(out, from, from + (int) Math.min(to - from, room));
    inflated += count;
    return count;
  }

  /**
   * Ends a frame whose payload was fed and read completely.
   *
   * @return true if the message is complete too
   * @throws ProtocolException 1007 if it ends inside a block or a character
   */
  public boolean frameEnded() {
    if (!lastFrame) {
      return false;
    }
    if (inflating != null) {
      inflating.end();
    }
    if (opcode == Opcode.TEXT) {
      utf8.end();
    }
    underWay = false;
    declared = 0;
    inflated = 0;
    return true;
  }

  /** True if the message under way, or just complete, is text. */
  public boolean isText() {
    return opcode == Opcode.TEXT;
  }

  /** True if the message under way, or just complete, came compressed. */
  public boolean isCompressed() {
    return inflating != null;
  }

  /** How much of the present frame's payload is to come, in bytes. */
  long due() {
    return due;
  }

  /** How long the message under way gets at least, in bytes, as far as its headers tell. */
  long declared() {
    return declared;
  }

  /** True if no frame may follow the one under way. */
  boolean isLastFrame() {
    return lastFrame;
  }
}
