package dev.loomsocket.session;

import dev.loomsocket.net.Transport;
import dev.loomsocket.websocket.Overflow;
import dev.loomsocket.wire.CloseCode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * How what a room sends comes to one of its members: it never waits, and where the member's queue
 * is full a policy decides. What fails for one member, as compressing in its turn may, ends that
 * one's session and is not thrown: others are behind it. Takes the lock.
 */
record RoomDelivery(
    SendLock lock,
    Ending ending,
    SendQueue queue,
    QueueWriter writer,
    OutgoingFrames frames,
    Transport transport) {
  private static final Logger LOG = System.getLogger("dev.loomsocket.session");

  /**
   * Queues a room's message. When the queue is full, the room's or the endpoint's policy decides.
   * Call {@link #flush} after.
   *
   * @return how many messages were dropped for it, or with it
   */
  int offer(PreparedMessage message) {
    lock.lock();
    try {
      StreamTurn stream = lock.stream();
      boolean room = queue.isEmpty() || writer.hasRoom(message.length(), queue.charged());
      if (!ending.isOpen()) {
        return 0;
      }
      if (stream == null && (queue.isEmpty() || room && goesAtOnce(message))) {
        frames.message(message, writer);
        return 0;
      }
      if (stream != null) {
        stream.awaited();
      }
      Backlog backlog = backlog();
      long before = backlog.dropped();
      if (!backlog.offer(message, overflow(message))) {
        giveUp();
      }
      return (int) (backlog.dropped() - before);
    } catch (RuntimeException | Error e) {
      failed(e);
      return 0;
    } finally {
      lock.unlock();
    }
  }

  /** While the client is slow some messages stay where they can be dropped. */
  private boolean goesAtOnce(PreparedMessage message) {
    return queue.isWithoutBacklog()
        && !(writer.isDraining() && Backlog.holdsBack(overflow(message)));
  }

  private Overflow overflow(PreparedMessage message) {
    Overflow rooms = message.fate().overflow();
    return rooms == null ? writer.settings().overflow() : rooms;
  }

  /** Queues what a room replays to a session that joins it, in one piece; otherwise as above. */
  void replay(List<PreparedMessage> messages) {
    lock.lock();
    try {
      if (lock.stream() != null) {
        lock.stream().awaited();
      }
      if (ending.isOpen() && !backlog().replay(messages)) {
        giveUp();
      }
    } catch (RuntimeException | Error e) {
      failed(e);
    } finally {
      lock.unlock();
    }
  }

  /** Writes what waits, as {@link Outbox#flushOrOwe} does. */
  void flush() {
    try {
      writer.flushOrOwe();
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  private void failed(Throwable cause) {
    LOG.log(Level.WARNING, "a room's message failed for one member, who is given up", cause);
    lock.with(writer::abort);
  }

  private Backlog backlog() {
    return Backlog.of(queue, lock, writer, frames);
  }

  private void giveUp() {
    new ClosingHandshake(lock, ending, writer, frames, transport)
        .fail(CloseCode.TRY_AGAIN_LATER, "this client is too slow");
  }
}
