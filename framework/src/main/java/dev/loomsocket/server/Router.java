package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.HttpHandler;
import dev.loomsocket.http.PathPattern;
import dev.loomsocket.http.Request;
import dev.loomsocket.http.Response;
import dev.loomsocket.http.StaticFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds who answers a request. Immutable: built at start-up, read by all connections.
 *
 * <p>Of the patterns that match a path, the most specific one that has the method wins. HEAD is
 * answered by the handler of GET if it has none of its own. Where no handler is, static files are
 * looked for, and then the answer is 404, 405 with Allow, the list of methods for OPTIONS, or 426
 * at the path of a WebSocket endpoint.
 *
 * @param <E> what stands for a WebSocket endpoint
 */
final class Router<E> {
  private final Map<String, Routes<HttpHandler>> handlers; // by method
  private final Routes<E> endpoints;
  private final List<StaticFiles> files;

  private Router(Builder<E> builder) {
    Map<String, Routes<HttpHandler>> routes = new HashMap<>();
    builder.handlers.forEach((method, entries) -> routes.put(method, new Routes<>(entries)));
    this.handlers = Map.copyOf(routes);
    this.endpoints = new Routes<>(builder.endpoints);
    this.files = List.copyOf(builder.files);
  }

  /** A pattern and what it leads to. */
  private record Entry<T>(PathPattern pattern, T target) {}

  /**
   * Where a path leads.
   *
   * @param pathParams the decoded values of the pattern's variables
   */
  record Route<T>(T target, Map<String, String> pathParams) {}

  /** What may be found, whatever the method. */
  private static final class Routes<T> {
    private final List<Entry<T>> entries; // the most specific pattern first
    private final Map<String, Optional<Route<T>>> literals = new HashMap<>(); // by their only path

    Routes(List<Entry<T>> entries) {
      this.entries = entries.stream().sorted(Comparator.comparing(Entry::pattern)).toList();
      for (Entry<T> entry : entries) {
        if (entry.pattern.variables().isEmpty()) {
          literals.put(entry.pattern.toString(), Optional.of(new Route<>(entry.target, Map.of())));
        }
      }
    }

    Optional<Route<T>> first(String rawPath) {
      Optional<Route<T>> literal = literals.get(rawPath); // no other could be more specific
      return literal != null ? literal : firstMatch(rawPath);
    }

    private Optional<Route<T>> firstMatch(String rawPath) {
      for (Entry<T> entry : entries) {
        Optional<Map<String, String>> values = entry.pattern.match(rawPath);
        if (values.isPresent()) {
          return Optional.of(new Route<>(entry.target, values.get()));
        }
      }
      return Optional.empty();
    }
  }

  /** The WebSocket endpoint at a path. */
  Optional<Route<E>> endpoint(String rawPath) {
    return endpoints.first(rawPath);
  }

  /** The handler for a request; there is always one, be it only to say that nothing was found. */
  Route<HttpHandler> handler(String method, String rawPath) {
    return find(method, rawPath)
        .or(() -> method.equals("HEAD") ? find("GET", rawPath) : Optional.empty())
        .orElseGet(() -> new Route<>(this::answerWithoutHandler, Map.of()));
  }

  private Optional<Route<HttpHandler>> find(String method, String rawPath) {
    Routes<HttpHandler> routes = handlers.get(method);
    return routes == null ? Optional.empty() : routes.first(rawPath);
  }

  private Response answerWithoutHandler(Request request) {
    if (request.rawPath().equals("*")) { // RFC 9110 §9.3.7: about the server as a whole
      return Response.status(204).header("Allow", String.join(", ", RequestLine.METHODS));
    }
    boolean reading = request.method().equals("GET") || request.method().equals("HEAD");
    Optional<Response> file = reading ? file(request) : Optional.empty();
    if (file.isPresent()) {
      return file.get();
    }
    boolean endpoint = endpoint(request.rawPath()).isPresent();
    if (reading && endpoint) {
      throw upgradeRequired();
    }
    return refuse(request, endpoint || !reading && file(request).isPresent());
  }

  private Optional<Response> file(Request request) {
    return files.stream().map(each -> each.find(request)).flatMap(Optional::stream).findFirst();
  }

  /** RFC 6455 §4.4 and RFC 9110 §15.5.22. */
  private static HttpException upgradeRequired() {
    return new HttpException(
            426, "This is a WebSocket endpoint: connect to it with ws:// or wss://.")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13");
  }

  private Response refuse(Request request, boolean canBeRead) {
    Set<String> allowed = new LinkedHashSet<>();
    for (String method : RequestLine.METHODS) {
      boolean read = method.equals("GET") || method.equals("HEAD");
      boolean present = find(method, request.rawPath()).isPresent();
      boolean byGet = method.equals("HEAD") && allowed.contains("GET");
      if (present || byGet || read && canBeRead) {
        allowed.add(method);
      }
    }
    if (allowed.isEmpty()) {
      throw new HttpException(404, "not found");
    }
    allowed.add("OPTIONS");
    String allow = String.join(", ", allowed);
    if (request.method().equals("OPTIONS")) {
      return Response.status(204).header("Allow", allow);
    }
    throw new HttpException(405, "method not allowed").header("Allow", allow); // RFC 9110 §15.5.6
  }

  /**
   * Collects routes at start-up.
   *
   * @param <E> what stands for a WebSocket endpoint
   */
  static final class Builder<E> {
    private final Map<String, List<Entry<HttpHandler>>> handlers = new HashMap<>();
    private final List<Entry<E>> endpoints = new ArrayList<>();
    private final List<StaticFiles> files = new ArrayList<>();

    /**
     * Adds a handler for a method and a path.
     *
     * @throws IllegalArgumentException if the method is unknown, or such a route is there already
     */
    Builder<E> handle(String method, PathPattern pattern, HttpHandler handler) {
      if (!RequestLine.METHODS.contains(method)) {
        throw new IllegalArgumentException(
            "no method " + method + ": it is one of " + RequestLine.METHODS);
      }
      add(handlers.computeIfAbsent(method, each -> new ArrayList<>()), method, pattern, handler);
      return this;
    }

    /**
     * Adds a WebSocket endpoint; pages may have the same path.
     *
     * @throws IllegalArgumentException if an endpoint has this path already
     */
    Builder<E> endpoint(PathPattern pattern, E endpoint) {
      add(endpoints, "the endpoint", pattern, endpoint);
      return this;
    }

    private static <T> void add(
        List<Entry<T>> entries, String what, PathPattern pattern, T target) {
      for (Entry<T> entry : entries) {
        if (entry.pattern.overlapsExactly(pattern)) {
          throw new IllegalArgumentException(
              what
                  + " "
                  + pattern
                  + " can never be reached, because "
                  + entry.pattern
                  + " takes the same paths: remove one");
        }
      }
      entries.add(new Entry<>(pattern, target));
    }

    /**
     * Adds files, which are looked at when no handler matches, in the order in which they were
     * added.
     */
    Builder<E> files(StaticFiles more) {
      files.add(more);
      return this;
    }

    Router<E> build() {
      return new Router<>(this);
    }
  }
}
