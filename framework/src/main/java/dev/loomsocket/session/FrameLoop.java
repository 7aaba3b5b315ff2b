package dev.loomsocket.session;

import dev.loomsocket.net.ReadBuffer;
import dev.loomsocket.net.Transport;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Pong;
import dev.loomsocket.wire.ClosePayload;
import dev.loomsocket.wire.FrameHeader;
import dev.loomsocket.wire.Mask;
import dev.loomsocket.wire.MessageAssembler;
import dev.loomsocket.wire.Opcode;
import dev.loomsocket.wire.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The receiving side of one open WebSocket, in its connection's thread: frames out of the read buffer, control frames
 * to the {@link Outbox}, messages to the {@link Conversation}, until the connection is closed or lost.
 */
final class FrameLoop {
  private final Transport transport;
  private final ReadBuffer in;
  private final Outbox outbox;
  private final Conversation conversation;
  private final KeepAlive keepAlive;
  private final MessageAssembler assembler;
  private final FrameHeader header = new FrameHeader();

  private boolean inFrame; // the header's data frame is not complete yet
  private long payloadRead; // of that frame, in bytes
  private boolean overdue; // bytes came when something was due already

  FrameLoop(
      Transport transport,
      ReadBuffer in,
      Outbox outbox,
      Conversation conversation,
      SessionSettings settings) {
    this.transport = transport;
    this.in = in;
    this.outbox = outbox;
    this.conversation = conversation;
    this.keepAlive = new KeepAlive(settings, transport.now());
    this.assembler = new MessageAssembler(settings.maxMessageSize());
  }

  /** Returns when nothing more is to be received; the outbox knows why. */
  void run() {
    try {
      while (!outbox.isClosed()) {
        if (!frame()) {
          outbox.flush();
          fill();
        }
      }
    } catch (ProtocolException e) {
      outbox.fail(e.closeCode(), e.getMessage());
    } catch (IOException e) {
      outbox.disconnected();
    }
  }

  /**
   * Waits for bytes, and does what is due when they do not come in time. Those that came while a handler was busy are
   * looked at first; those that go on coming are no excuse.
   */
  private void fill() throws IOException {
    long left = timeLeft();
    int n = in.fill(Math.max(1, left));
    if (n < 0) {
      outbox.disconnected();
      return;
    }
    if (n > 0) {
      keepAlive.heard(transport.now());
    }
    if (n == 0 || overdue) {
      doWhatIsDue();
    }
    overdue = n > 0 && left <= 0;
  }

  /** Nanoseconds. While the closing handshake is under way nothing else counts. */
  private long timeLeft() {
    long closing = outbox.closeTimeLeft();
    return closing == Transport.FOREVER ? keepAlive.timeout(transport.now()) : closing;
  }

  private void doWhatIsDue() {
    if (outbox.closeTimeLeft() <= 0) {
      outbox.disconnected();
    } else if (outbox.isOpen()) {
      switch (keepAlive.due(transport.now())) {
        case PING -> outbox.ping();
        case LOST -> outbox.disconnected();
        case IDLE -> outbox.close(new CloseStatus(1001, "idle for too long"));
        case NOTHING -> {}
      }
    }
  }

  /** Takes the next step that the bytes at hand allow; false when it needs more of them. */
  private boolean frame() {
    if (inFrame) {
      return payload();
    }
    int size = header.decode(in.array(), in.pos(), in.limit());
    if (size == 0) {
      return false;
    }
    boolean complete = in.available() - size >= header.length();
    if (header.isControl()) {
      return complete && control(size);
    }
    if (complete && assembler.isWhole(header)) {
      whole(size);
      return true;
    }
    assembler.begin(header);
    in.consume(size);
    inFrame = true;
    payloadRead = 0;
    return payload();
  }

  /** A message in one frame that lies complete in the buffer: nothing is copied but what the user receives. */
  private void whole(int headerSize) {
    int from = in.pos() + headerSize;
    int to = from + (int) header.length();
    byte[] bytes = in.array();
    Mask.apply(bytes, from, to, header.maskingKey(), 0);
    in.consume(to - in.pos());
    keepAlive.message(transport.now());
    if (header.opcode() == Opcode.TEXT) {
      conversation.text(MessageAssembler.text(bytes, from, to));
    } else {
      conversation.binary(Arrays.copyOfRange(bytes, from, to));
    }
  }

  /** The part of a data frame's payload that has arrived. */
  private boolean payload() {
    int from = in.pos();
    int n = (int) Math.min(in.available(), header.length() - payloadRead);
    Mask.apply(in.array(), from, from + n, header.maskingKey(), (int) (payloadRead & 3));
    assembler.append(in.array(), from, from + n);
    in.consume(n);
    payloadRead += n;
    if (payloadRead < header.length()) {
      return false;
    }
    inFrame = false;
    if (assembler.frameEnded()) {
      keepAlive.message(transport.now());
      if (assembler.isText()) {
        conversation.text(assembler.text());
      } else {
        conversation.binary(assembler.binary());
      }
    }
    return true;
  }

  private boolean control(int headerSize) {
    int from = in.pos() + headerSize;
    int to = from + (int) header.length();
    Mask.apply(in.array(), from, to, header.maskingKey(), 0);
    byte[] payload = Arrays.copyOfRange(in.array(), from, to);
    in.consume(to - in.pos());
    switch (header.opcode()) {
      case Opcode.PING -> outbox.pong(payload);
      case Opcode.PONG ->
          conversation.pong(
              new Pong(ByteBuffer.wrap(payload).asReadOnlyBuffer(), outbox.roundTrip(payload)));
      default -> outbox.received(ClosePayload.decode(payload, 0, payload.length));
    }
    return true;
  }
}
