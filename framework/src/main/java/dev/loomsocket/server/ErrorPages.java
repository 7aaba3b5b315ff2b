package dev.loomsocket.server;

import dev.loomsocket.http.ErrorHandler;
import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.Request;
import dev.loomsocket.http.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes answers of what handlers throw: the handler for the status of an {@link HttpException},
 * else the one for its class, answers; for any other exception the one for the nearest class of it,
 * else the one for 500; where there is none, one line of plain text. What nobody expected is
 * logged. Immutable.
 */
final class ErrorPages {
  private static final Logger LOG = System.getLogger("dev.loomsocket.server");

  private final Map<Integer, ErrorHandler<HttpException>> byStatus;
  private final Map<Class<?>, ErrorHandler<Throwable>> byClass;

  ErrorPages(
      Map<Integer, ErrorHandler<HttpException>> byStatus,
      Map<Class<?>, ErrorHandler<Throwable>> byClass) {
    this.byStatus = Map.copyOf(byStatus);
    this.byClass = Map.copyOf(byClass);
  }

  /** The answer to a request whose handler has returned null. */
  Response answerToNull(String who, Request request) {
    LOG.log(Level.WARNING, () -> who + about(request) + " returned null");
    return plain(who, request, new HttpException(500, "internal server error"));
  }

  /**
   * The answer to a request that has led to this exception.
   *
   * @param who has thrown it, for the log: the request is told behind it
   */
  Response answer(String who, Request request, Throwable thrown) {
    Throwable e = request instanceof ServerRequest ours ? ours.causeOf(thrown) : thrown;
    HttpException plain =
        e instanceof HttpException http ? http : new HttpException(500, "internal server error");
    boolean hasPage = e instanceof HttpException && byStatus.containsKey(plain.status());
    ErrorHandler<Throwable> handler = hasPage ? null : nearest(e.getClass());
    if (handler != null) {
      return with(plain, attempt(handler, who, request, e, plain.status()));
    }
    if (e != plain) {
      LOG.log(Level.WARNING, who + about(request) + " failed", e);
    }
    return plain(who, request, plain);
  }

  private Response plain(String who, Request request, HttpException e) {
    ErrorHandler<HttpException> handler = byStatus.get(e.status());
    return with(
        e,
        handler == null ? ResponseEncoder.error(e) : attempt(handler, who, request, e, e.status()));
  }

  private static Response with(HttpException e, Response response) {
    Response answer = response;
    for (Response.Field field : e.fields()) {
      answer = answer.header(field.name(), field.value());
    }
    return answer;
  }

  private @Nullable ErrorHandler<Throwable> nearest(Class<?> type) {
    // an answer of its own: who takes all exceptions means those that nobody expected
    Class<?> last = type == HttpException.class ? type.getSuperclass() : null;
    for (Class<?> each = type; each != last; each = each.getSuperclass()) {
      ErrorHandler<Throwable> handler = byClass.get(each);
      if (handler != null) {
        return handler;
      }
    }
    return null;
  }

  private static <E extends Throwable> Response attempt(
      ErrorHandler<E> handler, String who, Request request, E e, int status) {
    try {
      Response response = handler.handle(request, e);
      if (response == null) {
        throw new IllegalStateException("the error handler returned null");
      }
      return response.status() == 200 ? response.withStatus(status) : response;
    } catch (Exception | Error failure) {
      if (failure != e) {
        failure.addSuppressed(e);
      }
      LOG.log(Level.WARNING, "the error handler for " + who + about(request) + " failed", failure);
      return ResponseEncoder.internalError();
    }
  }

  private static String about(Request request) {
    return request.method() + " " + request.rawPath();
  }
}
