package dev.loomsocket.session;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock of all that a session sends, and the progress that others wait for without it: bytes
 * have gone out, a streamed message or the session has ended.
 */
final class SendLock extends ReentrantLock {
  private static final long serialVersionUID = 1;

  private transient @Nullable Condition progress; // once somebody has waited; guarded by this

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
