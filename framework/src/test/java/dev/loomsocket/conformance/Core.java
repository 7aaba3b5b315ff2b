package dev.loomsocket.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.loomsocket.websocket.Compression;
import dev.loomsocket.websocket.WebSocketEndpoint;
import dev.loomsocket.wire.CloseAutomaton;
import dev.loomsocket.wire.ClosePayload;
import dev.loomsocket.wire.DeflateNegotiation;
import dev.loomsocket.wire.DeflateNegotiation.Agreement;
import dev.loomsocket.wire.DeflateOptions;
import dev.loomsocket.wire.DeflateParameters;
import dev.loomsocket.wire.DeflatePools;
import dev.loomsocket.wire.Deflation;
import dev.loomsocket.wire.FrameHeader;
import dev.loomsocket.wire.Inflation;
import dev.loomsocket.wire.Mask;
import dev.loomsocket.wire.MessageAssembler;
import dev.loomsocket.wire.MessageStream;
import dev.loomsocket.wire.Opcode;
import dev.loomsocket.wire.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An echo server without socket, thread and session: the package {@code wire} alone, driven as the
 * session's frame loop drives it. Bytes in, bytes out.
 */
final class Core implements AutoCloseable {
  private static final DeflatePools POOLS = new DeflatePools(4);
  private static final long DEFAULT_LIMIT = 1 << 20;

  private final String answer;
  private final boolean closesOnDemand;
  private final int level;
  private final int threshold;
  private final @Nullable DeflateParameters parameters;
  private final @Nullable Inflation inflation;
  private final @Nullable Deflation context;

  private final long maxMessageSize;
  private final FrameHeader header;
  private final MessageAssembler assembler;
  private final @Nullable MessageStream stream;
  private final ByteArrayOutputStream streamed = new ByteArrayOutputStream();
  private final byte[] some = new byte[1000];
  private final CloseAutomaton closing = new CloseAutomaton();

  private byte[] in = new byte[64];
  private int pos;
  private int limit;
  private boolean underWay; // a message, in the assembler
  private boolean inFrame;
  private long payloadRead;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int replies;

  /**
   * A server that has just accepted a connection.
   *
   * @param streams whether it takes messages piece by piece, as for a handler that reads them so
   */
  Core(Setting setting, boolean streams) {
    WebSocketEndpoint endpoint = Echoes.at(setting.path());
    closesOnDemand = setting.path().equals("/closing");
    DeflateOptions options = options(endpoint.compression());
    List<String> offers = setting.offer().isEmpty() ? List.of() : List.of(setting.offer());
    Optional<Agreement> agreement = DeflateNegotiation.negotiate(offers, options);
    answer = agreement.map(Agreement::answer).orElse("");
    parameters = agreement.map(Agreement::parameters).orElse(null);
    level = options.level();
    threshold = options.threshold();
    inflation = parameters == null ? null : new Inflation(POOLS, parameters);
    context =
        parameters == null || parameters.serverNoContextTakeover()
            ? null
            : new Deflation(POOLS, level, parameters);
    maxMessageSize = endpoint.maxMessageSize() == 0 ? DEFAULT_LIMIT : endpoint.maxMessageSize();
    header = new FrameHeader(inflation != null);
    assembler = new MessageAssembler(maxMessageSize, inflation);
    stream = streams ? new MessageStream(maxMessageSize, inflation) : null;
  }

  private static DeflateOptions options(Compression compression) {
    return new DeflateOptions(
        compression.enabled(),
        compression.level(),
        compression.threshold(),
        compression.contextTakeover(),
        compression.contextTakeover(),
        15);
  }

  /** What it has answered to the offer of compression. */
  String answer() {
    return answer;
  }

  /** True once it would end the TCP connection. */
  boolean isEnded() {
    return closing.state() == CloseAutomaton.State.CLOSED;
  }

  /** How many frames it has sent. */
  int replies() {
    return replies;
  }

  /** What it has sent since this was last asked. */
  byte[] take() {
    byte[] sent = out.toByteArray();
    out.reset();
    return sent;
  }

  /** Takes {@code bytes[from, to)} as the next segment. */
  void receive(byte[] bytes, int from, int to) {
    int waiting = limit - pos;
    if (to - from > in.length - limit) {
      in = Arrays.copyOfRange(in, pos, pos + Math.max(in.length, 2 * (waiting + to - from)));
      pos = 0;
      limit = waiting;
    }
    System.arraycopy(bytes, from, in, limit, to - from);
    limit += to - from;
    try {
      while (!isEnded() && step()) {}
    } catch (ProtocolException e) {
      ClosePayload ours = new ClosePayload(e.closeCode(), e.getMessage());
      if (closing.fail(ours)) {
        send(false, Opcode.CLOSE, ours.encode());
      }
    }
  }

  /** Goes as far as one frame, or the part of it that is there; false if more bytes are needed. */
  private boolean step() {
    if (inFrame) {
      return stream == null ? payload() : payload(stream);
    }
    int size = header.decode(in, pos, limit);
    if (size == 0) {
      return false;
    }
    boolean complete = limit - pos - size >= header.length();
    if (header.isControl()) {
      return complete && control(size);
    }
    if (stream != null) {
      stream.begin(header);
    } else if (complete && !underWay && header.isMessage() && header.length() <= maxMessageSize) {
      byte[] payload = take(size);
      message(header.opcode(), payload);
      return true;
    } else {
      assembler.begin(header);
      underWay = true;
    }
    pos += size;
    inFrame = true;
    payloadRead = 0;
    return true;
  }

  private byte[] take(int headerSize) {
    int from = pos + headerSize;
    pos = from + (int) header.length();
    Mask.apply(in, from, pos, header.maskingKey(), 0);
    return Arrays.copyOfRange(in, from, pos);
  }

  private int unmask() {
    int n = (int) Math.min(limit - pos, header.length() - payloadRead);
    Mask.apply(in, pos, pos + n, header.maskingKey(), (int) (payloadRead & 3));
    payloadRead += n;
    return n;
  }

  private boolean payload() {
    int n = unmask();
    assembler.append(in, pos, pos + n);
    pos += n;
    if (payloadRead < header.length()) {
      return false;
    }
    inFrame = false;
    if (assembler.frameEnded()) {
      underWay = false;
      if (assembler.isText()) {
        echo(Opcode.TEXT, assembler.text().getBytes(UTF_8));
      } else {
        echo(Opcode.BINARY, assembler.binary());
      }
    }
    return true;
  }

  private boolean payload(MessageStream source) {
    int n = unmask();
    source.feed(in, pos, pos + n);
    for (int count = -1; count != 0; ) {
      count = source.read(some, 0, some.length);
      streamed.write(some, 0, count);
    }
    pos += n;
    if (payloadRead < header.length()) {
      return false;
    }
    inFrame = false;
    if (source.frameEnded()) {
      byte[] message = streamed.toByteArray();
      streamed.reset();
      echo(source.isText() ? Opcode.TEXT : Opcode.BINARY, message);
    }
    return true;
  }

  private boolean control(int headerSize) {
    int opcode = header.opcode();
    byte[] payload = take(headerSize);
    if (opcode == Opcode.CLOSE) {
      ClosePayload theirs = ClosePayload.decode(payload, 0, payload.length);
      if (closing.received(theirs)) {
        send(false, Opcode.CLOSE, theirs.encode());
      }
    } else if (opcode == Opcode.PING && closing.maySend()) {
      send(false, Opcode.PONG, payload);
    }
    return true;
  }

  private void message(int opcode, byte[] payload) {
    if (opcode == Opcode.TEXT) {
      String text = MessageAssembler.text(payload, 0, payload.length);
      echo(opcode, text.getBytes(UTF_8));
    } else {
      echo(opcode, payload);
    }
  }

  private void echo(int opcode, byte[] message) {
    if (!closing.maySend()) {
      return;
    }
    if (closesOnDemand && Arrays.equals(message, "close 4000".getBytes(UTF_8))) {
      ClosePayload ours = new ClosePayload(4000, "as you wish");
      closing.close(ours);
      send(false, Opcode.CLOSE, ours.encode());
      return;
    }
    if (parameters == null || message.length < threshold) {
      send(false, opcode, message);
    } else if (context != null) {
      send(true, opcode, context.message(message));
    } else {
      byte[] compressed = new Deflation(POOLS, level, parameters).message(message);
      boolean smaller = compressed.length < message.length;
      send(smaller, opcode, smaller ? compressed : message);
    }
  }

  private void send(boolean rsv1, int opcode, byte[] payload) {
    byte[] head = new byte[FrameHeader.MAX_SIZE];
    out.write(head, 0, FrameHeader.encode(head, 0, true, rsv1, opcode, payload.length));
    out.writeBytes(payload);
    replies++;
  }

  @Override
  public void close() {
    if (inflation != null) {
      inflation.close();
    }
    if (context != null) {
      context.close();
    }
  }
}
