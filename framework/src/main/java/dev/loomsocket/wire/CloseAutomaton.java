package dev.loomsocket.wire;

import org.jspecify.annotations.Nullable;

/**
 * The closing handshake of one connection, the whole of it (RFC 6455 §5.5.1, §7.1).
 *
 * <p>It does no I/O: its answers tell the owner what to write. What happens in which state, and
 * what is answered:
 *
 * <pre>
 *                 OPEN                   CLOSE_SENT                 CLOSED
 * close(ours)     CLOSE_SENT, true       - false                    - false
 * fail(ours)      CLOSED, true           CLOSED, false              - false
 * received(peer)  CLOSED, true           CLOSED, false              - false
 * disconnected()  CLOSED                 CLOSED                     -
 *
 * status, once    ours if failed         ours if failed or answered
 * CLOSED from     the peer's if it came  1006 if lost
 *                 1006 if lost
 *
 * maySend         yes                    no                         no
 * </pre>
 *
 * <p>"true" means that a Close frame is to be written now, once: ours, or the peer's as its echo.
 * It may wait behind data that was accepted before it. A peer that has said goodbye cannot be
 * failed any more. CLOSED means that nothing more is expected from the peer: what is still queued
 * is to be written, then the TCP connection ends.
 *
 * <p>Both directions of the connection meet here, so its owner guards it with a lock; not
 * thread-safe by itself.
 */
public final class CloseAutomaton {
  /** How far the closing handshake has come. */
  public enum State {
    /** It has not begun. */
    OPEN,
    /** We began it and wait for the peer's Close. */
    CLOSE_SENT,
    /** It is over, or there is no one to finish it with. */
    CLOSED
  }

  private static final ClosePayload LOST = new ClosePayload(CloseCode.ABNORMAL, "");

  private State state = State.OPEN;
  private @Nullable ClosePayload ours; // of close(), while the peer's is awaited
  private @Nullable ClosePayload status; // if decided

  /** The automaton of a connection that has just been opened. */
  public CloseAutomaton() {}

  /** How far the closing handshake has come. */
  public State state() {
    return state;
  }

  /**
   * True while data frames and Pings may be sent: nothing follows our Close, and nothing new
   * precedes our echo.
   */
  public boolean maySend() {
    return state == State.OPEN;
  }

  /**
   * We want to close (§7.1.2).
   *
   * @return true: write a Close frame with this payload now; false: there is nothing to write
   */
  public boolean close(ClosePayload ours) {
    if (state != State.OPEN) {
      return false;
    }
    this.ours = ours;
    state = State.CLOSE_SENT;
    return true;
  }

  /**
   * We cannot go on, because of a {@link ProtocolException} for example (§7.1.7). The TCP
   * connection is to be ended without waiting for the peer's Close, once what is due is written.
   *
   * @return true: write a Close frame with this payload first; false: none of ours is to be written
   */
  public boolean fail(ClosePayload ours) {
    boolean first = state == State.OPEN;
    if (first || state == State.CLOSE_SENT) {
      status = ours;
      state = State.CLOSED;
    }
    return first;
  }

  /**
   * A Close frame came (§5.5.1). Any after the first means nothing.
   *
   * @return true: it is to be answered with the same now; false: nothing is owed
   */
  public boolean received(ClosePayload theirs) {
    boolean first = state == State.OPEN;
    if (first) {
      status = theirs;
    } else if (state == State.CLOSE_SENT) {
      status = ours;
    }
    state = State.CLOSED;
    return first;
  }

  /**
   * The stream ended, or reading or writing failed: without a Close from the peer the status is
   * 1006 (§7.1.5).
   */
  public void disconnected() {
    if (state != State.CLOSED) {
      status = LOST;
    }
    state = State.CLOSED;
  }

  /**
   * Why the connection ended: the peer's Close if it came first, ours if we failed the connection
   * or the peer answered it, 1006 if the connection was lost before.
   *
   * @throws IllegalStateException while that is open, that is in OPEN and CLOSE_SENT
   */
  public ClosePayload status() {
    if (status == null) {
      throw new IllegalStateException("how the connection ends is not known in state " + state);
    }
    return status;
  }
}
