package dev.loomsocket.session;

import dev.loomsocket.net.Transport;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.wire.CloseCode;
import dev.loomsocket.wire.ClosePayload;
import dev.loomsocket.wire.ProtocolException;
import java.io.IOException;

/**
 * The closing handshake (§7.1) as it is seen outside: takes the steps of a session's {@link
 * Ending}, sends the Close frame that each owes, and lets go on whoever waits. Takes the lock.
 */
record ClosingHandshake(
    SendLock lock, Ending ending, QueueWriter writer, OutgoingFrames frames, Transport transport) {

  /** Starts it (§7.1.2). */
  void close(CloseStatus status) {
    lock.with(() -> {
      long now = transport.now(); // the peer may have our Close before the next line but one
      ending
          .close(status)
          .ifPresent(payload -> {
            send(payload);
            writer.startCloseTimeout(now);
            transport.wake();
          });
    });
  }

  /** Fails the connection (§7.1.7). */
  void fail(int code, String reason) {
    lock.with(() -> {
      ending.fail(code, reason).ifPresent(this::send);
      lock.signalProgress();
      transport.wake();
    });
  }

  /** Takes the peer's Close and answers it (§5.5.1). */
  void received(ClosePayload payload) {
    lock.with(() -> {
      ending.received(payload).ifPresent(this::send);
      lock.signalProgress();
    });
  }

  /** Ends the session for what reading its connection has come to. */
  void broken(Throwable cause) {
    switch (cause) {
      case ProtocolException e -> fail(e.closeCode(), String.valueOf(e.getMessage()));
      case IOException e -> disconnected();
      default -> fail(CloseCode.INTERNAL_ERROR, "");
    }
  }

  /** The connection is lost, or nobody waits for the peer any longer. */
  void disconnected() {
    lock.with(() -> {
      ending.disconnected();
      lock.signalProgress();
    });
  }

  /** See {@link Ending#timeLeft}. */
  long timeLeft() {
    return ending.timeLeft(transport.now());
  }

  private void send(ClosePayload payload) {
    frames.close(payload.encode(), lock.stream() != null);
    writer.write();
    lock.signalProgress();
  }

  /**
   * Lets the last words go out, for the close timeout at most, and tells the peer that they were
   * the last.
   */
  void finish() {
    writer.awaitDrained(writer.settings().closeTimeout().toNanos());
    lock.lock();
    try {
      if (lock.stream() == null) { // else a thread may be compressing; the JVM frees it
        frames.close();
      }
      transport.shutdownOutput();
    } catch (IOException e) {
      // it is gone already
    } finally {
      lock.unlock();
    }
  }
}
