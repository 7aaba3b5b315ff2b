package dev.loomsocket.session;

import dev.loomsocket.net.ReadBuffer;
import dev.loomsocket.net.Transport;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Pong;
import dev.loomsocket.wire.CloseCode;
import dev.loomsocket.wire.ProtocolException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The life of one open WebSocket, from {@code @OnOpen} to {@code @OnClose}, as the thread that
 * waits for its input sees it: lets the {@link Receiver} take what has come, and tells how long to
 * wait for more.
 *
 * <pre>{@code
 * loop.enter();
 * while (loop.advance()) {
 *   loop.endWait(in.fill(loop.beginWait()));
 * }
 * loop.end();
 * }</pre>
 *
 * <p>Instead of waiting that thread may {@link #leave}, and another one go on from {@link #enter}.
 *
 * <p>While a handler keeps that thread busy, a relief thread reads ahead in the same way.
 */
public final class FrameLoop implements MessageSink, Transport.Watch {
  private static final Logger LOG = System.getLogger("dev.loomsocket.session");

  private final Transport transport;
  private final ReadBuffer in;
  private final LiveSession session;
  private final Outbox outbox;
  private final Conversation conversation;
  private final Receiver receiver;
  private final KeepAlive keepAlive;
  private final Relief relief = new Relief();
  private boolean opened;
  private boolean late; // the present wait began when something was due; owner: who reads
  private boolean overdue; // and so did the one before, which brought bytes; owner: who reads

  FrameLoop(
      Transport transport,
      ReadBuffer in,
      LiveSession session,
      Conversation conversation,
      Receiver receiver,
      KeepAlive keepAlive) {
    this.transport = transport;
    this.in = in;
    this.session = session;
    this.outbox = session.outbox();
    this.conversation = conversation;
    this.receiver = receiver;
    this.keepAlive = keepAlive;
    session.readBy(this);
  }

  /**
   * From now on the session is served by the present thread; the first one calls {@code @OnOpen}.
   *
   * @return true in the first one
   */
  public boolean enter() {
    outbox.owner(Thread.currentThread());
    boolean first = !opened;
    if (first) {
      opened = true;
      open();
    }
    return first;
  }

  /** Until somebody enters, the session is served by no thread: there is nothing to do. */
  public void leave() {
    outbox.owner(null);
    receiver.rest();
  }

  /** How many messages have come. */
  long received() {
    return receiver.received();
  }

  private void open() {
    transport.watch(this);
    handlerStarts();
    try {
      conversation.open();
    } finally {
      handlerEnded();
      messagePasses();
    }
  }

  /**
   * Takes what has come, and calls the handlers for it, until there is nothing left to take.
   *
   * @return true if more is to be waited for, false if the connection is over; the outbox knows why
   */
  public boolean advance() {
    try {
      while (!outbox.ending().isClosed()) {
        switch (receiver.step(this)) {
          case DONE -> {}
          case MESSAGE -> messagePasses();
          case NEEDS_INPUT -> {
            return true;
          }
          case STREAMS_TEXT -> stream(true);
          case STREAMS_BINARY -> stream(false);
        }
      }
    } catch (ProtocolException | IOException e) {
      outbox.closing().broken(e);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, () -> session + " failed for a reason that is ours", e);
      outbox.closing().broken(e);
    }
    return false;
  }

  /** The connection is over: calls {@code @OnClose}. */
  public void end() {
    if (!outbox.ending().isClosed()) {
      outbox.closing().disconnected();
    }
    ReadAhead ahead = relief.handlerEnded();
    if (ahead != null) { // a failure of ours has left it behind
      ahead.abandon(transport::wake);
    }
    receiver.close();
    List<LiveRoom> left = session.retire();
    // before @OnClose and listeners, which may take their time: the peer sees the end
    outbox.closing().finish();
    List<CountDownLatch> told = left.stream().map(LiveRoom::tellElsewhere).toList();
    CloseStatus status = outbox.ending().status();
    LOG.log(Level.DEBUG, () -> session + " ended: " + status);
    conversation.close(status);
    told.forEach(FrameLoop::await);
  }

  /** The rooms' listeners are told before this is over, unless the server waits no longer. */
  private static void await(CountDownLatch told) {
    try {
      told.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void text(String message) {
    if (!session.take(message)) {
      handlerStarts();
      try {
        conversation.text(message);
      } finally {
        handlerEnded();
      }
    }
    transport.worked(message.length());
  }

  @Override
  public void binary(byte[] message) {
    handlerStarts();
    try {
      conversation.binary(message);
    } finally {
      handlerEnded();
    }
    transport.worked(message.length);
  }

  @Override
  public void pong(Pong pong) {
    handlerStarts();
    try {
      conversation.pong(pong);
    } finally {
      handlerEnded();
    }
  }

  /**
   * A handler begins; bytes that have been read already may wait for it as much as those that have
   * not.
   */
  void handlerStarts() {
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
      messagePasses();
    }
  }

  /** Hands a message to its handler while it arrives, and skips what the handler leaves of it. */
  private void stream(boolean text) throws IOException {
    MessageInput message = new MessageInput(this, receiver, transport, outbox);
    try {
      if (text) {
        conversation.text(new InputStreamReader(message, StandardCharsets.UTF_8));
      } else {
        conversation.binary(message);
      }
    } finally {
      message.leave();
    }
    if (message.isEnded()) {
      handlerEnded();
    } else {
      message.skip();
    }
    message.pongs().forEach(this::pong);
    messagePasses();
  }

  /** In the transport's thread, now and then: is anybody needed who reads on? */
  @Override
  public void look(boolean inputWaits) {
    if (relief.isNeeded() && (inputWaits || timeLeft() <= 0)) {
      relieve();
    }
  }

  private void relieve() {
    ReadAhead ahead = outbox.readAhead(session, session.incoming());
    if (relief.begin(ahead)) {
      try {
        Thread.startVirtualThread(new ReliefReader(this, receiver, outbox, ahead));
      } catch (RuntimeException | Error e) {
        ahead.end(); // nobody waits for a thread that there is not
        throw e;
      }
    }
  }

  /**
   * Says to who wants to ask the client that nobody would see the answer, if so.
   *
   * @throws IllegalStateException if only this thread's handler could read it, or any other
   */
  void requireAnswerable() {
    if (receiver.streamsText()) {
      throw new IllegalStateException(
          "this endpoint takes every text with its Reader: no answer would be told from them");
    }
    if (outbox.isOwner() && relief.isReading()) {
      throw new IllegalStateException(
          "this handler's message is not at its end, and the answer comes behind it: read on first");
    }
  }

  /** In any thread: an answer is awaited, which must not wait for a handler. */
  void answerAwaited() {
    ReadAhead present = relief.present();
    if (present != null) {
      present.answerAwaited();
    } else if (relief.isNeeded()) {
      relieve();
    }
  }

  /** Waits for bytes, deeper in the stack than {@link #advance} would have it. */
  void fill() throws IOException {
    endWait(in.fill(beginWait()));
  }

  /** In a relief thread: while the handler is busy the client is not idle. */
  void handlerIsBusy() {
    keepAlive.busy();
  }

  /** A message has been handled, or is read on: from now on the client is waited for. */
  void messagePasses() {
    keepAlive.message(transport.now());
  }

  /** Lets out what waits to be sent; the nanoseconds that input may take to come. */
  public long beginWait() {
    outbox.flush();
    long left = timeLeft();
    late = left <= 0;
    return Math.max(1, left);
  }

  /**
   * The wait is over. When it brought nothing, what is due is done. What came while a handler was
   * busy is looked at first; what goes on coming is no excuse.
   *
   * @param bytes how many have come, −1 at the end of the stream
   */
  public void endWait(int bytes) {
    if (bytes < 0) {
      outbox.closing().disconnected();
      return;
    }
    if (bytes > 0) {
      keepAlive.heard(transport.now());
    }
    if (bytes == 0 || overdue) {
      doWhatIsDue();
    }
    overdue = bytes > 0 && late;
  }

  /** Nanoseconds. While the closing handshake is under way nothing else counts. */
  private long timeLeft() {
    return outbox.ending().isOpen()
        ? keepAlive.timeout(transport.now())
        : outbox.closing().timeLeft();
  }

  private void doWhatIsDue() {
    if (outbox.closing().timeLeft() <= 0) {
      outbox.closing().disconnected();
    } else if (outbox.ending().isOpen()) {
      keepAlive.taken(outbox.movedAt());
      switch (keepAlive.due(transport.now())) {
        case PING -> outbox.ping();
        case LOST -> outbox.closing().disconnected();
        case IDLE ->
            outbox.closing().close(new CloseStatus(CloseCode.GOING_AWAY, "idle for too long"));
        case NOTHING -> {}
      }
    }
  }
}
