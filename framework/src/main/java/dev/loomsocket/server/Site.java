package dev.loomsocket.server;

import dev.loomsocket.http.HttpHandler;
import dev.loomsocket.http.PathPattern;
import dev.loomsocket.http.StaticFiles;
import dev.loomsocket.session.WebSocketService;
import java.time.InstantSource;
import java.util.function.Function;

/** What a server serves: pages, files and WebSocket endpoints. Immutable. */
public final class Site {
  private final Router<WebSocketService> router;
  private final ResponseEncoder encoder;

  private Site(Router<WebSocketService> router, ResponseEncoder encoder) {
    this.router = router;
    this.encoder = encoder;
  }

  Router<WebSocketService> router() {
    return router;
  }

  ResponseEncoder encoder() {
    return encoder;
  }

  /** Collects a site at start-up; used by one thread. */
  public static final class Builder {
    private final Router.Builder<WebSocketService> routes = new Router.Builder<>();
    private final ResponseEncoder encoder;

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

    /**
     * Adds a WebSocket endpoint.
     *
     * @throws IllegalArgumentException if the pattern cannot be reached
     */
    public void webSocket(PathPattern pattern, WebSocketService service) {
      routes.endpoint(pattern, service);
    }

    /** Adds files, which are looked at where no handler matches. */
    public void files(StaticFiles files) {
      routes.files(files);
    }

    /** The site. */
    public Site build() {
      return new Site(routes.build(), encoder);
    }
  }
}
