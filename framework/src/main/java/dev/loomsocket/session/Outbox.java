package dev.loomsocket.session;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Transport;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.wire.MemoryBudget;
import dev.loomsocket.wire.Opcode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a session sends, under one lock that is never held while anything waits.
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

  /**
   * An empty one.
   *
   * @param memory for what all clients together do not take
   */
  Outbox(
      Transport transport,
      BufferPool pool,
      SessionSettings settings,
      @Nullable Compressor compressor,
      Thread owner,
      MemoryBudget memory) {
    this.transport = transport;
    this.queue = new SendQueue(pool);
    this.writer = new QueueWriter(transport, queue, lock, settings, ending, owner, memory);
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

  /** What encodes its messages, in their sender's thread and without the lock. */
  OutgoingFrames frames() {
    return frames;
  }

  /** True in the connection's own thread. */
  boolean isOwner() {
    return writer.isOwner();
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
    return lock.with(queue::bytes);
  }

  /** See {@link QueueWriter#movedAt}. Without the lock. */
  long movedAt() {
    return writer.movedAt();
  }

  /** How many messages have been dropped because the client was too slow. */
  long droppedMessages() {
    return lock.with(queue::dropped);
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
      if (queue.isWithoutBacklog()) {
        frames.message(message, encoded, writer);
      } else {
        Backlog.of(queue, lock, writer, frames).add(frames.whole(message, encoded));
      }
      if (flush) {
        writer.flushOrOwe();
      }
    } finally {
      lock.unlock();
    }
    transport.worked(payload.length);
  }

  /** See {@link RoomDelivery#offer}. */
  int offer(PreparedMessage message) {
    return rooms().offer(message);
  }

  /** See {@link RoomDelivery#flush}. */
  void flushOffered() {
    rooms().flush();
  }

  /** See {@link RoomDelivery#replay}. */
  void replay(List<PreparedMessage> messages) {
    rooms().replay(messages);
  }

  /**
   * Nothing to keep, and nothing that outlives its call: the JVM allocates none (RoomBenchmark).
   */
  private RoomDelivery rooms() {
    return new RoomDelivery(lock, ending, queue, writer, frames, transport);
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
    return new Fragmentation(lock, ending, queue, writer, frames, transport).begin(opcode, session);
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

  /** The closing handshake. Nothing to keep: most sessions are far from its first step. */
  ClosingHandshake closing() {
    return new ClosingHandshake(lock, ending, writer, frames, transport);
  }

  /** Takes what a relief thread reads from now on, and wakes it when the session ends. */
  ReadAhead readAhead(Answers answers, MemoryBudget memory) {
    return new ReadAhead(lock, ending, settings().maxMessageSize(), answers, memory);
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

  /** Waits until no other message is being sent in fragments and one of that size fits. */
  private void awaitTurn(int payload) {
    while (ending.isOpen() && (lock.awaitsStream() || !writer.hasRoom(payload, queue.charged()))) {
      lock.progress().awaitUninterruptibly();
    }
    ending.requireOpen();
  }
}
