package dev.loomsocket;

import dev.loomsocket.binding.Binder;
import dev.loomsocket.binding.BindingException;
import dev.loomsocket.binding.Endpoint;
import dev.loomsocket.binding.Endpoints;
import dev.loomsocket.http.StaticFiles;
import dev.loomsocket.json.Json;
import dev.loomsocket.net.BufferPool;
import dev.loomsocket.server.Server;
import dev.loomsocket.server.Site;
import dev.loomsocket.session.Facilities;
import dev.loomsocket.session.LiveSessions;
import dev.loomsocket.session.Rooms;
import dev.loomsocket.session.WebSocketService;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One start of an {@link App}: it makes the application run, or gathers everything that is to be
 * mended first.
 */
final class Launch {
  private static final int POOLED_BUFFERS = 1024; // 16 MiB at most

  private final App app;
  private final List<String> problems;
  private final LiveSessions sessions = new LiveSessions();
  private final BufferPool pool = new BufferPool(POOLED_BUFFERS);

  Launch(App app) {
    this.app = app;
    this.problems = new ArrayList<>(app.problems);
  }

  /**
   * Returns once connections are accepted.
   *
   * @throws StartupException with everything that is to be mended
   */
  RunningApp run() {
    Carriers.provide();
    Settings settings = settings();
    List<Endpoint> endpoints = endpoints();
    Site site = site(settings, endpoints);
    if (!problems.isEmpty()) {
      throw new StartupException(problems);
    }
    InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
    try {
      Server server = Server.start(address, settings.server(), site, sessions, pool);
      return new RunningApp(server, Banner.lines(endpoints, app.routes));
    } catch (IOException | UnresolvedAddressException e) {
      throw new StartupException(cannotListen(address, e), e);
    }
  }

  private Settings settings() {
    Settings settings = Settings.of(Configuration.of(app.arguments, problems), problems);
    return settings.at(
        app.host == null ? settings.host() : app.host,
        app.port == null ? settings.port() : app.port);
  }

  private List<Endpoint> endpoints() {
    Set<Class<?>> classes = new LinkedHashSet<>(app.endpoints);
    if (app.loader != null) {
      classes.addAll(Endpoints.find(app.packages, app.loader));
    }
    app.shared.forEach(object -> classes.remove(object.getClass()));
    try {
      return new Binder(app.services).bind(classes, app.shared);
    } catch (BindingException e) {
      e.problems().forEach(problem -> problems.add(problem.toString()));
      return List.of();
    }
  }

  private Site site(Settings settings, List<Endpoint> endpoints) {
    Facilities shared = new Facilities(sessions, new Rooms(), pool, app.redactor);
    Site.Builder site = new Site.Builder(Json::bytes);
    for (Endpoint endpoint : endpoints) {
      WebSocketService service = new WebSocketService(endpoint, settings.session(), shared);
      check(endpoint.type().getName(), () -> site.webSocket(endpoint.path(), service));
    }
    for (App.Route route : app.routes) {
      check(
          route.method() + " " + route.path(),
          () -> site.route(route.method(), route.path(), route.handler()));
    }
    app.files.forEach(site::files);
    if (app.files.isEmpty()) {
      site.files(StaticFiles.fromClassPath("/public"));
    }
    return site.build();
  }

  private void check(String what, Runnable addition) {
    try {
      addition.run();
    } catch (IllegalArgumentException e) {
      problems.add(what + ": " + e.getMessage());
    }
  }

  private static String cannotListen(InetSocketAddress address, Exception e) {
    String host = address.getHostString();
    if (address.isUnresolved()) {
      return "The address "
          + host
          + " is unknown: choose another one with --host or LOOMSOCKET_HOST.";
    }
    String reason = String.valueOf(e.getMessage());
    if (e instanceof BindException && reason.contains("in use")) {
      return "Port "
          + address.getPort()
          + " on "
          + host
          + " is in use: stop the program that has it, or choose another port with --port or"
          + " LOOMSOCKET_PORT.";
    }
    return "Cannot listen on port "
        + address.getPort()
        + " of "
        + host
        + " ("
        + reason
        + "): choose another port with --port or LOOMSOCKET_PORT, or another address with --host or"
        + " LOOMSOCKET_HOST.";
  }
}
