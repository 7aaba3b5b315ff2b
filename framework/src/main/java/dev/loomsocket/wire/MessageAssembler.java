package dev.loomsocket.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The receiver's half of fragmentation (RFC 6455 §5.4): data frames in, whole messages out.
 *
 * <p>For each data frame {@link #begin}, {@link #append} as its unmasked payload arrives, {@link
 * #frameEnded}; when that says that the message is complete, {@link #text()} or {@link #binary()}.
 * A frame that {@linkplain FrameHeader#isMessage is a message} and lies in the read buffer needs no
 * assembler: {@link #text(byte[], int, int)} or a copy of its bytes is the message.
 *
 * <p>The rules are those of {@link MessageStream}; this class adds the memory. It follows what
 * really arrives, and of a compressed message what really comes out. A small one of these is
 * inflated in a borrowed array, so that nothing is allocated but what the user receives.
 *
 * <p>Belongs to one connection; not thread-safe, and of no use after an exception.
 */
public final class MessageAssembler {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** The old and the new buffer together stay within 1 + 8 times what arrived. */
  private static final long GROWTH = 8;

  private static final int SMALLEST_BUFFER = 1024;

  /** What may come at once is worth a detour from so many bytes on. */
  private static final int SMALLEST_ROOM = 8 * 1024;

  /** What a message takes while it is inflated, besides its bytes: zlib's window and ours. */
  private static final int INFLATER = 64 * 1024;

  private static final char REPLACEMENT = '\ufffd';
  private static final byte[] NO_BYTES = {};

  private final long maxMessageSize;
  private final MessageStream stream;
  private final @Nullable Inflation inflation;
  private final MemoryBudget budget;

  private byte[] buffer = NO_BYTES;
  private int size; // bytes of the message under way, all in the buffer
  private @Nullable Pool<byte[]> lender; // of the buffer; null: it is our own
  private long taken; // of the budget, in bytes

  /**
   * An assembler with nothing under way, on a connection without compression.
   *
   * @param maxMessageSize in bytes; what no array can hold counts as the largest that one can
   * @throws IllegalArgumentException if it is negative
   */
  public MessageAssembler(long maxMessageSize) {
    this(maxMessageSize, null);
  }

  /**
   * An assembler with nothing under way.
   *
   * @param maxMessageSize in bytes after inflation; what no array can hold counts as the largest
   *     that one can
   * @param inflation null on a connection without compression; to be closed by its owner
   * @throws IllegalArgumentException if the size is negative
   */
  public MessageAssembler(long maxMessageSize, @Nullable Inflation inflation) {
    this(maxMessageSize, inflation, new MemoryBudget(Long.MAX_VALUE));
  }

  /**
   * An assembler with nothing under way, which shares its memory with others.
   *
   * @param budget what the messages under way may take together
   */
  public MessageAssembler(long maxMessageSize, @Nullable Inflation inflation, MemoryBudget budget) {
    this.maxMessageSize = Math.min(maxMessageSize, LARGEST_ARRAY);
    this.stream =
        new MessageStream(
            this.maxMessageSize, "max-message-size (of an endpoint: maxMessageSize)", inflation);
    this.inflation = inflation;
    this.budget = budget;
  }

  /**
   * Starts a data frame.
   *
   * @throws ProtocolException 1002 for a continuation of nothing, or a new message inside a
   *     fragmented one (§5.4); 1009 if the message gets larger than the limit
   */
  public void begin(FrameHeader header) {
    stream.begin(header);
  }

  /**
   * Takes {@code bytes[from, to)} as the next piece of the frame's unmasked payload; a copy of it,
   * or what it inflates to.
   *
   * @throws ProtocolException 1007 if the piece is compressed and cannot be inflated (RFC 7692
   *     §7.2.2), or the message is text and a byte of it cannot be part of it (§8.1); 1009 if the
   *     message inflates to more than the limit; 1013 if the budget is used up
   * @throws IllegalArgumentException if that is more than the headers declared
   */
  public void append(byte[] bytes, int from, int to) {
    if (inflation != null && stream.isCompressed()) {
      stream.feed(bytes, from, to);
      appendInflated(inflation);
      return;
    }
    stream.pass(bytes, from, to);
    int length = to - from;
    if (length > buffer.length - size) {
      grow(capacityFor(size + length));
    }
    System.arraycopy(bytes, from, buffer, size, length);
    size += length;
  }

  /**
   * Room behind what is there, to put the next bytes of the frame's unmasked payload to: what was
   * put there is told with {@link #appended}. So a large payload is not copied from buffer to
   * buffer.
   *
   * @return backed by an array; null if there is little to come, or it is compressed
   * @throws ProtocolException 1013 if the budget is used up
   */
  public @Nullable ByteBuffer room() {
    if (stream.isCompressed() || stream.due() < SMALLEST_ROOM) {
      return null;
    }
    int wanted = (int) Math.min(stream.due(), LARGEST_ARRAY - size);
    if (buffer.length - size < Math.min(wanted, SMALLEST_ROOM)) {
      grow(Math.max(buffer.length, capacityFor(size)));
    }
    int there = Math.min(wanted, buffer.length - size);
    return there < SMALLEST_ROOM ? null : ByteBuffer.wrap(buffer, size, there).slice();
  }

  /**
   * Takes so many bytes that were put to the {@link #room}.
   *
   * @throws ProtocolException as {@link #append} does
   */
  public void appended(int count) {
    stream.pass(buffer, size, size + count);
    size += count;
  }

  private void appendInflated(Inflation source) {
    if (buffer.length == 0) {
      take(INFLATER);
      lender = source.scratch();
      buffer = lender.borrow();
    }
    for (int count = -1; count != 0; size += count) {
      if (size == buffer.length && size < maxMessageSize) {
        grow(capacityFor(size));
      }
      count = stream.read(buffer, size, buffer.length);
    }
  }

  /**
   * Room for what is declared if more than an eighth of it is there; while nobody knows what
   * follows, at least double.
   */
  private int capacityFor(int arrived) {
    boolean complete = stream.isLastFrame() && !stream.isCompressed();
    long atLeast = complete ? 0 : 2L * arrived + SMALLEST_BUFFER;
    long known = Math.max(stream.declared(), atLeast);
    return (int) Math.min(maxMessageSize, Math.min(known, GROWTH * arrived + SMALLEST_BUFFER));
  }

  /**
   * Ends a frame whose payload was appended completely.
   *
   * @return true if the message is complete too
   * @throws ProtocolException 1007 if it is text and ends inside a character, or is compressed and
   *     ends inside a block
   */
  public boolean frameEnded() {
    return stream.frameEnded();
  }

  /** True if the message under way, or just complete, is text. */
  public boolean isText() {
    return stream.isText();
  }

  /** Takes the complete text message out; its memory counts until {@link #close}. */
  public String text() {
    String text = new String(buffer, 0, size, UTF_8);
    letGo();
    return text;
  }

  /**
   * Takes the complete binary message out; the array is the caller's, and its memory counts until
   * {@link #close}.
   */
  public byte[] binary() {
    boolean asItIs = size == buffer.length && lender == null;
    byte[] message = asItIs ? buffer : Arrays.copyOf(buffer, size);
    letGo();
    return message;
  }

  /** Forgets the message, be it under way or taken out. */
  public void close() {
    letGo();
    budget.giveBack(taken);
    taken = 0;
  }

  private void grow(int capacity) {
    take(capacity - (lender == null ? buffer.length : 0));
    byte[] larger = Arrays.copyOf(buffer, capacity);
    giveBack();
    buffer = larger;
  }

  private void take(long part) {
    if (!budget.tryTake(part, taken)) {
      throw new ProtocolException(
          CloseCode.TRY_AGAIN_LATER, "too many messages are under way on this server");
    }
    taken += part;
  }

  private void letGo() {
    giveBack();
    size = 0;
    buffer = NO_BYTES;
  }

  private void giveBack() {
    if (lender != null) {
      lender.giveBack(buffer);
      lender = null;
    }
  }

  /** How much of the message under way is there, inflated, in bytes. */
  public int size() {
    return size;
  }

  /** A copy of what is there of the message under way behind its first bytes. */
  public byte[] lately(int from) {
    return Arrays.copyOfRange(buffer, from, size);
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
    // The JDK puts this character for whatever it cannot decode; where it stands, the bytes tell
    // who wrote it.
    if (text.indexOf(REPLACEMENT) >= 0) {
      Utf8 utf8 = new Utf8();
      utf8.feed(bytes, from, to);
      utf8.end();
    }
    return text;
  }
}
