package dev.loomsocket.session;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Transport;
import dev.loomsocket.wire.CloseAutomaton;
import dev.loomsocket.wire.CloseCode;
import dev.loomsocket.wire.ClosePayload;
import dev.loomsocket.wire.Opcode;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.SessionClosedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Everything that a session sends, and its closing handshake, under one lock that is never held while anything waits.
 *
 * <p>Any thread may use it. The connection's own thread is the <em>owner</em>: what it sends is gathered and written
 * when it has no complete frame left to handle, or a moment later if it is still busy then. Others write at once. When
 * the socket takes no more, a virtual thread of the outbox waits for it and writes on; it gives the connection up after
 * the send timeout without progress.
 */
final class Outbox {
  private final Transport transport;
  private final SessionSettings settings;
  private final Thread owner;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progress = lock.newCondition();
  // Guarded by lock, as is what they refer to.
  private final SendQueue queue;
  private final CloseAutomaton closing = new CloseAutomaton();
  private final Pings pings = new Pings();
  private boolean draining; // the outbox's own thread waits for the socket
  private boolean flushOwed; // the transport will call flushOwed()

  private volatile boolean open = true; // written under the lock
  private volatile long closeStarted; // when this side sent its Close first; written under the lock

  Outbox(Transport transport, BufferPool pool, SessionSettings settings, Thread owner) {
    this.transport = transport;
    this.settings = settings;
    this.owner = owner;
    this.queue = new SendQueue(pool);
  }

  /** True until either side has started to close, or the connection is lost. */
  boolean isOpen() {
    return open;
  }

  /**
   * Sends a message, waiting while the queue is full.
   *
   * @throws SessionClosedException if the session is not open, or ends while this waits
   */
  void send(Message message) {
    lock.lock();
    try {
      awaitRoom(message.payload().length);
      queue.addFrame(message.opcode(), message.payload());
      flushOrOwe();
    } finally {
      lock.unlock();
    }
  }

  /** Sends the answer of a handler of the owner's, as {@link #send} does; the owner flushes it. */
  void reply(Message message) {
    lock.lock();
    try {
      awaitRoom(message.payload().length);
      queue.addFrame(message.opcode(), message.payload());
    } finally {
      lock.unlock();
    }
  }

  /** Queues a room's frame; never waits. A queue that is full fails the session with 1013. Call {@link #flush} after. */
  void offer(byte[] frame) {
    lock.lock();
    try {
      if (!open) {
        return;
      }
      if (isFull(frame.length)) {
        write();
      }
      if (isFull(frame.length)) {
        fail(new ClosePayload(CloseCode.TRY_AGAIN_LATER, "this client is too slow"));
      } else {
        queue.addEncoded(frame);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends a Ping if the session is open. */
  void ping() {
    lock.lock();
    try {
      if (open) {
        queue.addFrame(Opcode.PING, pings.next(System.nanoTime()));
        flushOrOwe();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Answers a Ping (§5.5.3); the owner flushes it. */
  void pong(byte[] payload) {
    lock.lock();
    try {
      if (open) {
        queue.addFrame(Opcode.PONG, payload);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The round-trip time that a received Pong shows. */
  Optional<Duration> roundTrip(byte[] payload) {
    lock.lock();
    try {
      return pings.roundTrip(payload, System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  /** Starts the closing handshake (§7.1.2). */
  void close(CloseStatus status) {
    lock.lock();
    try {
      ClosePayload payload = new ClosePayload(status.code(), status.reason());
      if (closing.close(payload)) {
        closeStarted = transport.now();
        queue.addFrame(Opcode.CLOSE, payload.encode());
        write();
      }
      settle();
    } finally {
      lock.unlock();
    }
    transport.wake(); // the owner's wait has another end now
  }

  /** Fails the connection (§7.1.7). */
  void fail(int code, String reason) {
    lock.lock();
    try {
      fail(new ClosePayload(code, reason));
    } finally {
      lock.unlock();
    }
  }

  private void fail(ClosePayload payload) {
    if (closing.fail(payload)) {
      queue.addFrame(Opcode.CLOSE, payload.encode());
      write();
    }
    settle();
    transport.wake();
  }

  /** Takes the peer's Close and answers it (§5.5.1). */
  void received(ClosePayload payload) {
    lock.lock();
    try {
      if (closing.received(payload)) {
        queue.addFrame(Opcode.CLOSE, closing.echo().encode());
        closing.echoed();
        write();
      }
      settle();
    } finally {
      lock.unlock();
    }
  }

  /** The connection is lost, or nobody waits for the peer any longer. */
  void disconnected() {
    lock.lock();
    try {
      closing.disconnected();
      settle();
    } finally {
      lock.unlock();
    }
  }

  /** True once nothing more is to be received. */
  boolean isClosed() {
    lock.lock();
    try {
      return closing.state() == CloseAutomaton.State.CLOSED;
    } finally {
      lock.unlock();
    }
  }

  /** Nanoseconds that the peer still has to answer our Close; {@link Transport#FOREVER} if we have not sent one. */
  long closeTimeLeft() {
    if (closeStarted == 0) {
      return Transport.FOREVER;
    }
    return closeStarted + settings.closeTimeout().toNanos() - transport.now();
  }

  /** How the session ended, once it has. */
  CloseStatus status() {
    lock.lock();
    try {
      ClosePayload status = closing.status();
      return new CloseStatus(status.code(), status.reason());
    } finally {
      lock.unlock();
    }
  }

  /** True while bytes wait; exact in the owner's thread for what the owner has sent. */
  boolean hasWaiting() {
    return queue.size() > 0;
  }

  /** Writes what waits, as far as the socket takes it. */
  void flush() {
    lock.lock();
    try {
      write();
    } finally {
      lock.unlock();
    }
  }

  private void flushOwed() {
    lock.lock();
    try {
      flushOwed = false;
      write();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing waits any more, the connection is lost, or so many nanoseconds have passed. */
  void awaitDrained(long nanos) {
    lock.lock();
    try {
      write();
      while (queue.size() > 0 && nanos > 0) {
        nanos = progress.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      lost(); // the server stops and waits no longer
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom(int size) {
    while (open && isFull(size)) {
      write();
      if (open && isFull(size)) {
        progress.awaitUninterruptibly();
      }
    }
    if (!open) {
      throw new SessionClosedException("this session is closed");
    }
  }

  /** A message larger than the whole queue is taken when nothing else waits. */
  private boolean isFull(int size) {
    return queue.size() > 0 && queue.size() + (long) size > settings.maxQueueSize();
  }

  /** Writes what waits; in the owner's thread only if the owner has not done so by itself a moment later. */
  void flushOrOwe() {
    lock.lock();
    try {
      if (Thread.currentThread() != owner) {
        write();
      } else if (!flushOwed && !draining && queue.size() > 0) {
        flushOwed = true;
        transport.soon(this::flushOwed);
      }
    } finally {
      lock.unlock();
    }
  }

  private void write() {
    if (draining || queue.size() == 0) {
      return;
    }
    try {
      queue.writeTo(transport);
      if (queue.size() > 0) {
        draining = true;
        Thread.startVirtualThread(this::drain);
      }
    } catch (IOException e) {
      lost();
    }
  }

  private void drain() {
    boolean more = true;
    while (more) {
      boolean ready = transport.awaitWritable(settings.sendTimeout().toNanos());
      lock.lock();
      try {
        if (ready) {
          queue.writeTo(transport);
        } else {
          closing.fail(new ClosePayload(CloseCode.TRY_AGAIN_LATER, "this client takes nothing"));
          lost();
        }
        more = queue.size() > 0;
        draining = more;
        progress.signalAll();
      } catch (IOException e) {
        more = false;
        draining = false;
        lost();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Nothing can be written any more; the owner finds the end of the stream. */
  private void lost() {
    queue.clear();
    closing.disconnected();
    settle();
    transport.close();
  }

  /** After each step of the closing handshake: tells those who look and those who wait. */
  private void settle() {
    open = closing.maySend();
    progress.signalAll();
  }
}
