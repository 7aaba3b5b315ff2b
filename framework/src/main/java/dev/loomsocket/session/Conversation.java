package dev.loomsocket.session;

import dev.loomsocket.binding.EndpointInstance;
import dev.loomsocket.websocket.BadMessageException;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Pong;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.wire.CloseCode;
import java.io.InputStream;
import java.io.Reader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Calls one session's handlers and sends what they return; what they throw goes to
 * {@code @OnError}, else it is logged and closes the session with 1011. Used by the connection's
 * thread only.
 */
final class Conversation implements MessageSink {
  private static final Logger LOG = System.getLogger("dev.loomsocket.session");

  private final EndpointInstance handlers;
  private final LiveSession session;
  private final Outbox outbox;
  private final Results results;
  private boolean opened;

  Conversation(EndpointInstance handlers, LiveSession session) {
    this.handlers = handlers;
    this.session = session;
    this.outbox = session.outbox();
    this.results = new Results(outbox);
  }

  void open() {
    opened = true;
    try {
      results.send(handlers.open(session));
    } catch (Throwable thrown) {
      failed(thrown);
    }
  }

  @Override
  public void text(String message) {
    if (isHeard()) {
      try {
        results.send(handlers.text(message));
      } catch (Throwable thrown) {
        failed(thrown);
      }
    }
  }

  @Override
  public void binary(byte[] message) {
    if (isHeard()) {
      try {
        results.send(handlers.binary(message));
      } catch (Throwable thrown) {
        failed(thrown);
      }
    }
  }

  @Override
  public void pong(Pong pong) {
    if (isHeard()) {
      try {
        results.send(handlers.pong(pong));
      } catch (Throwable thrown) {
        failed(thrown);
      }
    }
  }

  /** Text that its handler reads while it arrives. */
  void text(Reader message) {
    if (isHeard()) {
      try {
        results.send(handlers.text(message));
      } catch (Throwable thrown) {
        failed(thrown);
      }
    }
  }

  /** Bytes that their handler reads while they arrive. */
  void binary(InputStream message) {
    if (isHeard()) {
      try {
        results.send(handlers.binary(message));
      } catch (Throwable thrown) {
        failed(thrown);
      }
    }
  }

  /**
   * Tells the endpoint that its session is over; once, and only if it was told of its beginning.
   */
  void close(CloseStatus status) {
    if (!opened) {
      return;
    }
    opened = false;
    try {
      handlers.close(status);
    } catch (Throwable thrown) {
      LOG.log(Level.WARNING, () -> "@OnClose of " + session + " failed", thrown);
    }
  }

  /**
   * After a close of ours messages are no longer delivered; before a handler runs, what waits is on
   * its way.
   */
  private boolean isHeard() {
    if (outbox.hasWaiting()) {
      outbox.flushOrOwe();
    }
    return !outbox.ending().isRefusing();
  }

  private void failed(Throwable thrown) {
    Throwable failure = thrown;
    try {
      if (noticesTheEnd(thrown) || answered(thrown)) {
        return;
      }
    } catch (Throwable again) {
      if (again != thrown) {
        again.addSuppressed(thrown);
      }
      failure = again;
    }
    if (!noticesTheEnd(failure)) {
      LOG.log(Level.WARNING, "a handler of " + session + " failed; closing with 1011", failure);
      outbox.fail(CloseCode.INTERNAL_ERROR, "");
    }
  }

  /** True if a handler only found out what {@code @OnClose} will be told. */
  private boolean noticesTheEnd(Throwable thrown) {
    boolean ofItsEnd = false;
    for (Throwable each = thrown; each != null && !ofItsEnd; each = each.getCause()) {
      ofItsEnd = each instanceof SessionClosedException;
    }
    return ofItsEnd && !outbox.ending().isOpen();
  }

  private boolean answered(Throwable thrown) throws Throwable {
    if (handlers.handles(thrown)) {
      results.send(handlers.error(thrown));
      return true;
    }
    if (thrown instanceof BadMessageException bad) {
      results.send(new ErrorMessage("error", bad.code(), String.valueOf(bad.getMessage())));
      return true;
    }
    return false;
  }

  /** What a client is told of a message of its that reached no handler. */
  private record ErrorMessage(String type, String code, String message) {}
}
