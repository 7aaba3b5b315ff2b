package dev.loomsocket.server;

import dev.loomsocket.http.HttpFilter;
import dev.loomsocket.http.HttpHandler;
import dev.loomsocket.http.PathPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What stands in front of handlers, in the order in which it was added. Immutable. */
final class Filters {
  private final List<Entry> entries;

  Filters(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** A filter and where it stands. */
  record Entry(PathPattern pattern, HttpFilter filter) {

    /** A rest may be missing with its slash: who guards {@code /admin/{rest*}} means /admin too. */
    boolean matches(String rawPath) {
      return pattern.covers(rawPath) || pattern.covers(rawPath + "/");
    }
  }

  boolean areThere() {
    return !entries.isEmpty();
  }

  /**
   * The handler with all that stands in front of it at a path.
   *
   * @param safe makes of a handler one that throws nothing
   */
  HttpHandler around(String rawPath, HttpHandler handler, UnaryOperator<HttpHandler> safe) {
    List<HttpFilter> present = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      if (entry.matches(rawPath)) {
        present.add(entry.filter);
      }
    }
    HttpHandler outermost = handler;
    for (HttpFilter filter : present.reversed()) {
      HttpHandler next = safe.apply(outermost);
      outermost = request -> filter.filter(request, next);
    }
    return outermost;
  }
}
