package dev.loomsocket.websocket;

/**
 * Says that a message of the client reached no {@link OnMessage} method: it is not the JSON that
 * the method takes, or no method takes its kind.
 *
 * <p>An {@link OnError} method may take it. Without one the client is answered with <code>
 * {"type":"error","code":…,"message":…}</code>, and the connection stays. A handler that throws one
 * does the same on purpose; who has asked reads its words in the error that is the answer.
 */
public final class BadMessageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;

  /**
   * An exception without a stack trace: what a client can cause at will must be cheap.
   *
   * @param code a word for programs, for example {@code bad-json}
   * @param message a sentence for people; the client may see it
   */
  public BadMessageException(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /**
   * A word for programs. Loomsocket's own are {@code bad-json}, {@code unknown-type} and {@code
   * unsupported}; a handler that throws one chooses its own.
   */
  public String code() {
    return code;
  }
}
