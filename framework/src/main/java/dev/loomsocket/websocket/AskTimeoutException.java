package dev.loomsocket.websocket;

/**
 * Says that a client has not answered in time what {@link Session#ask} asked it. The session goes
 * on; an answer that comes later is dropped.
 */
public final class AskTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** An exception with a message that names the session and the time. */
  public AskTimeoutException(String message) {
    super(message);
  }
}
