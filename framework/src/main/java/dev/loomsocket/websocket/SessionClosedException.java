package dev.loomsocket.websocket;

/**
 * Says that a message could not be sent because its session is closed, is closing, or ended
 * meanwhile.
 */
public final class SessionClosedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** An exception with a message that names the session and why it ended. */
  public SessionClosedException(String message) {
    super(message);
  }
}
