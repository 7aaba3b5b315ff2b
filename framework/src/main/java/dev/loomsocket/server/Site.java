package dev.loomsocket.server;

import dev.loomsocket.http.Authenticator;
import dev.loomsocket.http.PathPattern;
import dev.loomsocket.http.Templates;
import dev.loomsocket.session.WebSocketService;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a server serves: pages and files, perhaps others for some hosts than for the rest, and
 * WebSocket endpoints, which are the same everywhere. Immutable.
 */
public final class Site {
  private static final String ANY = "*"; // in place of the first labels of a host's name

  private final Pages pages;
  private final Map<String, Pages> hosts; // by their names in small letters
  private final ResponseEncoder encoder;

  private final JsonReader jsonReader;
  private final SessionCookies cookies;

  private Site(Builder builder) {
    this.pages = builder.build(builder.pages);
    Map<String, Pages> own = new HashMap<>();
    builder.hosts.forEach((host, pages) -> own.put(host, builder.build(pages)));
    this.hosts = Map.copyOf(own);
    this.encoder = new ResponseEncoder(builder.json, builder.templates, InstantSource.system());
    this.jsonReader = builder.jsonReader;
    this.cookies = new SessionCookies(builder.cookies, InstantSource.system());
  }

  /** The pages for the host that a request names; the most specific name counts. */
  Pages pages(RequestHead head) {
    return hosts.isEmpty() ? pages : pages(head.headers().first("host"));
  }

  private Pages pages(Optional<String> host) {
    String name = host.map(Site::name).orElse("");
    Pages exact = hosts.get(name);
    if (exact != null) {
      return exact;
    }
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      Pages wider = hosts.get(ANY + name.substring(dot));
      if (wider != null) {
        return wider;
      }
    }
    return pages;
  }

  /** Without the port, and without the dot that may end a full name. */
  private static String name(String host) {
    int port = host.indexOf(':', host.lastIndexOf(']') + 1);
    String name = (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  ResponseEncoder encoder() {
    return encoder;
  }

  SessionCookies cookies() {
    return cookies;
  }

  JsonReader jsonReader() {
    return jsonReader;
  }

  /** Collects a site at start-up; used by one thread. */
  public static final class Builder {
    private final Pages.Builder pages = new Pages.Builder();
    private final Map<String, Pages.Builder> hosts = new LinkedHashMap<>();
    private final Map<PathPattern, WebSocketPath> paths = new LinkedHashMap<>();
    private final Function<Object, byte[]> json;
    private Templates templates = (name, model) -> "";
    private Authenticator authenticator = request -> Optional.empty();
    private CookieSettings cookies = CookieSettings.DEFAULT;
    private JsonReader jsonReader =
        (text, type) -> {
          throw new UnsupportedOperationException("there is nothing that reads JSON");
        };

    /**
     * A site without anything.
     *
     * @param json encodes the values of JSON responses
     */
    public Builder(Function<Object, byte[]> json) {
      this.json = json;
    }

    /** What is served to all hosts that have no pages of their own. */
    public Pages.Builder pages() {
      return pages;
    }

    /**
     * What is served to one host instead, or to all below it.
     *
     * @param host a name without a port, in which the first label may be {@code *}
     * @throws IllegalArgumentException if it is none
     */
    public Pages.Builder host(String host) {
      String name = host.startsWith(ANY + ".") ? host.substring(2) : host;
      boolean plain = name.equalsIgnoreCase(name(name)) && name.indexOf('*') < 0;
      if (!plain || name.isEmpty() || !Target.isAuthority(name)) {
        throw new IllegalArgumentException(
            "it is no host: write it as in admin.example.com or *.example.com");
      }
      return hosts.computeIfAbsent(host.toLowerCase(Locale.ROOT), any -> new Pages.Builder());
    }

    /** Adds a WebSocket endpoint; of several at one path the client's subprotocols choose. */
    public void webSocket(PathPattern pattern, WebSocketService service) {
      paths.keySet().stream()
          .filter(pattern::overlapsExactly)
          .findFirst()
          .map(paths::get)
          .orElseGet(() -> newPath(pattern))
          .add(pattern, service);
    }

    private WebSocketPath newPath(PathPattern pattern) {
      WebSocketPath path = new WebSocketPath();
      paths.put(pattern, path);
      return path;
    }

    /** Renders views; without it they are empty. */
    public void templates(Templates templates) {
      this.templates = templates;
    }

    /** Says how sessions travel; without it they are signed with a key of this start. */
    public void cookies(CookieSettings cookies) {
      this.cookies = cookies;
    }

    /** Reads the JSON of requests; without it nobody does. */
    public void jsonReader(JsonReader reader) {
      this.jsonReader = reader;
    }

    /** Says who sends requests; without it nobody knows. */
    public void authenticator(Authenticator authenticator) {
      this.authenticator = authenticator;
    }

    /** The site. */
    public Site build() {
      return new Site(this);
    }

    /** Endpoints are the same on all hosts, and so is what stands in front of them. */
    private Pages build(Pages.Builder of) {
      paths.forEach(of::endpoint);
      return of.build(of == pages ? List.of() : pages.filters(), authenticator);
    }
  }
}
