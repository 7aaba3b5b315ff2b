package dev.loomsocket.session;

import dev.loomsocket.net.ReadBuffer;
import dev.loomsocket.websocket.Pong;
import dev.loomsocket.wire.ClosePayload;
import dev.loomsocket.wire.FrameHeader;
import dev.loomsocket.wire.Inflation;
import dev.loomsocket.wire.Mask;
import dev.loomsocket.wire.MemoryBudget;
import dev.loomsocket.wire.MessageAssembler;
import dev.loomsocket.wire.MessageStream;
import dev.loomsocket.wire.Opcode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes frames out of the read buffer: control frames go to the {@link Outbox}, messages to a sink.
 * It never waits: each step does what the bytes at hand allow. Belongs to whoever reads the
 * connection (see {@link Relief}).
 */
final class Receiver {
  private static final byte[] NOT_HELD = {}; // the payload of a frame that a handler has read

  private static final FrameHeader NONE = new FrameHeader();

  private final ReadBuffer in;
  private final Outbox outbox;
  private final Streaming streaming;
  private FrameHeader header; // another one after a rest
  private final @Nullable Inflation inflation;
  private final int maxMessageSize;
  private final MemoryBudget budget;
  private @Nullable MessageAssembler assembler; // while a message is under way in it
  private final @Nullable MessageStream stream; // if a handler reads messages while they arrive

  private boolean inFrame; // the header's data frame is not complete yet
  private long payloadRead; // of that frame, in bytes

  /** Messages; written by who reads, read by anybody: nothing else hangs on it. */
  private long received;

  private long decodedBefore; // bytes of its message before that frame

  /** Which messages are read by their handlers while they arrive. */
  record Streaming(boolean text, boolean binary) {
    boolean of(int opcode) {
      return opcode == Opcode.TEXT ? text : opcode == Opcode.BINARY && binary;
    }
  }

  Receiver(
      ReadBuffer in,
      Outbox outbox,
      Streaming streaming,
      SessionSettings settings,
      @Nullable Inflation inflation,
      MemoryBudget budget) {
    this.in = in;
    this.outbox = outbox;
    this.streaming = streaming;
    this.header = NONE;
    this.inflation = inflation;
    this.maxMessageSize = settings.maxMessageSize();
    this.budget = budget;
    this.stream =
        streaming.text || streaming.binary
            ? new MessageStream(settings.maxStreamSize(), inflation)
            : null;
  }

  /** True if texts go to their handler while they arrive. */
  boolean streamsText() {
    return streaming.text;
  }

  /** How many messages have come as a whole. */
  long received() {
    return received;
  }

  /** For a while nothing comes: what is not needed until then is let go of. */
  void rest() {
    if (!inFrame) {
      header = NONE;
    }
  }

  /** What a step has come to. */
  enum Step {
    DONE,
    /** A message has gone to the sink. */
    MESSAGE,
    NEEDS_INPUT,
    /** A message begins that its handler reads while it arrives; nothing of it is taken. */
    STREAMS_TEXT,
    /** The same for a binary message. */
    STREAMS_BINARY
  }

  /** Takes the next step that the bytes at hand allow. */
  Step step(MessageSink sink) {
    if (inFrame) {
      return payload(Objects.requireNonNull(assembler), sink);
    }
    if (header == NONE) {
      header = new FrameHeader(inflation != null);
    }
    int size = header.decode(in.array(), in.pos(), in.limit());
    if (size == 0) {
      return Step.NEEDS_INPUT;
    }
    boolean complete = in.available() - size >= header.length();
    if (header.isControl()) {
      return complete ? control(size, sink) : Step.NEEDS_INPUT;
    }
    MessageAssembler message = assembler;
    if (message == null) {
      if (stream != null && streaming.of(header.opcode())) {
        return header.opcode() == Opcode.TEXT ? Step.STREAMS_TEXT : Step.STREAMS_BINARY;
      }
      if (complete && header.isMessage() && header.length() <= maxMessageSize) {
        return whole(size, sink);
      }
      assembler = message = new MessageAssembler(maxMessageSize, inflation, budget);
    }
    message.begin(header);
    decodedBefore = message.size();
    enter(size);
    return payload(message, sink);
  }

  /** Nothing more is received. */
  void close() {
    if (assembler != null) {
      assembler.close();
    }
    if (inflation != null) {
      inflation.close();
    }
  }

  private TrafficLog.Frame frame() {
    return new TrafficLog.Frame(header.fin(), header.rsv1(), header.opcode(), header.length());
  }

  private void log(byte[] bytes, int from, int to) {
    TrafficLog logged = outbox.log();
    if (logged != null) {
      logged.received(frame(), to - from, Arrays.copyOfRange(bytes, from, to));
    }
  }

  private void enter(int headerSize) {
    in.consume(headerSize);
    inFrame = true;
    payloadRead = 0;
  }

  /**
   * A message in one frame that lies complete in the buffer: nothing is copied but what the user
   * receives.
   */
  private Step whole(int headerSize, MessageSink sink) {
    int from = in.pos() + headerSize;
    int to = from + (int) header.length();
    byte[] bytes = in.array();
    Mask.apply(bytes, from, to, header.maskingKey(), 0);
    in.consume(to - in.pos());
    log(bytes, from, to);
    received++;
    if (header.opcode() == Opcode.TEXT) {
      sink.text(MessageAssembler.text(bytes, from, to));
    } else {
      sink.binary(Arrays.copyOfRange(bytes, from, to));
    }
    return Step.MESSAGE;
  }

  /** The part of a data frame's payload that has arrived. */
  private Step payload(MessageAssembler message, MessageSink sink) {
    ByteBuffer room = in.endDetour();
    if (room != null) {
      int n = room.position();
      unmask(room.array(), room.arrayOffset(), n);
      message.appended(n);
    } else {
      int n = (int) Math.min(in.available(), header.length() - payloadRead);
      unmask(in.array(), in.pos(), n);
      message.append(in.array(), in.pos(), in.pos() + n);
      in.consume(n);
    }
    if (payloadRead < header.length()) {
      in.detour(message.room());
      return Step.NEEDS_INPUT;
    }
    inFrame = false;
    boolean messageEnded = message.frameEnded();
    TrafficLog logged = outbox.log();
    if (logged != null) {
      byte[] decoded = message.lately((int) decodedBefore);
      logged.received(frame(), decoded.length, decoded);
    }
    if (!messageEnded) {
      return Step.DONE;
    }
    assembler = null;
    received++;
    try {
      if (message.isText()) {
        sink.text(message.text());
      } else {
        sink.binary(message.binary());
      }
    } finally {
      message.close(); // until its handler has ended it is held
    }
    return Step.MESSAGE;
  }

  /** Unmasks the next bytes of the frame's payload. */
  private void unmask(byte[] bytes, int from, int n) {
    Mask.apply(bytes, from, from + n, header.maskingKey(), (int) (payloadRead & 3));
    payloadRead += n;
  }

  private Step control(int headerSize, MessageSink sink) {
    int from = in.pos() + headerSize;
    int to = from + (int) header.length();
    Mask.apply(in.array(), from, to, header.maskingKey(), 0);
    byte[] payload = Arrays.copyOfRange(in.array(), from, to);
    in.consume(to - in.pos());
    log(payload, 0, payload.length);
    switch (header.opcode()) {
      case Opcode.PING -> outbox.pong(payload);
      case Opcode.PONG ->
          sink.pong(
              new Pong(ByteBuffer.wrap(payload).asReadOnlyBuffer(), outbox.roundTrip(payload)));
      default -> outbox.closing().received(ClosePayload.decode(payload, 0, payload.length));
    }
    return Step.DONE;
  }

  /** Instead of a number of bytes: the streamed message is complete. */
  static final int END_OF_MESSAGE = -1;

  /** Instead of a number of bytes: more input is needed first. */
  static final int NEEDS_INPUT = -2;

  /**
   * Takes the next bytes of the streamed message; control frames between its fragments are served.
   */
  int read(byte[] to, int from, int until, MessageSink sink) {
    MessageStream message = Objects.requireNonNull(stream);
    while (!outbox.ending().isClosed()) {
      if (!inFrame) {
        if (!nextFrame(message, sink)) {
          return NEEDS_INPUT;
        }
        continue;
      }
      int n = message.read(to, from, until);
      if (n > 0) {
        decodedBefore += n;
        return n;
      }
      if (payloadRead == header.length()) {
        inFrame = false;
        TrafficLog logged = outbox.log();
        if (logged != null) {
          logged.received(frame(), decodedBefore, NOT_HELD);
        }
        if (message.frameEnded()) {
          received++;
          return END_OF_MESSAGE;
        }
      } else if (!feed(message)) {
        return NEEDS_INPUT;
      }
    }
    return NEEDS_INPUT; // which will not come
  }

  private boolean nextFrame(MessageStream message, MessageSink sink) {
    int size = header.decode(in.array(), in.pos(), in.limit());
    if (size == 0) {
      return false;
    }
    if (header.isControl()) {
      return in.available() - size >= header.length() && control(size, sink) == Step.DONE;
    }
    message.begin(header);
    decodedBefore = 0;
    enter(size);
    return true;
  }

  private boolean feed(MessageStream message) {
    int n = (int) Math.min(in.available(), header.length() - payloadRead);
    unmask(in.array(), in.pos(), n);
    message.feed(in.array(), in.pos(), in.pos() + n);
    in.consume(n);
    return n > 0;
  }
}
