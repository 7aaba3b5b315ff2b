package dev.loomsocket.session;

import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Who may send on a session: whoever holds this lock, for a moment, unless another thread has the
 * {@link StreamTurn}. Others wait without it for progress: bytes have gone out, a streamed message
 * or the session has ended.
 */
final class SendLock extends Guard {
  private static final long serialVersionUID = 1;

  private transient @Nullable Condition progress; // once somebody waits; guarded by this

  private transient @Nullable StreamTurn stream; // guarded by this

  /** The turn of the message that is being sent in fragments, if there is one. */
  @Nullable StreamTurn stream() {
    return stream;
  }

  /** A message that is sent in fragments begins, or is over. */
  void stream(@Nullable StreamTurn turn) {
    stream = turn;
  }

  /**
   * True if this thread has to wait for the end of a streamed message, which is told so.
   *
   * @throws IllegalStateException if that is its own: it would wait for itself
   */
  boolean awaitsStream() {
    StreamTurn turn = stream;
    if (turn == null) {
      return false;
    }
    if (turn.isMine()) {
      throw new IllegalStateException(
          "this thread is sending a message in fragments: close its Writer or OutputStream first");
    }
    turn.awaited();
    return true;
  }

  /** What to wait for, in a loop. */
  Condition progress() {
    Condition present = progress;
    if (present == null) {
      progress = present = newCondition();
    }
    return present;
  }

  /** Lets all go on that wait for progress. */
  void signalProgress() {
    if (progress != null) {
      progress.signalAll();
    }
  }
}
