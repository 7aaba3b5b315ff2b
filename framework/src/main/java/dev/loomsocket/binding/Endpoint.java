package dev.loomsocket.binding;

import dev.loomsocket.http.PathPattern;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;

/**
 * An endpoint class that has been found correct, ready to serve. Immutable and shared by all of its
 * connections.
 */
public final class Endpoint {
  private final Class<?> type;
  private final PathPattern path;
  private final WebSocketEndpoint options;
  private final MethodHandle instances;
  private final UrlValues values;
  private final TypeNames typeNames;
  private final Handlers handlers;

  Endpoint(
      Class<?> type,
      PathPattern path,
      WebSocketEndpoint options,
      MethodHandle instances,
      UrlValues values,
      TypeNames typeNames,
      Handlers handlers) {
    this.type = type;
    this.path = path;
    this.options = options;
    this.instances = instances;
    this.values = values;
    this.typeNames = typeNames;
    this.handlers = handlers;
  }

  /** The user's class. */
  public Class<?> type() {
    return type;
  }

  /** The path that it serves. */
  public PathPattern path() {
    return path;
  }

  /** The same as text. */
  public String pattern() {
    return path.toString();
  }

  /** True if its pattern is this path, and has no variables. */
  public boolean hasOnlyPath(String rawPath) {
    return path.variables().isEmpty() && pattern().equals(rawPath);
  }

  /** What its annotation says; every value has been checked. */
  public WebSocketEndpoint options() {
    return options;
  }

  /** The names of the classes that its messages become. */
  TypeNames typeNames() {
    return typeNames;
  }

  /** True if it takes text messages while they arrive: its method has a Reader. */
  public boolean streamsText() {
    return handlers.streams().text().isPresent();
  }

  /** True if it takes binary messages while they arrive: its method has an InputStream. */
  public boolean streamsBinary() {
    return handlers.streams().binary().isPresent();
  }

  /**
   * Makes what one connection needs: converts the parameters of its URL, then makes or takes its
   * instance. What the user's constructor throws comes out as it is.
   *
   * @param pathParams the decoded variables of the path
   * @param queryParams the decoded parameters of the query
   * @throws dev.loomsocket.http.HttpException 404 if a path parameter, 400 if a query parameter
   *     does not convert
   */
  public EndpointInstance open(
      Map<String, String> pathParams, Map<String, List<String>> queryParams) {
    Object[] converted = values.convert(pathParams, queryParams);
    return new EndpointInstance(handlers, new Arguments(instance(), converted));
  }

  private Object instance() {
    try {
      return (Object) instances.invokeExact();
    } catch (Throwable thrownByTheConstructor) {
      throw Thrower.unchecked(thrownByTheConstructor);
    }
  }
}
