package dev.loomsocket.server;

import dev.loomsocket.http.Authenticator;
import dev.loomsocket.http.ErrorHandler;
import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.HttpFilter;
import dev.loomsocket.http.HttpHandler;
import dev.loomsocket.http.PathPattern;
import dev.loomsocket.http.Request;
import dev.loomsocket.http.Response;
import dev.loomsocket.http.StaticFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a site serves under one host name: routes, filters and error handlers. Immutable. */
public final class Pages {
  private static final String HANDLER = "the handler of ";

  /** Headers that go with a content, and not with another one in its place. */
  private static final Set<String> OF_THE_CONTENT =
      Set.of(
          "accept-ranges",
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-location",
          "content-range",
          "content-type",
          "etag",
          "last-modified",
          "location",
          "set-cookie");

  private final Router<WebSocketPath> router;
  private final Filters filters;
  private final Filters handshakes; // what stands in front of WebSockets
  private final ErrorPages errors;

  private final Authenticator authenticator;

  private Pages(Builder builder, List<Filters.Entry> everywhere, Authenticator authenticator) {
    this.router = builder.routes.build();
    this.filters = new Filters(builder.filters);
    this.handshakes =
        new Filters(Stream.concat(everywhere.stream(), builder.filters.stream()).toList());
    this.errors = new ErrorPages(builder.byStatus, builder.byClass);
    this.authenticator = authenticator;
  }

  Router<WebSocketPath> router() {
    return router;
  }

  /**
   * The answer of a handler and of the filters in front of it, once it is known who asks. Whatever
   * they throw is an answer too, and so is a refusal of who asks, which filters can look at.
   */
  Response answer(HttpHandler handler, ServerRequest request) {
    return answer(filters, handler, request);
  }

  private Response answer(Filters inFront, HttpHandler handler, ServerRequest request) {
    HttpHandler known = known(handler, request);
    return inFront.areThere()
        ? attempt(inFront.around(request.rawPath(), known, this::safe), request)
        : attempt(known, request);
  }

  private HttpHandler known(HttpHandler handler, ServerRequest request) {
    try {
      request.authenticate(authenticator);
      return handler;
    } catch (Exception | Error e) {
      Response refusal = errors.answer("app.authenticate for ", request, e);
      return any -> refusal;
    }
  }

  /** The answer to a request whose response could not be written, with what filters had to say. */
  Response failed(ServerRequest request, Response response, Throwable e) {
    Response answer = errors.answer("the response to ", request, e);
    for (Response.Field field : response.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!OF_THE_CONTENT.contains(name) && !answer.headers().containsKey(name)) {
        answer = answer.header(field.name(), field.value());
      }
    }
    return request.withSession(answer);
  }

  /**
   * The answer to a request that has failed behind its filters, before anything was sent.
   *
   * @param who has failed, for the log: the request is told behind it
   */
  Response failed(String who, ServerRequest request, Throwable e) {
    return request.withSession(errors.answer(who, request, e));
  }

  /** What is to be answered in place of a WebSocket's handshake, if it is not passed on. */
  Optional<Response> turnAway(ServerRequest request) {
    Response passed = Response.status(204);
    Response answer = answer(handshakes, any -> passed, request);
    boolean isPassed = answer.entity() == passed.entity() && answer.status() == passed.status();
    return isPassed ? Optional.empty() : Optional.of(answer);
  }

  private HttpHandler safe(HttpHandler handler) {
    return request -> attempt(handler, request);
  }

  private Response attempt(HttpHandler handler, Request request) {
    try {
      Response response = handler.handle(request);
      return response == null ? errors.answerToNull(HANDLER, request) : response;
    } catch (Exception | Error e) {
      return errors.answer(HANDLER, request, e);
    }
  }

  /** Collects what one host serves at start-up; used by one thread. */
  public static final class Builder {
    private final Router.Builder<WebSocketPath> routes = new Router.Builder<>();
    private final List<Filters.Entry> filters = new ArrayList<>();
    private final Map<Integer, ErrorHandler<HttpException>> byStatus = new HashMap<>();
    private final Map<Class<?>, ErrorHandler<Throwable>> byClass = new HashMap<>();

    Builder() {}

    /**
     * Adds a handler.
     *
     * @throws IllegalArgumentException if the pattern is wrong or cannot be reached
     */
    public void route(String method, String pattern, HttpHandler handler) {
      routes.handle(method, PathPattern.parse(pattern), handler);
    }

    /**
     * Adds a filter, behind those that are there.
     *
     * @throws IllegalArgumentException if the pattern is wrong
     */
    public void filter(String pattern, HttpFilter filter) {
      filters.add(new Filters.Entry(PathPattern.parse(pattern), filter));
    }

    /**
     * Lets a handler answer errors with this status.
     *
     * @throws IllegalArgumentException if it is none, or has a handler already
     */
    public void error(int status, ErrorHandler<HttpException> handler) {
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("an error has a status of 400 to 599");
      }
      if (byStatus.putIfAbsent(status, handler) != null) {
        throw new IllegalArgumentException("there is an error handler for it already: remove one");
      }
    }

    /**
     * Lets a handler answer exceptions of this class and its subclasses.
     *
     * @throws IllegalArgumentException if the class has a handler already
     */
    @SuppressWarnings("unchecked") // it gets only what is of the type
    public <E extends Throwable> void error(Class<E> type, ErrorHandler<? super E> handler) {
      if (byClass.putIfAbsent(type, (ErrorHandler<Throwable>) handler) != null) {
        throw new IllegalArgumentException("there is an error handler for it already: remove one");
      }
    }

    /** Adds files, which are looked at where no handler matches. */
    public void files(StaticFiles files) {
      routes.files(files);
    }

    void endpoint(PathPattern pattern, WebSocketPath path) {
      routes.endpoint(pattern, path);
    }

    /** The filters that are there so far. */
    List<Filters.Entry> filters() {
      return filters;
    }

    /**
     * The pages.
     *
     * @param everywhere the filters that stand in front of WebSockets whatever the host
     */
    Pages build(List<Filters.Entry> everywhere, Authenticator authenticator) {
      return new Pages(this, everywhere, authenticator);
    }
  }
}
