package dev.loomsocket.session;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Transport;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.wire.CloseCode;
import dev.loomsocket.wire.ClosePayload;
import dev.loomsocket.wire.Opcode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a session sends, and its closing handshake, under one lock that is never held
 * while anything waits.
 *
 * <p>Any thread may use it. The connection's own thread is the <em>owner</em>: what it sends is
 * gathered and written when it has no complete frame left to handle, or a moment later if it is
 * still busy then. Others write at once.
 */
final class Outbox {
  private final Transport transport;
  private final SessionSettings settings;
  private final @Nullable Compressor compressor;

  private final SendLock lock = new SendLock();
  // Guarded by lock, as is what they refer to.
  private final SendQueue queue;
  private final QueueWriter writer;
  private @Nullable Pings pings; // once there was one
  private @Nullable StreamTurn stream; // a message is being sent in fragments

  private final Ending ending = new Ending();
  private volatile @Nullable TrafficLog log; // written by any thread

  /**
   * A room's message behind a streamed one.
   *
   * @param encoded null if it is to be compressed in its turn
   */
  private record Waiting(Message message, RoomMessage.@Nullable Encoded encoded) {}

  /** The time of a streamed message: whose it is, and the rooms' messages that wait behind it. */
  private static final class StreamTurn {
    final Thread thread = Thread.currentThread();
    final Queue<Waiting> behind = new ArrayDeque<>(0);
    @Nullable OutgoingMessage message;
    long bytesBehind;
  }

  Outbox(
      Transport transport,
      BufferPool pool,
      SessionSettings settings,
      @Nullable Compressor compressor,
      Thread owner) {
    this.transport = transport;
    this.settings = settings;
    this.compressor = compressor;
    this.queue = new SendQueue(pool);
    this.writer = new QueueWriter(transport, queue, lock, settings, ending, owner);
  }

  /** The limits and times that hold. */
  SessionSettings settings() {
    return settings;
  }

  /** How far the session's end has come. */
  Ending ending() {
    return ending;
  }

  /** Is done when the session is no longer open, for those who wait for other things. */
  CompletableFuture<Void> endBegun() {
    lock.lock();
    try {
      return ending.begun();
    } finally {
      lock.unlock();
    }
  }

  /** Where frames are logged from now on; null: nowhere. */
  void log(@Nullable TrafficLog log) {
    this.log = log;
  }

  /** Where frames are logged, if anywhere. */
  @Nullable TrafficLog log() {
    return log;
  }

  /** How many bytes wait for the client. */
  long queuedBytes() {
    lock.lock();
    try {
      return queue.size() + bytesBehind();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends a message, waiting while the queue is full or another message is being sent in fragments.
   *
   * @throws SessionClosedException if the session is not open, or ends while this waits
   * @throws IllegalStateException if this thread is sending another message in fragments
   */
  void send(Message message) {
    send(message, true);
  }

  /** Sends the answer of a handler of the owner's, as {@link #send} does; the owner flushes it. */
  void reply(Message message) {
    send(message, false);
  }

  private void send(Message message, boolean flush) {
    byte[] payload = message.payload();
    Compressor compresses =
        compressor != null && compressor.compresses(payload.length) ? compressor : null;
    boolean inTurn = compressesInTurn(payload);
    byte[] early = compresses == null || inTurn ? payload : compresses.shortest(payload);
    lock.lock();
    try {
      awaitTurn(early.length);
      if (inTurn) {
        addInTurn(message.opcode(), payload);
      } else {
        add(early != payload, message.opcode(), early, payload);
      }
      if (flush) {
        flushOrOwe();
      }
    } finally {
      lock.unlock();
    }
    transport.worked(payload.length);
  }

  /**
   * Encodes a room's message as this session needs it, in its sender's thread and without the lock;
   * null if it can only be compressed in its turn.
   */
  RoomMessage.@Nullable Encoded encode(RoomMessage message) {
    boolean inTurn = compressesInTurn(message.message().payload());
    return inTurn ? null : message.frame(compressor);
  }

  private boolean compressesInTurn(byte[] payload) {
    return compressor != null && compressor.keepsContext() && compressor.compresses(payload.length);
  }

  /**
   * Queues a room's message; never waits. A queue that is full fails the session with 1013. Call
   * {@link #flushOrOwe} after.
   */
  void offer(RoomMessage message) {
    lock.lock();
    try {
      int size = message.message().payload().length;
      boolean room = writer.hasRoom(size, bytesBehind());
      if (!ending.isOpen()) {
        return;
      }
      if (!room) {
        fail(CloseCode.TRY_AGAIN_LATER, "this client is too slow");
      } else if (stream != null) {
        stream.behind.add(new Waiting(message.message(), encode(message)));
        stream.bytesBehind += SendQueue.frameSize(size);
      } else {
        add(message.message(), encode(message));
      }
    } finally {
      lock.unlock();
    }
  }

  private void add(Message message, RoomMessage.@Nullable Encoded encoded) {
    byte[] payload = message.payload();
    int opcode = message.opcode();
    if (encoded == null) {
      addInTurn(opcode, payload);
      return;
    }
    queue.addEncoded(encoded.frame());
    TrafficLog logged = log;
    if (logged != null) {
      logged.sent(new TrafficLog.Frame(true, encoded.rsv1(), opcode, encoded.length()), payload);
    }
  }

  /**
   * Compresses a message that may refer to those before it; the peer must see every one of them.
   */
  private void addInTurn(int opcode, byte[] payload) {
    try {
      add(true, opcode, Objects.requireNonNull(compressor).compress(payload), payload);
    } catch (RuntimeException | Error e) {
      writer.abort();
      throw e;
    }
  }

  /** Adds a frame that is a message by itself, or a control frame. */
  private void add(boolean rsv1, int opcode, byte[] payload, byte[] original) {
    add(true, rsv1, opcode, payload, original);
  }

  private void add(boolean fin, boolean rsv1, int opcode, byte[] payload, byte[] original) {
    queue.addFrame(fin, rsv1, opcode, payload);
    TrafficLog logged = log;
    if (logged != null) {
      logged.sent(new TrafficLog.Frame(fin, rsv1, opcode, payload.length), original);
    }
  }

  private void addControl(int opcode, byte[] payload) {
    add(false, opcode, payload, payload);
  }

  /**
   * Begins a message that is sent in fragments; waits for the end of another one.
   *
   * @throws SessionClosedException if the session is not open, or ends while this waits
   * @throws IllegalStateException if this thread is sending another message in fragments
   */
  OutgoingMessage stream(int opcode) {
    lock.lock();
    try {
      while (ending.isOpen() && isStreamed()) {
        lock.progress().awaitUninterruptibly();
      }
      requireOpen(ending.isOpen());
      StreamTurn turn = new StreamTurn();
      stream = turn;
      turn.message =
          new OutgoingMessage(this, opcode, compressor == null ? null : compressor.deflation());
      return turn.message;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends a fragment of the streamed message; waits while the queue is full.
   *
   * @param original the payload before it was compressed, for the traffic log
   */
  void fragment(boolean last, boolean rsv1, int opcode, byte[] payload, byte[] original) {
    lock.lock();
    try {
      requireOpen(writer.awaitRoom(payload.length));
      add(last, rsv1, opcode, payload, original);
      flushOrOwe();
    } finally {
      lock.unlock();
    }
    transport.worked(original.length);
  }

  /** The streamed message is complete, or given up; what has waited behind it follows. */
  void endStream(OutgoingMessage message) {
    lock.lock();
    try {
      StreamTurn turn = stream;
      if (turn != null && turn.message == message) {
        stream = null;
        if (ending.isOpen()) {
          turn.behind.forEach(waiting -> add(waiting.message, waiting.encoded));
          flushOrOwe();
        }
        lock.signalProgress();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends a Ping if the session is open, waiting while the queue is full. */
  void ping() {
    lock.lock();
    try {
      if (writer.awaitRoom(Pings.SIZE)) {
        if (pings == null) {
          pings = new Pings();
        }
        addControl(Opcode.PING, pings.next(System.nanoTime()));
        flushOrOwe();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Answers a Ping (§5.5.3) if the session is open, waiting while the queue is full: a client that
   * sends Pings and reads no answer is read no further. The owner flushes it; a relief may have to
   * wait before it reads on, so it does not leave that for later.
   */
  void pong(byte[] payload) {
    lock.lock();
    try {
      if (writer.awaitRoom(payload.length)) {
        addControl(Opcode.PONG, payload);
        if (!writer.isOwner()) {
          writer.write();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** The round-trip time that a received Pong shows. */
  Optional<Duration> roundTrip(byte[] payload) {
    lock.lock();
    try {
      return pings == null ? Optional.empty() : pings.roundTrip(payload, System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /** Starts the closing handshake (§7.1.2). */
  void close(CloseStatus status) {
    lock.lock();
    try {
      long now = transport.now(); // the peer may have our Close before the next line but one
      ending
          .close(status)
          .ifPresent(payload -> {
            sendClose(payload);
            writer.startCloseTimeout(now);
            transport.wake();
          });
    } finally {
      lock.unlock();
    }
  }

  /** Fails the connection (§7.1.7). */
  void fail(int code, String reason) {
    lock.lock();
    try {
      ending.fail(code, reason).ifPresent(this::sendClose);
      lock.signalProgress();
      transport.wake();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the peer's Close and answers it (§5.5.1). */
  void received(ClosePayload payload) {
    lock.lock();
    try {
      ending.received(payload).ifPresent(this::sendClose);
      lock.signalProgress();
    } finally {
      lock.unlock();
    }
  }

  private void sendClose(ClosePayload payload) {
    addControl(Opcode.CLOSE, payload.encode());
    writer.write();
    lock.signalProgress();
  }

  /** The connection is lost, or nobody waits for the peer any longer. */
  void disconnected() {
    lock.lock();
    try {
      ending.disconnected();
      lock.signalProgress();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Nanoseconds that the peer still has to answer our Close; {@link Transport#FOREVER} if we have
   * not sent one.
   */
  long closeTimeLeft() {
    long deadline = ending.deadline();
    return deadline == Transport.FOREVER ? deadline : deadline - transport.now();
  }

  /** True while bytes wait; exact in the owner's thread for what the owner has sent. */
  boolean hasWaiting() {
    return queue.size() > 0;
  }

  /** Writes what waits; in the owner's thread only if the owner has not done so a moment later. */
  void flushOrOwe() {
    writer.flushOrOwe();
  }

  /** Writes what waits, as far as the socket takes it. */
  void flush() {
    writer.flush();
  }

  /**
   * Waits until nothing waits any more, the connection is lost, or so many nanoseconds have passed.
   */
  void awaitDrained(long nanos) {
    writer.awaitDrained(nanos);
  }

  /**
   * Lets the last words go out, for the close timeout at most, and tells the peer that they were
   * the last.
   */
  void finish() {
    awaitDrained(settings.closeTimeout().toNanos());
    lock.lock();
    try {
      if (compressor != null && stream == null) { // else a thread may be at it; the JVM frees it
        compressor.close();
      }
      transport.shutdownOutput();
    } catch (IOException e) {
      // it is gone already
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no other message is being sent in fragments and one of that size fits. */
  private void awaitTurn(int payload) {
    while (ending.isOpen() && (isStreamed() || !writer.hasRoom(payload, 0))) {
      lock.progress().awaitUninterruptibly();
    }
    requireOpen(ending.isOpen());
  }

  private boolean isStreamed() {
    if (stream != null && stream.thread == Thread.currentThread()) {
      throw new IllegalStateException(
          "this thread is sending a message in fragments: close its Writer or OutputStream first");
    }
    return stream != null;
  }

  /** What waits behind a streamed message, which itself would wait for it for ever. */
  private long bytesBehind() {
    return stream == null ? 0 : stream.bytesBehind;
  }

  private static void requireOpen(boolean open) {
    if (!open) {
      throw new SessionClosedException("this session is closed");
    }
  }
}
