package dev.loomsocket.http;

/**
 * An answer that is not the wanted one: thrown by a handler or an {@code @OnHandshake} method, it
 * becomes a response with its status and message.
 *
 * <pre>{@code
 * app.get("/users/{id}", request -> Response.json(users.find(request.pathParam("id"))
 *     .orElseThrow(() -> new HttpException(404, "no such user"))));
 * }</pre>
 */
public final class HttpException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * An exception without a stack trace: what a client can cause at will must be cheap.
   *
   * @param status 400 to 599
   * @param message a sentence that the client sees
   */
  public HttpException(int status, String message) {
    super(message, null, false, false);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException(
          "an HttpException has a status of 400 to 599, not " + status);
    }
    this.status = status;
  }

  /** The status of the response, 400 to 599. */
  public int status() {
    return status;
  }
}
