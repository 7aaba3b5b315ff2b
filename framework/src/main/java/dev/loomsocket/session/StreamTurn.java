package dev.loomsocket.session;

import dev.loomsocket.net.Transport;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The turn of one message that a session sends in fragments (§5.4): whose it is, and the rooms'
 * messages that wait for its end.
 */
final class StreamTurn {
  private final SendLock lock;
  private final Ending ending;
  private final QueueWriter writer;
  private final OutgoingFrames frames;
  private final Transport transport;
  private final Thread thread = Thread.currentThread();
  // Guarded by lock.
  private final Queue<Waiting> behind = new ArrayDeque<>(0);
  private long bytesBehind;

  /**
   * A room's message.
   *
   * @param encoded null if it is to be compressed in its turn
   */
  private record Waiting(Message message, RoomMessage.@Nullable Encoded encoded) {}

  StreamTurn(
      SendLock lock,
      Ending ending,
      QueueWriter writer,
      OutgoingFrames frames,
      Transport transport) {
    this.lock = lock;
    this.ending = ending;
    this.writer = writer;
    this.frames = frames;
    this.transport = transport;
  }

  /** True in the thread that has begun the message. */
  boolean isMine() {
    return Thread.currentThread() == thread;
  }

  /** True if the session is. */
  boolean isOpen() {
    return ending.isOpen();
  }

  /**
   * Sends a fragment; waits while the queue is full.
   *
   * @param original the payload before it was compressed, for the traffic log
   * @throws dev.loomsocket.websocket.SessionClosedException if the session is not open, or ends
   *     while this waits
   */
  void fragment(boolean last, boolean rsv1, int opcode, byte[] payload, byte[] original) {
    lock.lock();
    try {
      writer.awaitRoom(payload.length);
      ending.requireOpen();
      frames.add(last, rsv1, opcode, payload, original);
      writer.flushOrOwe();
    } finally {
      lock.unlock();
    }
    transport.worked(original.length);
  }

  /** A room's message is to follow; with the lock held. */
  void add(Message next, RoomMessage.@Nullable Encoded encoded) {
    behind.add(new Waiting(next, encoded));
    bytesBehind += SendQueue.frameSize(next.payload().length);
  }

  /** How many bytes of rooms wait; with the lock held. */
  long bytesBehind() {
    return bytesBehind;
  }

  /** The message is complete, or given up; what has waited behind it follows. */
  void end() {
    lock.lock();
    try {
      if (lock.stream() == this) {
        lock.stream(null);
        if (ending.isOpen()) {
          behind.forEach(waiting -> frames.message(waiting.message, waiting.encoded));
          writer.flushOrOwe();
        }
        lock.signalProgress();
      }
    } finally {
      lock.unlock();
    }
  }
}
