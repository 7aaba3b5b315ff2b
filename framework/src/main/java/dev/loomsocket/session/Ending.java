package dev.loomsocket.session;

import dev.loomsocket.net.Transport;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.wire.CloseAutomaton;
import dev.loomsocket.wire.ClosePayload;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How far a session's end has come: the closing handshake, and what of it others look at.
 *
 * <p>Its steps are taken with the {@link SendLock} held, and each returns the Close frame that is
 * to be sent because of it, if any. Looking needs no lock.
 */
final class Ending {
  // Written under the lock.
  private volatile boolean open = true;
  private volatile boolean closed;
  private volatile boolean refusing;
  private volatile @Nullable Steps steps; // from the first one on
  private @Nullable CompletableFuture<Void> begun; // once somebody waits for it; guarded by lock

  /** What most of the sessions that there are have a long way to. */
  private static final class Steps {
    final CloseAutomaton automaton = new CloseAutomaton(); // guarded by lock
    volatile long deadline = Transport.FOREVER;
  }

  /** True until either side has started to close, or the connection is lost. */
  boolean isOpen() {
    return open;
  }

  /** Says to who wants to send that it is too late, if so. */
  void requireOpen() {
    if (!open) {
      throw new SessionClosedException("this session is closed");
    }
  }

  /** Is done when the session is no longer {@link #isOpen}; with the lock held. */
  CompletableFuture<Void> begun() {
    CompletableFuture<Void> future = begun;
    if (future == null) {
      begun = future = new CompletableFuture<>();
      if (!open) {
        future.complete(null);
      }
    }
    return future;
  }

  /** True once nothing more is to be received. */
  boolean isClosed() {
    return closed;
  }

  /** True once this side has ended the session: messages that still come are no longer wanted. */
  boolean isRefusing() {
    return refusing;
  }

  /**
   * Nanoseconds that the peer still has to answer our Close, {@link Transport#FOREVER} if that has
   * not gone out.
   *
   * @param now by the transport's clock
   */
  long timeLeft(long now) {
    Steps taken = steps;
    long deadline = taken == null ? Transport.FOREVER : taken.deadline;
    return deadline == Transport.FOREVER ? deadline : deadline - now;
  }

  /** We start the closing handshake (§7.1.2). */
  Optional<ClosePayload> close(CloseStatus status) {
    ClosePayload payload = new ClosePayload(status.code(), status.reason());
    if (!automaton().close(payload)) {
      return Optional.empty();
    }
    refusing = true;
    settle();
    return Optional.of(payload);
  }

  /** Our Close has gone out, if there is one: the peer has so much time for its own, once. */
  boolean startDeadline(long now, Duration time) {
    Steps taken = steps;
    if (taken == null
        || taken.automaton.state() != CloseAutomaton.State.CLOSE_SENT
        || taken.deadline != Transport.FOREVER) {
      return false;
    }
    taken.deadline = now + time.toNanos();
    return true;
  }

  /** We fail the connection (§7.1.7). */
  Optional<ClosePayload> fail(int code, String reason) {
    ClosePayload payload = new ClosePayload(code, reason);
    boolean sends = automaton().fail(payload);
    refusing = true;
    settle();
    return sends ? Optional.of(payload) : Optional.empty();
  }

  /** The peer's Close came; it is answered with the same (§5.5.1). */
  Optional<ClosePayload> received(ClosePayload theirs) {
    boolean owed = automaton().received(theirs);
    settle();
    return owed ? Optional.of(theirs) : Optional.empty();
  }

  /** The connection is lost, or nobody waits for the peer any longer. */
  void disconnected() {
    automaton().disconnected();
    settle();
  }

  /** How the session ended, once it is closed. */
  CloseStatus status() {
    ClosePayload status = automaton().status();
    return new CloseStatus(status.code(), status.reason());
  }

  private CloseAutomaton automaton() {
    Steps present = steps;
    if (present == null) {
      steps = present = new Steps();
    }
    return present.automaton;
  }

  private void settle() {
    open = automaton().maySend();
    if (!open && begun != null) {
      begun.complete(null);
    }
    closed = automaton().state() == CloseAutomaton.State.CLOSED;
  }
}
