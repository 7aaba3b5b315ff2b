package dev.loomsocket;

import dev.loomsocket.binding.Endpoint;
import java.util.ArrayList;
import java.util.List;

/** The lines that tell what a started application serves: one for each endpoint and route. */
final class Banner {
  private static final String LINE = "  %-9s  %-28s  %s";

  private Banner() {}

  static List<String> lines(List<Endpoint> endpoints, List<App.Route> routes) {
    List<String> lines = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      lines.add(line("WebSocket", endpoint.path().toString(), endpoint.type().getName()));
    }
    for (App.Route route : routes) {
      lines.add(line(route.method(), route.path(), ""));
    }
    return lines;
  }

  private static String line(String kind, String path, String detail) {
    return LINE.formatted(kind, path, detail).stripTrailing();
  }
}
