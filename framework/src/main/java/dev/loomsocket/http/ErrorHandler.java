package dev.loomsocket.http;

/**
 * What answers a request when its handler or a filter has thrown an exception.
 *
 * <pre>{@code
 * app.error(NoSuchOrder.class, (request, e) -> Response.json(new Problem(e.id())).withStatus(404));
 * app.error(404, (request, e) -> Response.html(notFound(request.path())));
 * }</pre>
 *
 * @param <E> the exceptions that it takes
 */
@FunctionalInterface
public interface ErrorHandler<E extends Throwable> {

  /**
   * Answers; called from many threads at once. A response with status 200 is sent with the status
   * of the error: that of an {@link HttpException}, else 500.
   *
   * @throws Exception to be logged; the client gets 500 without details
   */
  Response handle(Request request, E error) throws Exception;
}
