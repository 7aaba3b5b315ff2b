package dev.loomsocket.http;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

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
  private final transient List<Response.Field> fields;

  /**
   * An exception without a stack trace: what a client can cause at will must be cheap.
   *
   * @param status 400 to 599
   * @param message a sentence that the client sees
   */
  public HttpException(int status, String message) {
    this(status, message, List.of());
  }

  private HttpException(int status, String message, List<Response.Field> fields) {
    super(message, null, false, false);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException(
          "an HttpException has a status of 400 to 599, not " + status);
    }
    this.status = status;
    this.fields = fields;
  }

  /**
   * The same with this header for the response, whoever makes it: {@code throw new
   * HttpException(401, "who are you?").header("WWW-Authenticate", "Bearer")}.
   *
   * @throws IllegalArgumentException if a character cannot be in a header, or the server sets this
   *     header itself
   */
  public HttpException header(String name, String value) {
    Response.Field field = Response.Field.of(name, value);
    List<Response.Field> more = Stream.concat(fields.stream(), Stream.of(field)).toList();
    return new HttpException(status, getMessage(), more);
  }

  /** The message, a sentence that the client sees. */
  @Override
  public String getMessage() {
    return Objects.requireNonNullElse(super.getMessage(), "");
  }

  /** The headers that were set. */
  public List<Response.Field> fields() {
    return fields;
  }

  /** The status of the response, 400 to 599. */
  public int status() {
    return status;
  }
}
