package dev.loomsocket.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a connection does with the bytes that it reads, without the connection: bytes in pieces go
 * in, events come out as lines like {@code text Hello}, {@code ping 01 02}, {@code close 1000 bye}
 * and {@code fail 1002}.
 */
final class Receiver {
  /** Deflate inflates to at most 1032 times its size. */
  private static final int MOST_UNFOLDED = 1032;

  private final FrameHeader header;
  private final long maxMessageSize;
  private final MessageAssembler assembler;
  private final int unfolded; // how many bytes one received byte may become
  private final @Nullable MessageStream stream; // null: messages are assembled
  private final ByteArrayOutputStream streamed = new ByteArrayOutputStream();
  private final List<String> events = new ArrayList<>();

  private byte[] unread = {};
  private long received;
  private boolean underWay; // a message, in the assembler
  private boolean inPayload;
  private long left; // of the payload under way
  private boolean failed;

  Receiver(long maxMessageSize) {
    this(maxMessageSize, null, false);
  }

  /** One with permessage-deflate, or without (null), that reads messages as streams, or not. */
  Receiver(long maxMessageSize, @Nullable Inflation inflation, boolean streams) {
    this.maxMessageSize = maxMessageSize;
    this.header = new FrameHeader(inflation != null);
    this.assembler = new MessageAssembler(maxMessageSize, inflation);
    this.unfolded = inflation == null ? 1 : MOST_UNFOLDED;
    this.stream = streams ? new MessageStream(maxMessageSize, inflation) : null;
  }

  /** All events of one stream of bytes that comes in these pieces. */
  static List<String> receive(byte[]... pieces) {
    return receive(new Receiver(1 << 20), pieces);
  }

  /** All events that this receiver makes of one stream of bytes that comes in these pieces. */
  static List<String> receive(Receiver receiver, byte[]... pieces) {
    for (byte[] piece : pieces) {
      receiver.feed(piece);
    }
    return receiver.events();
  }

  List<String> events() {
    return events;
  }

  void feed(byte[] piece) {
    if (failed) {
      return;
    }
    unread = ClientFrames.join(unread, piece);
    received += piece.length;
    try {
      int pos = 0;
      for (int next = step(pos); next >= 0; next = step(pos)) {
        pos = next;
      }
      unread = Arrays.copyOfRange(unread, inPayload ? unread.length : pos, unread.length);
    } catch (ProtocolException e) {
      failed = true;
      events.add("fail " + e.closeCode());
    }
    long bound = Math.min(maxMessageSize, 8L * unfolded * received + 65_536);
    bound = unfolded == 1 ? bound : Math.max(bound, DeflatePools.SCRATCH_SIZE);
    if (assembler.capacity() > bound) {
      throw new AssertionError(assembler.capacity() + " bytes held after " + received);
    }
  }

  /** Goes on at pos; the position reached, or -1 if more bytes are needed. */
  private int step(int pos) {
    if (inPayload) {
      return payload(pos);
    }
    int size = header.decode(unread, pos, unread.length);
    if (size == 0) {
      return -1;
    }
    int start = pos + size;
    boolean allThere = unread.length - start >= header.length();
    if (header.isControl()) {
      return allThere ? control(start) : -1;
    }
    if (stream != null) {
      stream.begin(header);
    } else if (!underWay && allThere && header.isMessage() && header.length() <= maxMessageSize) {
      return whole(start);
    } else {
      assembler.begin(header);
      underWay = true;
    }
    inPayload = true;
    left = header.length(); // of a compressed frame, more than any array holds is no fault
    return payload(start);
  }

  private int payload(int pos) {
    int take = (int) Math.min(left, unread.length - pos);
    int phase = (int) (header.length() - left & 3);
    Mask.apply(unread, pos, pos + take, header.maskingKey(), phase);
    if (stream != null) {
      pull(stream, pos, pos + take);
    } else {
      assembler.append(unread, pos, pos + take);
    }
    left -= take;
    if (left > 0) {
      return -1;
    }
    inPayload = false;
    if (stream != null) {
      if (stream.frameEnded()) {
        byte[] message = streamed.toByteArray();
        streamed.reset();
        events.add(stream.isText() ? text(message) : binary(message));
      }
    } else if (assembler.frameEnded()) {
      underWay = false;
      events.add(assembler.isText() ? "text " + assembler.text() : binary(assembler.binary()));
    }
    return pos + take;
  }

  private void pull(MessageStream from, int pos, int end) {
    from.feed(unread, pos, end);
    byte[] out = new byte[100];
    int room = 1 + (int) received % 7; // of a few bytes, not always the same
    for (int n = from.read(out, 1, 1 + room); n > 0; n = from.read(out, 1, 1 + room)) {
      streamed.write(out, 1, n);
    }
  }

  private int whole(int start) {
    int end = unmask(start);
    events.add(
        header.opcode() == Opcode.TEXT
            ? "text " + MessageAssembler.text(unread, start, end)
            : binary(Arrays.copyOfRange(unread, start, end)));
    return end;
  }

  private int control(int start) {
    int end = unmask(start);
    if (header.opcode() == Opcode.CLOSE) {
      ClosePayload close = ClosePayload.decode(unread, start, end);
      events.add(("close " + close.code() + " " + close.reason()).strip());
    } else {
      String kind = header.opcode() == Opcode.PING ? "ping " : "pong ";
      events.add(kind + ClientFrames.hex(Arrays.copyOfRange(unread, start, end)));
    }
    return end;
  }

  private int unmask(int start) {
    int end = start + (int) header.length();
    Mask.apply(unread, start, end, header.maskingKey(), 0);
    return end;
  }

  static String binary(byte[] message) {
    return message.length <= 64
        ? "binary " + ClientFrames.hex(message)
        : "binary " + message.length + " bytes, hash " + Arrays.hashCode(message);
  }

  static String text(byte[] message) {
    return "text " + new String(message, UTF_8);
  }
}
