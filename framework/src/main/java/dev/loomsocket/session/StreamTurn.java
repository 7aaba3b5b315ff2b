package dev.loomsocket.session;

import dev.loomsocket.net.Transport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The turn of one message that a session sends in fragments (§5.4): whose it is, and whether it has
 * been forgotten. Whole messages that are to follow wait in the {@link Backlog}.
 */
final class StreamTurn {
  private static final Logger LOG = System.getLogger("dev.loomsocket.session");

  private final SendLock lock;
  private final Ending ending;
  private final QueueWriter writer;
  private final OutgoingFrames frames;
  private final Transport transport;
  private final Thread thread = Thread.currentThread();
  private final @Nullable String session;
  // Guarded by lock.
  private boolean awaited; // by others
  private boolean sending; // a fragment, which may wait for a slow client
  private long quietSince; // by the transport's clock: nobody has waited or sent a fragment

  StreamTurn(
      SendLock lock,
      Ending ending,
      QueueWriter writer,
      OutgoingFrames frames,
      Transport transport,
      @Nullable String session) {
    this.lock = lock;
    this.ending = ending;
    this.writer = writer;
    this.frames = frames;
    this.transport = transport;
    this.session = session;
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
      sending = true;
      writer.awaitRoom(payload.length);
      ending.requireOpen();
      frames.add(last, rsv1, opcode, payload, original);
      writer.flushOrOwe();
    } finally {
      sending = false;
      quietSince = transport.now();
      lock.unlock();
    }
    transport.worked(original.length);
  }

  /** The message is complete, or given up; what has waited behind it follows. */
  void end() {
    lock.lock();
    try {
      if (lock.stream() == this) {
        lock.stream(null);
        lock.signalProgress();
        if (ending.isOpen()) {
          writer.flushOrOwe();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Others wait for the end: if it has been forgotten, somebody must be told; with the lock held.
   */
  void awaited() {
    if (session != null && !awaited) {
      awaited = true;
      quietSince = transport.now();
      Thread.startVirtualThread(this::watch);
    }
  }

  /** In a virtual thread of its own, which ends with the turn. */
  private void watch() {
    Duration timeout = writer.settings().sendTimeout();
    if (isQuietFor(timeout.toNanos())) {
      LOG.log(
          Level.WARNING,
          () ->
              session
                  + " has sent nothing for "
                  + timeout.toMillis()
                  + " ms while others wait: "
                  + thread
                  + " has begun a message with sendText() or sendBinary() and not ended it. Close its"
                  + " Writer or OutputStream.");
    }
  }

  /** Waits for the end; true as soon as it is not in sight. */
  private boolean isQuietFor(long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (isUnderWay() && left > 0) {
        try {
          lock.progress().awaitNanos(left);
        } catch (InterruptedException e) {
          // nobody knows this thread
        }
        left = sending ? nanos : nanos - (transport.now() - quietSince);
      }
      return isUnderWay();
    } finally {
      lock.unlock();
    }
  }

  private boolean isUnderWay() {
    return lock.stream() == this && ending.isOpen();
  }
}
