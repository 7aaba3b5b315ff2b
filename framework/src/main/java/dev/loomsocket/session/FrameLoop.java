package dev.loomsocket.session;

import dev.loomsocket.net.ReadBuffer;
import dev.loomsocket.net.Transport;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Pong;
import dev.loomsocket.wire.CloseCode;
import dev.loomsocket.wire.ProtocolException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The receiving side of one open WebSocket: waits for input and lets the {@link Receiver} take it,
 * until the connection is closed or lost. It runs in the connection's thread and, while a handler
 * keeps that busy, in a relief thread that reads ahead.
 */
final class FrameLoop {
  private static final int SKIPPED_AT_ONCE = 8 * 1024;

  private final Transport transport;
  private final ReadBuffer in;
  private final Outbox outbox;
  private final Conversation conversation;
  private final Receiver receiver;
  private final KeepAlive keepAlive;
  private final SessionSettings settings;
  private final Relief relief = new Relief();
  private final Handlers handlers = new Handlers();
  private boolean overdue; // bytes came when something was due already; owner: who reads
  private final WaitingPongs pongs = new WaitingPongs();
  private final Pace pace;

  FrameLoop(
      Transport transport,
      ReadBuffer in,
      Outbox outbox,
      Conversation conversation,
      Receiver receiver,
      SessionSettings settings) {
    this.transport = transport;
    this.pace = new Pace(transport);
    this.in = in;
    this.outbox = outbox;
    this.conversation = conversation;
    this.receiver = receiver;
    this.keepAlive = new KeepAlive(settings, transport.now());
    this.settings = settings;
  }

  /** From {@code @OnOpen} until nothing more is to be received; the outbox knows why. */
  void run() {
    transport.whenNeglected(this::relieve);
    handlerStarts();
    conversation.open();
    handlerEnded();
    try {
      while (!outbox.ending().isClosed()) {
        switch (receiver.step(handlers)) {
          case DONE -> {}
          case MESSAGE -> keepAlive.message(transport.now());
          case NEEDS_INPUT -> fill();
          case STREAMS_TEXT -> stream(true);
          case STREAMS_BINARY -> stream(false);
        }
      }
    } catch (ProtocolException e) {
      outbox.fail(e.closeCode(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      outbox.disconnected();
    }
  }

  /** The handlers, called in the connection's thread; meanwhile a relief may read. */
  private final class Handlers implements MessageSink {
    @Override
    public void text(String message) {
      handlerStarts();
      conversation.text(message);
      handlerEnded();
      pace.worked(message.length());
    }

    @Override
    public void binary(byte[] message) {
      handlerStarts();
      conversation.binary(message);
      handlerEnded();
      pace.worked(message.length);
    }

    @Override
    public void pong(Pong pong) {
      handlerStarts();
      conversation.pong(pong);
      handlerEnded();
    }
  }

  /**
   * A handler begins; bytes that have been read already may wait for it as much as those that have
   * not.
   */
  private void handlerStarts() {
    transport.unread(in.available() > 0);
    relief.handlerStarts();
  }

  /** Takes reading back, and first what a relief thread has read meanwhile. */
  private void handlerEnded() {
    ReadAhead ahead = relief.handlerEnded();
    if (ahead != null) {
      ReadAhead.Delivery next;
      while ((next = ahead.take(transport::wake)) != null) {
        next.to(conversation);
        outbox.flush();
      }
      relief.over();
    }
  }

  /** In the transport's thread: input has been waiting for a while. */
  private void relieve() {
    if (relief.isNeeded()) {
      ReadAhead ahead = new ReadAhead(settings.maxMessageSize());
      if (relief.begin(ahead)) {
        try {
          Thread.startVirtualThread(() -> readAhead(ahead));
        } catch (RuntimeException | Error e) {
          ahead.end(); // nobody waits for a thread that there is not
          throw e;
        }
      }
    }
  }

  /** In a relief thread: reads until the handler has ended, or the connection. */
  private void readAhead(ReadAhead ahead) {
    try {
      boolean reads = true;
      while (reads && !outbox.ending().isClosed() && !ahead.isStopping()) {
        switch (receiver.step(ahead)) {
          case DONE -> {}
          case MESSAGE -> keepAlive.message(transport.now());
          case NEEDS_INPUT -> fill();
          case STREAMS_TEXT, STREAMS_BINARY -> reads = false; // only its handler can read it
        }
      }
    } catch (ProtocolException e) {
      outbox.fail(e.closeCode(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      outbox.disconnected();
    } catch (RuntimeException | Error e) {
      outbox.fail(CloseCode.INTERNAL_ERROR, "");
      throw e; // to be seen; the connection's thread finds its session ended
    } finally {
      if (outbox.ending().isClosed()) {
        outbox.finish(); // the peer need not wait for the handler
      }
      ahead.end();
    }
  }

  /** Hands a message to its handler while it arrives, and skips what the handler leaves of it. */
  private void stream(boolean text) throws IOException {
    MessageInput message = new MessageInput(this);
    if (text) {
      conversation.text(new InputStreamReader(message, StandardCharsets.UTF_8));
    } else {
      conversation.binary(message);
    }
    if (message.leave()) {
      handlerEnded();
    } else {
      skipRest();
    }
    List<Pong> waited = List.copyOf(pongs.received);
    pongs.received.clear();
    waited.forEach(handlers::pong);
  }

  private void skipRest() throws IOException {
    byte[] unwanted = new byte[SKIPPED_AT_ONCE];
    while (!outbox.ending().isClosed()
        && pull(unwanted, 0, unwanted.length) != Receiver.END_OF_MESSAGE) {}
  }

  /**
   * The next bytes of a streamed message for its handler, as {@link Receiver#read}; but before this
   * says that it needs input, it has waited for it.
   */
  int readStreamed(byte[] to, int from, int until) throws IOException {
    int n = pull(to, from, until);
    if (n == Receiver.END_OF_MESSAGE) {
      handlerStarts(); // whatever the handler does now, it does not read
    }
    return n;
  }

  /** Ends the present wait for input, or the next. */
  void endWait() {
    transport.wake();
  }

  private int pull(byte[] to, int from, int until) throws IOException {
    try {
      int n = receiver.read(to, from, until, pongs);
      if (n != Receiver.NEEDS_INPUT) {
        keepAlive.message(transport.now());
        pace.worked(n);
      } else if (outbox.ending().isClosed()) {
        throw new SessionEndedException("the connection ended within a message");
      } else {
        fill();
      }
      return n;
    } catch (ProtocolException e) {
      outbox.fail(e.closeCode(), String.valueOf(e.getMessage()));
      throw new SessionEndedException("the message is not valid: " + e.getMessage());
    } catch (IOException e) {
      outbox.disconnected();
      throw e;
    }
  }

  /**
   * Pongs that come within a streamed message wait for its handler: there are never two at once.
   */
  private static final class WaitingPongs implements MessageSink {
    private static final int MOST = 16; // more are not worth the memory

    private final List<Pong> received = new ArrayList<>(0);

    @Override
    public void text(String message) {
      throw new IllegalStateException("a message within a message");
    }

    @Override
    public void binary(byte[] message) {
      throw new IllegalStateException("a message within a message");
    }

    @Override
    public void pong(Pong pong) {
      if (received.size() < MOST) {
        received.add(pong);
      }
    }
  }

  /**
   * Waits for bytes, and does what is due when they do not come in time. Those that came while a
   * handler was busy are looked at first; those that go on coming are no excuse.
   */
  private void fill() throws IOException {
    outbox.flush();
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
    } else if (outbox.ending().isOpen()) {
      switch (keepAlive.due(transport.now())) {
        case PING -> outbox.ping();
        case LOST -> outbox.disconnected();
        case IDLE -> outbox.close(new CloseStatus(1001, "idle for too long"));
        case NOTHING -> {}
      }
    }
  }
}
