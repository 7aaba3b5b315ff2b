package dev.loomsocket.websocket;

/**
 * Says that a client answered {@link Session#ask}, but not with what was asked for: with an error
 * of its own, or with JSON that does not become the reply's class. The session goes on.
 */
public final class WrongReplyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;

  /**
   * An exception about an answer.
   *
   * @param code a word for programs
   * @param message a sentence for people; it may quote the client
   */
  public WrongReplyException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** A word for programs: the client's own for its error, else {@code bad-json}. */
  public String code() {
    return code;
  }
}
