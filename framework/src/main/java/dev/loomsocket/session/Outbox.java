package dev.loomsocket.session;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Transport;
import dev.loomsocket.wire.CloseAutomaton;
import dev.loomsocket.wire.CloseCode;
import dev.loomsocket.wire.ClosePayload;
import dev.loomsocket.wire.FrameHeader;
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

  // Written under the lock.
  private volatile boolean open = true;
  private volatile long closeDeadline = Transport.FOREVER; // of the answer to our Close

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
      enqueue(message);
      flushOrOwe();
    } finally {
      lock.unlock();
    }
  }

  /** Sends the answer of a handler of the owner's, as {@link #send} does; the owner flushes it. */
  void reply(Message message) {
    lock.lock();
    try {
      enqueue(message);
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(Message message) {
    if (!awaitRoom(message.payload().length)) {
      throw new SessionClosedException("this session is closed");
    }
    queue.addFrame(message.opcode(), message.payload());
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

  /** Sends a Ping if the session is open, waiting while the queue is full. */
  void ping() {
    lock.lock();
    try {
      if (awaitRoom(Pings.SIZE)) {
        queue.addFrame(Opcode.PING, pings.next(System.nanoTime()));
        flushOrOwe();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Answers a Ping (§5.5.3) if the session is open, waiting while the queue is full: a client that sends Pings and reads
   * no answer is read no further. The owner flushes it.
   */
  void pong(byte[] payload) {
    lock.lock();
    try {
      if (awaitRoom(payload.length)) {
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
        closeDeadline = transport.now() + settings.closeTimeout().toNanos();
        queue.addFrame(Opcode.CLOSE, payload.encode());
        write();
        settle();
        wakeOwner();
      }
    } finally {
      lock.unlock();
    }
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
    wakeOwner();
  }

  /** The owner's wait for the peer has another end now. Woken for nothing it would end a later wait too early. */
  private void wakeOwner() {
    if (Thread.currentThread() != owner) {
      transport.wake();
    }
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
    if (open) {
      return false;
    }
    lock.lock();
    try {
      return closing.state() == CloseAutomaton.State.CLOSED;
    } finally {
      lock.unlock();
    }
  }

  /** Nanoseconds that the peer still has to answer our Close; {@link Transport#FOREVER} if we have not sent one. */
  long closeTimeLeft() {
    long deadline = closeDeadline;
    return deadline == Transport.FOREVER ? deadline : deadline - transport.now();
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
    long end = System.nanoTime() + nanos;
    lock.lock();
    try {
      write();
      while (queue.size() > 0 && end - System.nanoTime() > 0) {
        awaitProgress(end - System.nanoTime());
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitProgress(long nanos) {
    try {
      progress.awaitNanos(nanos);
    } catch (InterruptedException e) {
      // Meant for a handler. Whoever gives the connection up closes the transport, and that is noticed.
    }
  }

  /** Waits until a payload of that size fits, as a frame; false if the session is not open any more. */
  private boolean awaitRoom(int payload) {
    long frame = FrameHeader.size(payload) + (long) payload;
    while (open && isFull(frame)) {
      write();
      if (open && isFull(frame)) {
        progress.awaitUninterruptibly(); // the drain goes on
      }
    }
    return open;
  }

  /** A frame larger than the whole queue is taken when nothing else waits. */
  private boolean isFull(long frame) {
    return queue.size() > 0 && queue.size() + frame > settings.maxQueueSize();
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
    boolean more;
    do {
      boolean inTime = transport.awaitWritable(settings.sendTimeout().toNanos());
      lock.lock();
      try {
        long before = queue.size();
        queue.writeTo(transport);
        if (!inTime && queue.size() == before) {
          closing.fail(new ClosePayload(CloseCode.TRY_AGAIN_LATER, "this client takes nothing"));
          lost();
        }
      } catch (IOException e) {
        lost();
      } catch (RuntimeException | Error e) {
        lost(); // nobody must wait for this thread any more
        throw e;
      } finally {
        more = queue.size() > 0;
        draining = more;
        progress.signalAll();
        lock.unlock();
      }
    } while (more);
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
