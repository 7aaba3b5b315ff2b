package dev.loomsocket;

import dev.loomsocket.http.ErrorHandler;
import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.HttpFilter;
import dev.loomsocket.http.HttpHandler;
import dev.loomsocket.http.StaticFiles;
import dev.loomsocket.server.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What an application serves to those who ask for one host: routes, filters, error handlers and
 * files, as {@link App} takes them for all other hosts. See {@link App#onHost}. Used by one thread.
 */
public final class HostPages {
  // What has been said so far; read by Launch.
  final List<Route> routes = new ArrayList<>();
  final List<StaticFiles> files = new ArrayList<>();
  final List<Addition> additions = new ArrayList<>(); // filters and error handlers

  HostPages() {}

  /** A handler and what it answers. */
  record Route(String method, String path, HttpHandler handler) {}

  /** Something that is added when everything is put together, and what it is, for people. */
  record Addition(String what, Consumer<Pages.Builder> to) {}

  /** As {@link App#get}. */
  public HostPages get(String path, HttpHandler handler) {
    return route("GET", path, handler);
  }

  /** As {@link App#post}. */
  public HostPages post(String path, HttpHandler handler) {
    return route("POST", path, handler);
  }

  /** As {@link App#put}. */
  public HostPages put(String path, HttpHandler handler) {
    return route("PUT", path, handler);
  }

  /** As {@link App#patch}. */
  public HostPages patch(String path, HttpHandler handler) {
    return route("PATCH", path, handler);
  }

  /** As {@link App#delete}. */
  public HostPages delete(String path, HttpHandler handler) {
    return route("DELETE", path, handler);
  }

  private HostPages route(String method, String path, HttpHandler handler) {
    routes.add(new Route(method, path, handler));
    return this;
  }

  /** As {@link App#before}. */
  public HostPages before(String path, HttpFilter filter) {
    additions.add(new Addition("before " + path, pages -> pages.filter(path, filter)));
    return this;
  }

  /** As {@link App#error(Class, ErrorHandler)}. */
  public <E extends Throwable> HostPages error(Class<E> type, ErrorHandler<? super E> handler) {
    additions.add(new Addition("error " + type.getName(), pages -> pages.error(type, handler)));
    return this;
  }

  /** As {@link App#error(int, ErrorHandler)}. */
  public HostPages error(int status, ErrorHandler<HttpException> handler) {
    additions.add(new Addition("error " + status, pages -> pages.error(status, handler)));
    return this;
  }

  /** As {@link App#files}. */
  public HostPages files(StaticFiles more) {
    files.add(more);
    return this;
  }
}
