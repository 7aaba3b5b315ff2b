package dev.loomsocket.session;

import dev.loomsocket.net.Transport;
import org.jspecify.annotations.Nullable;

/**
 * How a message begins that is sent in fragments (§5.4): it waits for the end of another one, and
 * for whole messages that were there before. Takes the lock.
 */
record Fragmentation(
    SendLock lock,
    Ending ending,
    SendQueue queue,
    QueueWriter writer,
    OutgoingFrames frames,
    Transport transport) {

  /**
   * Begins one.
   *
   * @param session whose name a warning has if a user does not end it; null if it cannot be so
   * @throws dev.loomsocket.websocket.SessionClosedException if the session is not open, or ends
   *     while this waits
   * @throws IllegalStateException if this thread is sending another message in fragments
   */
  OutgoingMessage begin(int opcode, @Nullable String session) {
    lock.lock();
    try {
      Backlog before = queue.backlog();
      int last = before == null ? 0 : before.lastNumber();
      while (ending.isOpen() && (lock.awaitsStream() || isBehind(before, last))) {
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

  /** True if messages up to that one wait still, after a write. */
  private boolean isBehind(@Nullable Backlog before, int last) {
    if (before == null) {
      return false;
    }
    if (!before.hasPassed(last)) {
      writer.write();
    }
    return !before.hasPassed(last);
  }
}
