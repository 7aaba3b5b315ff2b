package dev.loomsocket;

import dev.loomsocket.binding.Binder;
import dev.loomsocket.binding.BindingException;
import dev.loomsocket.binding.Endpoint;
import dev.loomsocket.binding.Endpoints;
import dev.loomsocket.binding.TypeNames;
import dev.loomsocket.http.StaticFiles;
import dev.loomsocket.json.Json;
import dev.loomsocket.net.BufferPool;
import dev.loomsocket.server.Pages;
import dev.loomsocket.server.Server;
import dev.loomsocket.server.Site;
import dev.loomsocket.session.Facilities;
import dev.loomsocket.session.LiveSessions;
import dev.loomsocket.session.WebSocketService;
import dev.loomsocket.template.ClassPathTemplates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One start of an {@link App}: it makes the application run, or gathers everything that is to be
 * mended first.
 */
final class Launch {
  /** 16 MiB, or a sixteenth of a small heap. */
  private static final int POOLED_BUFFERS =
      (int) Math.min(1024, Runtime.getRuntime().maxMemory() / 16 / BufferPool.BUFFER_SIZE);

  private final App app;
  private final List<String> problems;
  private final Configuration configuration;
  private final Facilities shared;

  Launch(App app) {
    this.app = app;
    this.problems = new ArrayList<>(app.problems);
    this.configuration = Configuration.of(app.arguments, problems);
    this.shared =
        new Facilities(
            new LiveSessions(),
            app.rooms,
            app.users,
            app.json,
            new BufferPool(POOLED_BUFFERS),
            app.redactor);
  }

  /**
   * Returns once connections are accepted; what cannot start is closed.
   *
   * @throws StartupException with everything that is to be mended
   */
  RunningApp run() {
    try {
      return start();
    } catch (RuntimeException | Error e) {
      new Closeables(app.added).close();
      throw e;
    }
  }

  private RunningApp start() {
    Carriers.provide();
    Settings settings = settings();
    List<Endpoint> endpoints = endpoints();
    Site site = site(settings, endpoints);
    checkFiles();
    checkTemplates();
    if (problems.isEmpty() && servesNothing(endpoints)) {
      problems.add(nothingToServe());
    }
    if (!problems.isEmpty()) {
      throw new StartupException(problems);
    }
    return listen(settings, site, banner(endpoints));
  }

  private RunningApp listen(Settings settings, Site site, List<String> banner) {
    InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
    Runnable carriersEnd = Carriers.reserve();
    try {
      Server server = Server.start(address, settings.server(), site, shared);
      Duration stopTimeout = settings.server().stopTimeout();
      app.running =
          new RunningApp(app, server, shared.sessions(), stopTimeout, carriersEnd, banner);
      return app.running;
    } catch (IOException | UnresolvedAddressException e) {
      carriersEnd.run();
      throw new StartupException(new ListenFailure(app, configuration, address).because(e), e);
    } catch (RuntimeException | Error e) {
      carriersEnd.run();
      throw e;
    }
  }

  private Settings settings() {
    Settings settings = Settings.of(configuration, problems);
    return settings.at(
        app.host == null ? settings.host() : app.host,
        app.port == null ? settings.port() : app.port);
  }

  private List<Endpoint> endpoints() {
    Set<Class<?>> classes = new LinkedHashSet<>(app.endpoints);
    classes.addAll(Endpoints.find(app.scanned));
    app.shared().forEach(object -> classes.remove(object.getClass()));
    try {
      List<Endpoint> endpoints =
          new Binder(app.services(), app.authenticator != null).bind(classes, app.shared());
      app.json.names(TypeNames.of(endpoints));
      return endpoints;
    } catch (BindingException e) {
      e.problems().forEach(problem -> problems.add(problem.toString()));
      return List.of();
    }
  }

  private Site site(Settings settings, List<Endpoint> endpoints) {
    Site.Builder site = new Site.Builder(Json::bytes);
    site.jsonReader(new JsonBodies());
    site.cookies(settings.cookies());
    site.templates(app.templates());
    if (app.authenticator != null) {
      site.authenticator(app.authenticator);
    }
    for (Endpoint endpoint : endpoints) {
      WebSocketService service = new WebSocketService(endpoint, settings.session(), shared);
      check(endpoint.type().getName(), () -> site.webSocket(endpoint.path(), service));
    }
    add(app.pages, "", site.pages());
    app.hosts.forEach((host, pages) ->
        check("app.onHost(\"" + host + "\", ...)", () -> add(pages, host, site.host(host))));
    if (app.publicFiles) {
      site.pages().files(PublicFiles.files());
    }
    site.pages().files(BrowserClient.files());
    return site.build();
  }

  private void add(HostPages pages, String host, Pages.Builder to) {
    for (HostPages.Route route : pages.routes) {
      check(
          route.method() + " " + host + route.path(),
          () -> to.route(route.method(), route.path(), route.handler()));
    }
    for (HostPages.Addition addition : pages.additions) {
      check(addition.what(), () -> addition.to().accept(to));
    }
    pages.files.forEach(to::files);
  }

  private Stream<HostPages> allPages() {
    return Stream.concat(Stream.of(app.pages), app.hosts.values().stream());
  }

  /** Those on the class path are compiled before somebody asks for them. */
  private void checkTemplates() {
    if (app.templates instanceof ClassPathTemplates onClassPath) {
      problems.addAll(onClassPath.problems());
    }
  }

  /** Files come from where they are, as soon as they are there; a directory has to be there. */
  private void checkFiles() {
    Stream<?> handlers = allPages().flatMap(p -> p.routes.stream()).map(HostPages.Route::handler);
    Stream.concat(allPages().flatMap(pages -> pages.files.stream()), handlers)
        .filter(StaticFiles.class::isInstance)
        .flatMap(files -> ((StaticFiles) files).missing().stream())
        .distinct()
        .forEach(problems::add);
  }

  /** True if whoever asked for endpoints got none, and nothing else either. */
  private boolean servesNothing(List<Endpoint> endpoints) {
    return !app.scanned.isEmpty()
        && endpoints.isEmpty()
        && allPages().allMatch(pages -> pages.routes.isEmpty() && pages.files.isEmpty())
        && !(app.publicFiles && PublicFiles.areThere());
  }

  private String nothingToServe() {
    return "There is nothing to serve: "
        + Banner.noEndpoint(packages())
        + ", no route, and no files under /public on the class path.";
  }

  private List<String> banner(List<Endpoint> endpoints) {
    Banner banner = new Banner();
    endpoints.forEach(banner::endpoint);
    banner.pages("", app.pages);
    app.hosts.forEach(banner::pages);
    if (app.publicFiles && PublicFiles.areThere()) {
      banner.files(PublicFiles.files());
    }
    if (endpoints.isEmpty() && !app.scanned.isEmpty()) {
      banner.note(Banner.noEndpoint(packages()));
    }
    return banner.lines();
  }

  private List<String> packages() {
    return app.scanned.stream().map(Class::getPackageName).distinct().toList();
  }

  private void check(String what, Runnable addition) {
    try {
      addition.run();
    } catch (IllegalArgumentException e) {
      problems.add(what + ": " + e.getMessage());
    }
  }
}
