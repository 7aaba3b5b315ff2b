package dev.loomsocket;

import dev.loomsocket.http.Authenticator;
import dev.loomsocket.http.ErrorHandler;
import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.HttpFilter;
import dev.loomsocket.http.HttpHandler;
import dev.loomsocket.http.StaticFiles;
import dev.loomsocket.http.Templates;
import dev.loomsocket.json.JsonEncoder;
import dev.loomsocket.session.LiveUsers;
import dev.loomsocket.session.Rooms;
import dev.loomsocket.template.ClassPathTemplates;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.TrafficRedactor;
import dev.loomsocket.websocket.Users;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An application being put together: endpoints, pages, files and settings. {@link #start()} makes
 * it run.
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

  // What has been said so far; read by Launch.
  final String[] arguments;
  final Set<Class<?>> scanned = new LinkedHashSet<>(); // for their packages
  final Set<Class<?>> endpoints = new LinkedHashSet<>();
  final List<Object> added = new ArrayList<>();
  final List<PeriodicTasks.Schedule> schedules = new ArrayList<>();
  final HostPages pages = new HostPages();
  final Map<String, HostPages> hosts = new LinkedHashMap<>(); // with pages of their own
  final List<String> problems = new ArrayList<>();
  @Nullable String host;
  @Nullable Integer port;
  @Nullable Authenticator authenticator;
  boolean publicFiles = true;
  Templates templates = new ClassPathTemplates(PublicFiles.loader());
  volatile @Nullable RunningApp running; // the last one that was started
  TrafficRedactor redactor = (session, payload) -> payload;

  // Used before and after the start.
  final JsonEncoder json = new JsonEncoder();
  final Rooms rooms = new Rooms(json);
  final LiveUsers users = new LiveUsers(json);

  App(String... arguments) {
    this.arguments = arguments.clone();
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
    scanned.add(type);
    return this;
  }

  /** Adds one endpoint class; each connection gets an instance of it. */
  public App endpoint(Class<?> type) {
    endpoints.add(type);
    return this;
  }

  /**
   * Adds an object: an instance of a {@link WebSocketEndpoint} class serves all its connections,
   * anything else is a service that endpoints take in their constructors and handler methods, by
   * type.
   *
   * <p>From {@link #start()} on it is the application's: if it is {@link AutoCloseable}, it is
   * closed when that has stopped, and also when it could not start. What was added last is closed
   * first. One that fails at it is logged, and the others are closed all the same.
   */
  public App add(Object object) {
    added.add(object);
    return this;
  }

  /** The endpoints among what was added. */
  List<Object> shared() {
    return added.stream().filter(App::isEndpoint).toList();
  }

  /** The others, and the templates. */
  List<Object> services() {
    List<Object> services = new ArrayList<>(added);
    services.removeIf(App::isEndpoint);
    if (services.stream().noneMatch(Templates.class::isInstance)) {
      services.add(templates());
    }
    return services;
  }

  private static boolean isEndpoint(Object object) {
    return object.getClass().isAnnotationPresent(WebSocketEndpoint.class);
  }

  /**
   * Does something periodically while the application runs, on a virtual thread, where it may
   * block.
   *
   * <pre>{@code
   * app.every(Duration.ofSeconds(1), () -> app.users().user("Ann").send(new Tick(Instant.now())));
   * }</pre>
   *
   * <p>Runs begin at multiples of the period since the start, the first when it has passed once.
   * There are never two of a task at once: what would begin while one is under way is left out. One
   * that throws is logged. When the application stops none begins any more, and one that is still
   * under way when nine tenths of the stop timeout have passed is interrupted.
   *
   * @param period more than zero, and a year at most; anything else is told by {@link #start()}
   */
  public App every(Duration period, PeriodicTask task) {
    if (period.isNegative() || period.isZero() || period.compareTo(Settings.LONGEST) > 0) {
      problems.add("app.every(" + period + ", ...): it takes a time above zero, up to a year.");
    } else {
      schedules.add(new PeriodicTasks.Schedule(period, task));
    }
    return this;
  }

  /**
   * Says who sends requests, for pages and WebSockets alike: {@link
   * dev.loomsocket.http.Request#user()}, {@link dev.loomsocket.websocket.Handshake#user()} and
   * {@link dev.loomsocket.websocket.Session#user()}. An endpoint's {@code @OnHandshake} method that
   * returns a Principal knows better. A second call replaces the first.
   *
   * <pre>{@code
   * app.authenticate(request -> request.bearerToken().map(tokens::verify));
   * }</pre>
   */
  public App authenticate(Authenticator authenticator) {
    this.authenticator = authenticator;
    return this;
  }

  /** The users whose sessions are open, by name; nobody before the start. */
  public Users users() {
    return users;
  }

  /**
   * Answers GET, and HEAD, of a path such as <code>/users/{id}</code>. Its segments are literals,
   * written as they look decoded, or <code>{name}</code> for one segment, and as the last one
   * <code>{name*}</code> for all that remains; {@link dev.loomsocket.http.PathPattern} says the
   * rest. Of several routes that match a path the most specific answers. A pattern that is none,
   * and a second handler of the same method and path, are told by {@link #start()}.
   */
  public App get(String path, HttpHandler handler) {
    pages.get(path, handler);
    return this;
  }

  /** Answers POST of a path, as {@link #get} takes it. */
  public App post(String path, HttpHandler handler) {
    pages.post(path, handler);
    return this;
  }

  /** Answers PUT of a path, as {@link #get} takes it. */
  public App put(String path, HttpHandler handler) {
    pages.put(path, handler);
    return this;
  }

  /** Answers PATCH of a path, as {@link #get} takes it. */
  public App patch(String path, HttpHandler handler) {
    pages.patch(path, handler);
    return this;
  }

  /** Answers DELETE of a path, as {@link #get} takes it. */
  public App delete(String path, HttpHandler handler) {
    pages.delete(path, handler);
    return this;
  }

  /**
   * Puts a filter in front of everything at a path, as {@link #get} takes it: handlers, files, what
   * is not found, and WebSocket handshakes. Of several the first that was added is asked first. A
   * path that ends with a rest is taken without it too: <code>/admin/{rest*}</code> guards {@code
   * /admin} as well as all below it.
   */
  public App before(String path, HttpFilter filter) {
    pages.before(path, filter);
    return this;
  }

  /**
   * Answers exceptions of this class that a handler or a filter throws; of several classes the
   * nearest. They are not logged then. For an {@link HttpException} a handler for its status comes
   * first.
   */
  public <E extends Throwable> App error(Class<E> type, ErrorHandler<? super E> handler) {
    pages.error(type, handler);
    return this;
  }

  /**
   * Answers each {@link HttpException} with this status, 400 to 599: those that handlers throw and
   * those of the server, for example for a path where nothing is. With 500, it answers exceptions
   * that nobody expected too, once they are logged. Not for what is no request, and responses that
   * handlers return.
   */
  public App error(int status, ErrorHandler<HttpException> handler) {
    pages.error(status, handler);
    return this;
  }

  /**
   * Serves pages of their own to those who ask for a host: all that is said there, and nothing of
   * what is said here but WebSocket endpoints, with the filters in front of them here and there.
   *
   * <pre>{@code
   * app.onHost("admin.example.com", site -> site
   *     .before("/{rest*}", this::requireLogin)
   *     .get("/", request -> Response.html(dashboard())));
   * }</pre>
   *
   * @param host a name without a port, or {@code *.example.com} for all below that have no pages of
   *     their own
   */
  public App onHost(String host, Consumer<HostPages> site) {
    site.accept(hosts.computeIfAbsent(host, name -> new HostPages()));
    return this;
  }

  /**
   * Serves files where no route matches; of several the first that has the file, and behind them
   * the files under {@code /public} on the class path.
   */
  public App files(StaticFiles files) {
    pages.files(files);
    return this;
  }

  /**
   * Does not serve the files under {@code /public} on the class path, which are there for everybody
   * otherwise, those in the archives of libraries too.
   */
  public App withoutPublicFiles() {
    publicFiles = false;
    return this;
  }

  /**
   * Renders {@link dev.loomsocket.http.Response#view} with another engine than Mustache.java. A
   * second call replaces the first.
   */
  public App templates(Templates templates) {
    this.templates = templates;
    return this;
  }

  /**
   * The templates of the application, for what is no response: a message, a mail. Constructors and
   * handlers of endpoints take them as a parameter, too.
   */
  public Templates templates() {
    return (name, model) -> templates.render(name, model);
  }

  /**
   * Decides what the traffic log shows of payloads; without any call it shows the first 80
   * characters or 32 bytes. See {@link WebSocketEndpoint#logTraffic()}.
   */
  public App redactTraffic(TrafficRedactor redactor) {
    this.redactor = redactor;
    return this;
  }

  /**
   * The room of that name, before the start as well: handlers of HTTP and services send to its
   * members in one line. What is set there (its history, its policy, its listeners) holds as long
   * as the application runs; a session's own {@code join} names rooms that come and go.
   *
   * <pre>{@code
   * app.room("news").history(50, Duration.ofDays(1));
   * app.post("/news", request -> {
   *   app.room("news").send(new Article(request.text()));
   *   return Response.status(204);
   * });
   * }</pre>
   */
  public Room room(String name) {
    return rooms.lasting(name);
  }

  /** How it is doing: {@link RunningApp#stats}; before the start all numbers are zero. */
  public Stats stats() {
    RunningApp present = running;
    return present == null ? Stats.NONE : present.stats();
  }

  /**
   * Listens on this address instead of 127.0.0.1; {@code 0.0.0.0} is every address of the machine.
   */
  public App host(String host) {
    this.host = host;
    return this;
  }

  /** Listens on this port instead of 8080; 0 takes a free one. */
  public App port(int port) {
    if (Settings.isPort(port)) {
      this.port = port;
    } else {
      problems.add("app.port(" + port + "): it takes " + Settings.PORTS + ".");
    }
    return this;
  }

  /**
   * Starts the application and returns once it accepts connections.
   *
   * @throws StartupException with everything that is to be mended
   */
  public RunningApp start() {
    RunningApp app = new Launch(this).run();
    for (String line : app.banner()) { // a lambda's name would be the label of each line
      LOG.log(Level.INFO, line);
    }
    return app;
  }

  /**
   * Starts the application, prints what it serves and where, and blocks until the process is told
   * to stop (Ctrl-C, {@code kill}). When it cannot start, prints what is to be mended and ends the
   * process with status 1. With {@code --help} among the arguments it prints the settings instead
   * and ends the process with status 0.
   */
  public void run() {
    new AppProcess(this).run();
  }
}
