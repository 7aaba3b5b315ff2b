package dev.loomsocket.session;

import dev.loomsocket.binding.EndpointInstance;
import dev.loomsocket.json.Json;
import dev.loomsocket.websocket.BadMessageException;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Pong;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.wire.CloseCode;
import java.io.InputStream;
import java.io.Reader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls one session's handlers and sends what they return; what they throw goes to
 * {@code @OnError}, else it is logged and closes the session with 1011, unless it only says that
 * another session has ended, or the client has asked and is answered so. Used by the connection's
 * thread only.
 */
final class Conversation implements MessageSink {
  private static final Logger LOG = System.getLogger("dev.loomsocket.session");

  /** A chain of causes may be a ring. */
  private static final int MOST_CAUSES = 100;

  private final EndpointInstance handlers;
  private final LiveSession session;
  private boolean opened;

  Conversation(EndpointInstance handlers, LiveSession session) {
    this.handlers = handlers;
    this.session = session;
  }

  void open() {
    opened = true;
    call(EndpointInstance::open, session);
  }

  /** What is asked is answered with what its handler returns. */
  @Override
  public void text(String message) {
    Optional<String> ask = handlers.takesJson() ? Json.ask(message) : Optional.empty();
    if (ask.isEmpty()) {
      hear(EndpointInstance::text, message);
    } else if (isHeard()) {
      answer(ask.get(), message);
    }
  }

  private void answer(String ask, String message) {
    try {
      results().answer(ask, handlers.text(message));
    } catch (Throwable thrown) {
      failed(thrown, () -> refused(ask, thrown));
    }
  }

  @Override
  public void binary(byte[] message) {
    hear(EndpointInstance::binary, message);
  }

  @Override
  public void pong(Pong pong) {
    hear(EndpointInstance::pong, pong);
  }

  /** Text that its handler reads while it arrives. */
  void text(Reader message) {
    hear(EndpointInstance::text, message);
  }

  /** Bytes that their handler reads while they arrive. */
  void binary(InputStream message) {
    hear(EndpointInstance::binary, message);
  }

  /** Nothing to keep: it only knows where to send. */
  private Results results() {
    return new Results(session.outbox(), session.json());
  }

  /** One of the endpoint's methods. */
  private interface Handler<T> {
    @Nullable Object handle(EndpointInstance handlers, T argument) throws Throwable;
  }

  private <T> void hear(Handler<T> handler, T message) {
    if (isHeard()) {
      call(handler, message);
    }
  }

  private <T> void call(Handler<T> handler, T argument) {
    try {
      results().send(handler.handle(handlers, argument));
    } catch (Throwable thrown) {
      failed(thrown, () -> answered(thrown));
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
      Level level = noticesAnEnd(thrown) ? Level.DEBUG : Level.WARNING;
      LOG.log(level, () -> "@OnClose of " + where() + " failed", thrown);
    }
  }

  /**
   * After a close of ours messages are no longer delivered; before a handler runs, what waits is on
   * its way.
   */
  private boolean isHeard() {
    if (session.outbox().hasWaiting()) {
      session.outbox().flushOrOwe();
    }
    return !session.outbox().ending().isRefusing();
  }

  /** What is done about what a handler threw. */
  private interface Remedy {
    /** True if that was enough. */
    boolean helps() throws Throwable;
  }

  private void failed(Throwable thrown, Remedy remedy) {
    Throwable failure = thrown;
    try {
      if (noticesItsEnd(thrown) || remedy.helps()) {
        return;
      }
    } catch (Throwable again) {
      if (again != thrown) {
        again.addSuppressed(thrown);
      }
      failure = again;
    }
    if (noticesAnEnd(failure)) { // its own, or that of somebody who has just left
      LOG.log(Level.DEBUG, "a handler of " + where() + " met a closed session", failure);
    } else {
      LOG.log(Level.WARNING, "a handler of " + where() + " failed; closing with 1011", failure);
      session.outbox().closing().fail(CloseCode.INTERNAL_ERROR, "");
    }
  }

  /** The class too: a result that cannot be sent fails when its method has returned. */
  private String where() {
    return handlers.type().getName() + " in " + session;
  }

  /** True if a handler only found out what {@code @OnClose} will be told. */
  private boolean noticesItsEnd(Throwable thrown) {
    return noticesAnEnd(thrown) && !session.outbox().ending().isOpen();
  }

  /** True if a handler found out that a session has ended, be it another one's. */
  private static boolean noticesAnEnd(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .limit(MOST_CAUSES)
        .anyMatch(SessionClosedException.class::isInstance);
  }

  /** Who asked is told so, and with that the session goes on. */
  private boolean refused(String ask, Throwable thrown) throws Throwable {
    if (thrown instanceof BadMessageException bad) {
      results().fail(ask, bad.code(), String.valueOf(bad.getMessage()));
    } else {
      results().fail(ask, "failed", "this could not be answered");
    }
    if (handlers.handles(thrown)) {
      results().send(handlers.error(thrown));
    } else if (!(thrown instanceof BadMessageException)) {
      LOG.log(Level.WARNING, "a handler of " + where() + " failed; who asked is told so", thrown);
    }
    return true;
  }

  private boolean answered(Throwable thrown) throws Throwable {
    if (handlers.handles(thrown)) {
      results().send(handlers.error(thrown));
      return true;
    }
    if (thrown instanceof BadMessageException bad) {
      results().send(new ErrorMessage("error", bad.code(), String.valueOf(bad.getMessage())));
      return true;
    }
    return false;
  }

  /** What a client is told of a message of its that reached no handler. */
  private record ErrorMessage(String type, String code, String message) {}
}
