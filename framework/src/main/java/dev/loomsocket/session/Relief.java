package dev.loomsocket.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Decides who reads a connection: its own thread or, while that is busy with a handler and input
 * has been waiting for a while, a relief thread that reads ahead. So Pings are answered and a Close
 * is noticed however long a handler takes.
 *
 * <p>The state of the receiver belongs to whoever reads; the hand-over is a compare-and-set. A
 * handler that is quick costs one of those and nothing else.
 */
final class Relief {
  private static final int READING = 0; // the connection's thread reads
  private static final int HANDLING = 1; // it is in a handler, and nobody reads
  private static final int RELIEVED = 2; // it is in a handler, and a relief thread reads
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Relief.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private volatile int state = READING;
  private @Nullable ReadAhead readAhead; // written before RELIEVED, read behind it

  /** The connection's thread enters a handler and leaves reading to whoever is needed. */
  void handlerStarts() {
    STATE.setRelease(this, HANDLING);
  }

  /**
   * The connection's thread has come back from a handler.
   *
   * @return what a relief thread has read meanwhile; null if there was none, and this thread reads
   */
  @Nullable ReadAhead handlerEnded() {
    return STATE.compareAndSet(this, HANDLING, READING) ? null : readAhead;
  }

  /** True while a handler runs and nobody reads. */
  boolean isNeeded() {
    return state == HANDLING;
  }

  /** A relief thread begins, if it is still needed. */
  boolean begin(ReadAhead fresh) {
    readAhead = fresh; // nobody looks at it but behind the next line
    return STATE.compareAndSet(this, HANDLING, RELIEVED);
  }

  /** The connection's thread has taken everything and the relief thread has ended. */
  void over() {
    readAhead = null;
    STATE.setRelease(this, READING);
  }
}
