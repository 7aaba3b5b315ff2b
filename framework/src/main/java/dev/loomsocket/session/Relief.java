package dev.loomsocket.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Decides who reads a connection: its own thread or, while that is busy with a handler and input
 * has been waiting for a while or an answer is awaited, a relief thread that reads ahead. So Pings
 * are answered and a Close is noticed however long a handler takes.
 *
 * <p>The state of the receiver belongs to whoever reads; the hand-over is a compare-and-set. A
 * handler that is quick costs one of those and nothing else.
 */
final class Relief {
  private static final Object READING = "the connection's thread reads";
  private static final Object HANDLING = "it is in a handler, and nobody reads";
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Relief.class, "state", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One of the two, or the {@link ReadAhead} of the relief thread while that reads. */
  private volatile Object state = READING;

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
    return STATE.compareAndSet(this, HANDLING, READING) ? null : present();
  }

  /** True while a handler runs and nobody reads. */
  boolean isNeeded() {
    return state == HANDLING;
  }

  /** True while the connection's thread reads, or a handler of a message that is arriving. */
  boolean isReading() {
    return state == READING;
  }

  /** What a relief thread reads ahead, if there is one. */
  @Nullable ReadAhead present() {
    return state instanceof ReadAhead ahead ? ahead : null;
  }

  /** A relief thread begins, if it is still needed; any thread may start one. */
  boolean begin(ReadAhead fresh) {
    return STATE.compareAndSet(this, HANDLING, fresh);
  }

  /** The connection's thread has taken everything and the relief thread has ended. */
  void over() {
    STATE.setRelease(this, READING);
  }
}
