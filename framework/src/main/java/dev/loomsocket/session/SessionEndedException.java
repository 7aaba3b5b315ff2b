package dev.loomsocket.session;

import dev.loomsocket.websocket.SessionClosedException;
import java.io.IOException;

/**
 * Says to whoever reads or writes a streamed message that its session is over. Its cause is the
 * public {@link SessionClosedException}.
 */
final class SessionEndedException extends IOException {
  private static final long serialVersionUID = 1;

  SessionEndedException(String message) {
    super(message, new SessionClosedException(message));
  }
}
