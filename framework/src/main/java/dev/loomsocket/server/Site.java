package dev.loomsocket.server;

import dev.loomsocket.http.Authenticator;
import dev.loomsocket.http.HttpHandler;
import dev.loomsocket.http.PathPattern;
import dev.loomsocket.http.StaticFiles;
import dev.loomsocket.session.WebSocketService;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a server serves: pages, files and WebSocket endpoints. Immutable. */
public final class Site {
  private final Router<WebSocketPath> router;
  private final ResponseEncoder encoder;
  private final Authenticator authenticator;

  private Site(Builder builder) {
    this.router = builder.routes.build();
    this.encoder = builder.encoder;
    this.authenticator = builder.authenticator;
  }

  Router<WebSocketPath> router() {
    return router;
  }

  ResponseEncoder encoder() {
    return encoder;
  }

  Authenticator authenticator() {
    return authenticator;
  }

  /** Collects a site at start-up; used by one thread. */
  public static final class Builder {
    private final Router.Builder<WebSocketPath> routes = new Router.Builder<>();
    private final Map<PathPattern, WebSocketPath> paths = new LinkedHashMap<>();
    private final ResponseEncoder encoder;
    private Authenticator authenticator = request -> Optional.empty();

    /**
     * A site without anything.
     *
     * @param json encodes the values of JSON responses
     */
    public Builder(Function<Object, byte[]> json) {
      encoder = new ResponseEncoder(json, InstantSource.system());
    }

    /**
     * Adds a handler.
     *
     * @throws IllegalArgumentException if the pattern is wrong or cannot be reached
     */
    public void route(String method, String pattern, HttpHandler handler) {
      routes.handle(method, PathPattern.parse(pattern), handler);
    }

    /** Adds a WebSocket endpoint; of several at one path the client's subprotocols choose. */
    public void webSocket(PathPattern pattern, WebSocketService service) {
      paths.keySet().stream()
          .filter(pattern::overlapsExactly)
          .findFirst()
          .map(paths::get)
          .orElseGet(() -> newPath(pattern))
          .add(pattern, service);
    }

    private WebSocketPath newPath(PathPattern pattern) {
      WebSocketPath path = new WebSocketPath();
      paths.put(pattern, path);
      routes.endpoint(pattern, path);
      return path;
    }

    /** Adds files, which are looked at where no handler matches. */
    public void files(StaticFiles files) {
      routes.files(files);
    }

    /** Says who sends requests; without it nobody knows. */
    public void authenticator(Authenticator authenticator) {
      this.authenticator = authenticator;
    }

    /** The site. */
    public Site build() {
      return new Site(this);
    }
  }
}
