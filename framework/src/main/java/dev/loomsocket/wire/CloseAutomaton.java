package dev.loomsocket.wire;

import org.jspecify.annotations.Nullable;

/**
 * The closing handshake of one connection, the whole of it (RFC 6455 §5.5.1, §7.1).
 *
 * <p>It does no I/O: its answers tell the owner what to write. What happens in which state, and
 * what is answered:
 *
 * <pre>
 *                 OPEN                 CLOSE_SENT          CLOSE_RECEIVED        CLOSED
 * close(ours)     CLOSE_SENT, true     - false             - false               - false
 * fail(ours)      CLOSED, true         CLOSED, false       - false               - false
 * received(peer)  CLOSE_RECEIVED, true CLOSED clean, false - false               - false
 * echoed()        -                    -                   CLOSED clean          -
 * disconnected()  CLOSED               CLOSED              CLOSED                -
 *
 * status, once    ours if failed,      ours if failed or   the peer's
 * CLOSED from     1006 if lost         answered, 1006 if lost
 *
 * maySend         yes                  no                  no                    no
 * mayReceiveData  yes                  yes                 no                    no
 * </pre>
 *
 * <p>"true" means that a Close frame is to be written now, once: ours, or {@link #echo()}. It may
 * wait behind data that was accepted before it; {@link #echoed()} says when the echo is out. A peer
 * that has said goodbye cannot be failed any more, it still gets its echo. CLOSED means that
 * nothing more is expected from the peer: what is still queued is to be written, then the TCP
 * connection ends.
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
    /** The peer began it and is owed an echo. */
    CLOSE_RECEIVED,
    /** It is over, or there is no one to finish it with. */
    CLOSED
  }

  private static final ClosePayload LOST = new ClosePayload(CloseCode.ABNORMAL, "");

  private State state = State.OPEN;
  private boolean clean;
  private @Nullable ClosePayload ours; // of close(), while the peer's is awaited
  private @Nullable ClosePayload theirs; // if it came first
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
   * True while data is still delivered: the peer may be in the middle of a message when it reads
   * our Close (§1.4).
   */
  public boolean mayReceiveData() {
    return state == State.OPEN || state == State.CLOSE_SENT;
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
   * @return true: write a Close frame with {@link #echo()} and call {@link #echoed()}; false:
   *     nothing is owed
   */
  public boolean received(ClosePayload theirs) {
    if (state == State.CLOSE_SENT) {
      status = ours;
      clean = true;
      state = State.CLOSED;
    } else if (state == State.OPEN) {
      this.theirs = theirs;
      status = theirs;
      state = State.CLOSE_RECEIVED;
      return true;
    }
    return false;
  }

  /**
   * What the peer's Close is answered with: the same (§5.5.1).
   *
   * @throws IllegalStateException if the peer did not begin the closing handshake
   */
  public ClosePayload echo() {
    if (theirs == null) {
      throw new IllegalStateException("no echo is owed: the peer did not close first");
    }
    return theirs;
  }

  /** The echo has been written; without one being owed nothing happens. */
  public void echoed() {
    if (state == State.CLOSE_RECEIVED) {
      clean = true;
      state = State.CLOSED;
    }
  }

  /**
   * The stream ended, or reading or writing failed: without a Close from the peer the status is
   * 1006 (§7.1.5).
   */
  public void disconnected() {
    if (state == State.OPEN || state == State.CLOSE_SENT) {
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

  /** True if both Close frames were exchanged (§7.1.4). */
  public boolean isClean() {
    return clean;
  }
}
