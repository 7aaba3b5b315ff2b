package dev.loomsocket.session;

import dev.loomsocket.binding.EndpointInstance;
import dev.loomsocket.websocket.BadMessageException;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Pong;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.wire.CloseCode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Calls one session's handlers and sends what they return; what they throw goes to {@code @OnError}, else it is logged
 * and closes the session with 1011. Used by the connection's thread only.
 */
final class Conversation {
  private static final Logger LOG = System.getLogger("dev.loomsocket.session");

  private final EndpointInstance handlers;
  private final LiveSession session;
  private final Outbox outbox;
  private boolean opened;

  Conversation(EndpointInstance handlers, LiveSession session) {
    this.handlers = handlers;
    this.session = session;
    this.outbox = session.outbox();
  }

  void open() {
    opened = true;
    try {
      reply(handlers.open(session));
    } catch (Throwable thrown) {
      failed(thrown);
    }
  }

  void text(String message) {
    if (isHeard()) {
      try {
        reply(handlers.text(message));
      } catch (Throwable thrown) {
        failed(thrown);
      }
    }
  }

  void binary(byte[] message) {
    if (isHeard()) {
      try {
        reply(handlers.binary(message));
      } catch (Throwable thrown) {
        failed(thrown);
      }
    }
  }

  void pong(Pong pong) {
    if (isHeard()) {
      try {
        reply(handlers.pong(pong));
      } catch (Throwable thrown) {
        failed(thrown);
      }
    }
  }

  /** Tells the endpoint that its session is over; once, and only if it was told of its beginning. */
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

  /** After a close of ours messages are no longer delivered; before a handler runs, what waits is on its way. */
  private boolean isHeard() {
    if (outbox.hasWaiting()) {
      outbox.flushOrOwe();
    }
    return outbox.isOpen();
  }

  private void reply(@Nullable Object result) {
    if (result != null) {
      outbox.reply(Message.of(result));
    }
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
    return thrown instanceof SessionClosedException && !outbox.isOpen();
  }

  private boolean answered(Throwable thrown) throws Throwable {
    if (handlers.handles(thrown)) {
      reply(handlers.error(thrown));
      return true;
    }
    if (thrown instanceof BadMessageException bad) {
      reply(new ErrorMessage("error", bad.code(), String.valueOf(bad.getMessage())));
      return true;
    }
    return false;
  }

  /** What a client is told of a message of its that reached no handler. */
  private record ErrorMessage(String type, String code, String message) {}
}
