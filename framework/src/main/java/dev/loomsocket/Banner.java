package dev.loomsocket;

import dev.loomsocket.binding.Endpoint;
import dev.loomsocket.http.StaticFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The lines that tell what a started application serves: one for each endpoint, route and root. */
final class Banner {
  private static final String LINE = "  %-9s  %-28s  %s";

  private final List<String> lines = new ArrayList<>();

  void endpoint(Endpoint endpoint) {
    add("WebSocket", endpoint.path().toString(), endpoint.type().getName());
  }

  /** What one host serves, or without a name all others. */
  void pages(String host, HostPages pages) {
    pages.routes.forEach(route -> add(route.method(), host + route.path(), ""));
    pages.files.forEach(files -> add("Files", host + files, ""));
  }

  void files(StaticFiles files) {
    add("Files", files.toString(), "");
  }

  void note(String text) {
    lines.add("  " + text);
  }

  List<String> lines() {
    return lines.stream().distinct().toList();
  }

  /** Tells whoever looks for an endpoint where it was looked for. */
  static String noEndpoint(Collection<String> packages) {
    return "no endpoint in "
        + String.join(", ", packages)
        + " and below (Loomsocket.run looks in the package of its caller, app.scan in that of its"
        + " class)";
  }

  private void add(String kind, String path, String detail) {
    lines.add(LINE.formatted(kind, path, detail).stripTrailing());
  }
}
