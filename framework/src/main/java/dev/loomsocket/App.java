package dev.loomsocket;

import dev.loomsocket.binding.Binder;
import dev.loomsocket.binding.BindingException;
import dev.loomsocket.binding.Endpoint;
import dev.loomsocket.binding.Endpoints;
import dev.loomsocket.http.HttpHandler;
import dev.loomsocket.http.StaticFiles;
import dev.loomsocket.json.Json;
import dev.loomsocket.net.BufferPool;
import dev.loomsocket.server.Server;
import dev.loomsocket.server.ServerSettings;
import dev.loomsocket.server.Site;
import dev.loomsocket.session.LiveSessions;
import dev.loomsocket.session.Rooms;
import dev.loomsocket.session.WebSocketService;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An application being put together: endpoints, pages, files and settings. {@link #start()} makes it run.
 *
 * <p>What is set here wins over the command line, system properties, the environment and {@code
 * application.properties}. Used by one thread.
 *
 * <pre>{@code
 * try (RunningApp app = Loomsocket.app().add(new Echo()).port(0).start()) {
 *   connect("ws://localhost:" + app.port() + "/echo");
 * }
 * }</pre>
 */
public final class App {
  private static final Logger LOG = System.getLogger("dev.loomsocket");
  private static final int POOLED_BUFFERS = 1024; // 16 MiB at most

  private final Configuration configuration;
  private final Set<String> packages = new LinkedHashSet<>();
  private final Set<Class<?>> endpoints = new LinkedHashSet<>();
  private final List<Object> shared = new ArrayList<>();
  private final List<Object> services = new ArrayList<>();
  private final List<Route> routes = new ArrayList<>();
  private final List<StaticFiles> files = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private @Nullable ClassLoader loader;
  private @Nullable String host;
  private @Nullable Integer port;

  App(String... args) {
    configuration = Configuration.of(args);
  }

  /** Adds every endpoint in the package of this class and below. */
  public App scan(Class<?> type) {
    if (type.getPackageName().isEmpty()) {
      problems.add(
          type.getName()
              + " is in no package, so its package cannot be scanned. Put it into one, or name"
              + " each endpoint with app.endpoint(...).");
      return this;
    }
    loader = type.getClassLoader();
    packages.add(type.getPackageName());
    return this;
  }

  /** Adds one endpoint class; each connection gets an instance of it. */
  public App endpoint(Class<?> type) {
    endpoints.add(type);
    return this;
  }

  /**
   * Adds an object: an instance of a {@link WebSocketEndpoint} class serves all its connections, anything else is a
   * service that endpoints take in their constructors and handler methods, by type.
   */
  public App add(Object object) {
    (object.getClass().isAnnotationPresent(WebSocketEndpoint.class) ? shared : services).add(object);
    return this;
  }

  /** Answers GET, and HEAD, of a path such as {@code /users/{id}}. */
  public App get(String path, HttpHandler handler) {
    return route("GET", path, handler);
  }

  /** Answers POST of a path. */
  public App post(String path, HttpHandler handler) {
    return route("POST", path, handler);
  }

  /** Answers PUT of a path. */
  public App put(String path, HttpHandler handler) {
    return route("PUT", path, handler);
  }

  /** Answers PATCH of a path. */
  public App patch(String path, HttpHandler handler) {
    return route("PATCH", path, handler);
  }

  /** Answers DELETE of a path. */
  public App delete(String path, HttpHandler handler) {
    return route("DELETE", path, handler);
  }

  private App route(String method, String path, HttpHandler handler) {
    routes.add(new Route(method, path, handler));
    return this;
  }

  /** A handler and what it answers. */
  record Route(String method, String path, HttpHandler handler) {}

  /**
   * Serves files where no route matches; of several the first that has the file. Without any call the files under
   * {@code /public} on the class path are served.
   */
  public App files(StaticFiles files) {
    this.files.add(files);
    return this;
  }

  /** Listens on this address instead of 127.0.0.1; {@code 0.0.0.0} is every address of the machine. */
  public App host(String host) {
    this.host = host;
    return this;
  }

  /** Listens on this port instead of 8080; 0 takes a free one. */
  public App port(int port) {
    this.port = port;
    return this;
  }

  /**
   * Starts the application and returns once it accepts connections.
   *
   * @throws StartupException with everything that is to be mended
   */
  public RunningApp start() {
    RunningApp app = launch();
    app.banner().forEach(line -> LOG.log(Level.INFO, line));
    return app;
  }

  /**
   * Starts the application, prints what it serves and where, and blocks until the process is told to stop (Ctrl-C,
   * {@code kill}). When it cannot start, prints what is to be mended and ends the process with status 1.
   */
  public void run() {
    RunningApp app;
    try {
      app = launch();
    } catch (StartupException e) {
      e.problems().forEach(System.err::println);
      System.exit(1);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(app), "loomsocket-stop"));
    app.banner().forEach(System.out::println);
    try {
      app.await();
    } catch (InterruptedException e) {
      app.close();
    }
  }

  private static void stop(RunningApp app) {
    app.close();
    System.out.println("Loomsocket has stopped");
  }

  private RunningApp launch() {
    Carriers.provide();
    List<String> problems = new ArrayList<>(this.problems);
    Settings settings = settings(problems);
    List<Endpoint> bound = bind(problems);
    LiveSessions sessions = new LiveSessions();
    BufferPool pool = new BufferPool(POOLED_BUFFERS);
    Site site = site(settings, bound, sessions, pool, problems);
    if (!problems.isEmpty()) {
      throw new StartupException(problems);
    }
    InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
    try {
      Server server =
          Server.start(
              ServerSettings.at(address, settings.maxConnections(), settings.maxBodySize()),
              site,
              sessions,
              pool);
      return new RunningApp(server, Banner.lines(bound, routes, files));
    } catch (IOException | UnresolvedAddressException e) {
      throw new StartupException(cannotListen(address, e), e);
    }
  }

  private Site site(
      Settings settings,
      List<Endpoint> bound,
      LiveSessions sessions,
      BufferPool pool,
      List<String> problems) {
    Rooms rooms = new Rooms();
    Site.Builder site = new Site.Builder(Json::bytes);
    for (Endpoint endpoint : bound) {
      site.webSocket(
          endpoint.path(),
          new WebSocketService(endpoint, settings.session(), sessions, rooms, pool));
    }
    for (Route route : routes) {
      try {
        site.route(route.method(), route.path(), route.handler());
      } catch (IllegalArgumentException e) {
        problems.add(route.method() + " " + route.path() + ": " + e.getMessage());
      }
    }
    files.forEach(site::files);
    if (files.isEmpty()) {
      site.files(StaticFiles.fromClassPath("/public"));
    }
    return site.build();
  }

  private Settings settings(List<String> problems) {
    List<String> found = new ArrayList<>();
    Settings settings = Settings.of(configuration, found);
    problems.addAll(found);
    return settings.at(
        host == null ? settings.host() : host, port == null ? settings.port() : port);
  }

  private List<Endpoint> bind(List<String> problems) {
    Set<Class<?>> classes = new LinkedHashSet<>(endpoints);
    if (!packages.isEmpty()) {
      classes.addAll(Endpoints.find(packages, loader));
    }
    shared.forEach(object -> classes.remove(object.getClass()));
    try {
      return new Binder(services).bind(classes, shared);
    } catch (BindingException e) {
      e.problems().forEach(problem -> problems.add(problem.toString()));
      return List.of();
    }
  }

  private static String cannotListen(InetSocketAddress address, Exception e) {
    if (address.isUnresolved()) {
      return "The address "
          + address.getHostString()
          + " is unknown: choose another one with --host or LOOMSOCKET_HOST.";
    }
    if (e instanceof BindException) {
      return "Port "
          + address.getPort()
          + " on "
          + address.getHostString()
          + " is in use or may not be used: stop the program that has it, or choose another port"
          + " with --port or LOOMSOCKET_PORT.";
    }
    return "Cannot listen on " + address + ": " + e.getMessage();
  }
}
