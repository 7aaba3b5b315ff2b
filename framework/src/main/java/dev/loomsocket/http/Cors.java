package dev.loomsocket.http;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A filter that lets scripts of other sites read answers (Fetch §3.2, CORS). It answers the
 * questions that browsers ask before they send a request, so put it before filters that want to
 * know who asks. Immutable.
 *
 * <pre>{@code
 * app.before("/api/{rest*}", Cors.of("https://app.example.com").methods("PUT", "DELETE"));
 * }</pre>
 *
 * <p>It protects nothing: what other sites may not read they may still send, as forms do.
 * WebSockets have {@code allowedOrigins} of their own.
 */
public final class Cors implements HttpFilter {
  private static final String ANY = "*";
  private static final String ORIGIN = "Access-Control-Allow-Origin";

  private final Set<String> origins;
  private final List<String> methods;
  private final List<String> headers;
  private final List<String> exposed;
  private final boolean credentials;
  private final Duration maxAge;

  private Cors(
      Set<String> origins,
      List<String> methods,
      List<String> headers,
      List<String> exposed,
      boolean credentials,
      Duration maxAge) {
    this.origins = origins;
    this.methods = methods;
    this.headers = headers;
    this.exposed = exposed;
    this.credentials = credentials;
    this.maxAge = maxAge;
  }

  /**
   * Lets pages from these origins read the answers to GET, HEAD and POST, and send JSON.
   *
   * @param origins such as {@code https://app.example.com}, or {@code *} for all
   * @throws IllegalArgumentException if one is no origin
   */
  public static Cors of(String... origins) {
    Set<String> names = new TreeSet<>();
    for (String origin : origins) {
      if (!origin.equals(ANY)) {
        Origin.check(origin);
      }
      names.add(origin.toLowerCase(Locale.ROOT));
    }
    return new Cors(
        Set.copyOf(names),
        List.of(),
        List.of("Content-Type"),
        List.of(),
        false,
        Duration.ofMinutes(10));
  }

  /** The same for these methods too, such as PUT. */
  public Cors methods(String... more) {
    return new Cors(origins, and(methods, more), headers, exposed, credentials, maxAge);
  }

  /** The same for requests with these headers too, such as {@code Authorization}. */
  public Cors headers(String... more) {
    return new Cors(origins, methods, and(headers, more), exposed, credentials, maxAge);
  }

  /** The same, and scripts see these headers of the answers. */
  public Cors exposing(String... more) {
    return new Cors(origins, methods, headers, and(exposed, more), credentials, maxAge);
  }

  private static List<String> and(List<String> present, String... more) {
    return Stream.concat(present.stream(), Stream.of(more).map(FieldText::checkName)).toList();
  }

  /**
   * The same for requests with cookies: these sites act in their visitors' names.
   *
   * @throws IllegalStateException if all sites may read the answers
   */
  public Cors withCredentials() {
    if (origins.contains(ANY)) {
      throw new IllegalStateException("every site could act in everybody's name: name the origins");
    }
    return new Cors(origins, methods, headers, exposed, true, maxAge);
  }

  /** The same, and browsers ask again after this time, 10 minutes otherwise. */
  public Cors maxAge(Duration time) {
    return new Cors(origins, methods, headers, exposed, credentials, time);
  }

  @Override
  public Response filter(Request request, HttpHandler next) throws Exception {
    String origin = request.header("Origin").orElse(null);
    boolean asks =
        origin != null
            && request.method().equals("OPTIONS")
            && request.header("Access-Control-Request-Method").isPresent();
    Response answer = asks ? preflight(origin) : next.handle(request);
    if (!asks && isAllowed(origin) && !exposed.isEmpty()) {
      answer = answer.header("Access-Control-Expose-Headers", String.join(", ", exposed));
    }
    return open(answer, origin);
  }

  private Response preflight(@Nullable String origin) {
    if (!isAllowed(origin)) {
      throw new HttpException(403, "this origin may not");
    }
    Response answer =
        Response.status(204).header("Access-Control-Max-Age", Long.toString(maxAge.toSeconds()));
    if (!methods.isEmpty()) {
      answer = answer.header("Access-Control-Allow-Methods", String.join(", ", methods));
    }
    return headers.isEmpty()
        ? answer
        : answer.header("Access-Control-Allow-Headers", String.join(", ", headers));
  }

  /** Which origins may see the answer; one that depends on the origin says so to caches. */
  private Response open(Response answer, @Nullable String origin) {
    if (origins.contains(ANY)) {
      return origin == null ? answer : answer.header(ORIGIN, ANY);
    }
    Response varied = vary(answer);
    if (origin == null || !isAllowed(origin)) {
      return varied;
    }
    Response opened = varied.header(ORIGIN, origin);
    return credentials ? opened.header("Access-Control-Allow-Credentials", "true") : opened;
  }

  private static Response vary(Response answer) {
    String present =
        Optional.ofNullable(answer.headers().get("Vary"))
            .map(values -> String.join(", ", values) + ", ")
            .orElse("");
    return answer.header("Vary", present + "Origin");
  }

  private boolean isAllowed(@Nullable String origin) {
    return origin != null
        && (origins.contains(ANY) || origins.contains(origin.toLowerCase(Locale.ROOT)));
  }
}
