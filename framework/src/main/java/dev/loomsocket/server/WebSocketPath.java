package dev.loomsocket.server;

import dev.loomsocket.http.PathPattern;
import dev.loomsocket.server.Router.Route;
import dev.loomsocket.session.WebSocketService;
import java.util.ArrayList;
import java.util.List;

/**
 * The endpoints of one path, which the client's subprotocols choose among. Filled at start-up, read
 * by all connections.
 */
final class WebSocketPath {
  private final List<Endpoint> endpoints = new ArrayList<>();

  /** An endpoint and its own pattern, whose variables may have names of their own. */
  private record Endpoint(PathPattern pattern, WebSocketService service) {}

  void add(PathPattern pattern, WebSocketService service) {
    endpoints.add(new Endpoint(pattern, service));
  }

  /**
   * The endpoint that speaks the first of the offered subprotocols that any of them speaks; else
   * the one that has none; else the first.
   */
  Route<WebSocketService> choose(String rawPath, List<String> offered) {
    Endpoint chosen = choose(offered);
    return new Route<>(chosen.service, chosen.pattern.match(rawPath).orElseThrow());
  }

  private Endpoint choose(List<String> offered) {
    for (String subprotocol : offered) {
      for (Endpoint endpoint : endpoints) {
        if (endpoint.service.subprotocols().contains(subprotocol)) {
          return endpoint;
        }
      }
    }
    for (Endpoint endpoint : endpoints) {
      if (endpoint.service.subprotocols().isEmpty()) {
        return endpoint;
      }
    }
    return endpoints.getFirst();
  }
}
