package dev.loomsocket.session;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Transport;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.wire.CloseCode;
import dev.loomsocket.wire.ClosePayload;
import dev.loomsocket.wire.Opcode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a session sends, and its closing handshake, under one lock that is never held
 * while anything waits.
 *
 * <p>Any thread may use it. The one that serves the connection is the <em>owner</em> (see {@link
 * QueueWriter}).
 */
final class Outbox {
  private final Transport transport;
  private final SendLock lock = new SendLock();
  private final Ending ending = new Ending();
  // Guarded by lock, as is what they refer to.
  private final SendQueue queue;
  private final QueueWriter writer;
  private final OutgoingFrames frames;
  private @Nullable Pings pings; // once there was one

  Outbox(
      Transport transport,
      BufferPool pool,
      SessionSettings settings,
      @Nullable Compressor compressor,
      Thread owner) {
    this.transport = transport;
    this.queue = new SendQueue(pool);
    this.writer = new QueueWriter(transport, queue, lock, settings, ending, owner);
    this.frames = new OutgoingFrames(queue, compressor);
  }

  /** See {@link QueueWriter#owner}. */
  void owner(@Nullable Thread owner) {
    writer.owner(owner);
  }

  /** The limits and times that hold. */
  SessionSettings settings() {
    return writer.settings();
  }

  /** How far the session's end has come. */
  Ending ending() {
    return ending;
  }

  /** Is done when the session is no longer open, for those who wait for other things. */
  CompletableFuture<Void> endBegun() {
    return lock.with(ending::begun);
  }

  /** Where frames are logged from now on; null: nowhere. */
  void log(@Nullable TrafficLog log) {
    frames.log(log);
  }

  /** Where frames are logged, if anywhere. */
  @Nullable TrafficLog log() {
    return frames.log();
  }

  /** How many bytes wait for the client. */
  long queuedBytes() {
    lock.lock();
    try {
      return queue.size() + lock.bytesBehind();
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
    byte[] encoded = frames.encode(payload);
    lock.lock();
    try {
      awaitTurn(encoded == null ? payload.length : encoded.length);
      frames.message(message, encoded, writer);
      if (flush) {
        writer.flushOrOwe();
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
    return frames.encode(message);
  }

  /**
   * Queues a room's message; never waits. A queue that is full fails the session with 1013. Call
   * {@link #flushOrOwe} after.
   */
  void offer(RoomMessage message) {
    lock.lock();
    try {
      boolean room = writer.hasRoom(message.message().payload().length, lock.bytesBehind());
      StreamTurn stream = lock.stream();
      if (!ending.isOpen()) {
        return;
      }
      if (!room) {
        fail(CloseCode.TRY_AGAIN_LATER, "this client is too slow");
      } else if (stream != null) {
        stream.add(message.message(), encode(message));
      } else {
        frames.message(message.message(), encode(message), writer);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Begins a message that is sent in fragments, and ended by whoever calls this. */
  OutgoingMessage stream(int opcode) {
    return stream(opcode, null);
  }

  /**
   * Begins a message that is sent in fragments; waits for the end of another one.
   *
   * @param session whose name a warning has if a user does not end it; null if it cannot be so
   * @throws SessionClosedException if the session is not open, or ends while this waits
   * @throws IllegalStateException if this thread is sending another message in fragments
   */
  OutgoingMessage stream(int opcode, @Nullable String session) {
    lock.lock();
    try {
      while (ending.isOpen() && lock.awaitsStream()) {
        lock.progress().awaitUninterruptibly();
      }
      ending.requireOpen();
      StreamTurn turn = new StreamTurn(lock, ending, writer, frames, transport, session);
      OutgoingMessage message = new OutgoingMessage(turn, opcode, frames.deflation());
      lock.stream(turn);
      return message;
    } finally {
      lock.unlock();
    }
  }

  /** Sends a Ping if the session is open, waiting while the queue is full. */
  void ping() {
    lock.with(() -> {
      if (writer.awaitRoom(Pings.SIZE)) {
        if (pings == null) {
          pings = new Pings();
        }
        frames.control(Opcode.PING, pings.next(System.nanoTime()));
        writer.flushOrOwe();
      }
    });
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
        frames.control(Opcode.PONG, payload);
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
    return lock.with(
        () -> pings == null ? Optional.empty() : pings.roundTrip(payload, System.nanoTime()));
  }

  /** Starts the closing handshake (§7.1.2). */
  void close(CloseStatus status) {
    closing().close(status);
  }

  /** Fails the connection (§7.1.7). */
  void fail(int code, String reason) {
    closing().fail(code, reason);
  }

  /** Takes the peer's Close and answers it (§5.5.1). */
  void received(ClosePayload payload) {
    closing().received(payload);
  }

  /** The connection is lost, or nobody waits for the peer any longer. */
  void disconnected() {
    closing().disconnected();
  }

  /** Nothing to keep: there are few steps, and sessions that are far from the first are many. */
  private ClosingHandshake closing() {
    return new ClosingHandshake(lock, ending, writer, frames, transport);
  }

  /** See {@link Ending#timeLeft}. */
  long closeTimeLeft() {
    return ending.timeLeft(transport.now());
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

  /** Waits for so many nanoseconds at most until nothing waits any more. */
  void awaitDrained(long nanos) {
    writer.awaitDrained(nanos);
  }

  /** Lets the last words go out and tells the peer that they were the last. */
  void finish() {
    closing().finish();
  }

  /** Waits until no other message is being sent in fragments and one of that size fits. */
  private void awaitTurn(int payload) {
    while (ending.isOpen() && (lock.awaitsStream() || !writer.hasRoom(payload, 0))) {
      lock.progress().awaitUninterruptibly();
    }
    ending.requireOpen();
  }
}
