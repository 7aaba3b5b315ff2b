package dev.loomsocket.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses what a page of another site makes its visitor's browser send: forms and scripts that act
 * in somebody's name (cross-site request forgery), or log somebody in.
 *
 * <pre>{@code
 * app.before("/{rest*}", CrossOriginProtection.ofSelf());
 * }</pre>
 *
 * <p>It looks at what only browsers write, {@code Sec-Fetch-Site} (Fetch Metadata), and for older
 * ones {@code Origin}; a request without both comes from no page and passes. GET, HEAD and OPTIONS
 * pass: they must not change anything. WebSockets have {@code allowedOrigins}. Immutable.
 */
public final class CrossOriginProtection implements HttpFilter {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  /** What a browser says of a request by a page of the same origin, or by its user. */
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private final Set<String> trusted;

  private CrossOriginProtection(Set<String> trusted) {
    this.trusted = trusted;
  }

  /** Only pages of the server's own origin may send something. */
  public static CrossOriginProtection ofSelf() {
    return new CrossOriginProtection(Set.of());
  }

  /**
   * The same, and pages of these origins may, too.
   *
   * @param origins such as {@code https://app.example.com}
   * @throws IllegalArgumentException if one is no origin
   */
  public CrossOriginProtection trusting(String... origins) {
    Stream.of(origins).forEach(Origin::check);
    return new CrossOriginProtection(
        Stream.concat(trusted.stream(), Stream.of(origins).map(CrossOriginProtection::small))
            .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public Response filter(Request request, HttpHandler next) throws Exception {
    if (!SAFE.contains(request.method()) && !isOwn(request)) {
      throw new HttpException(403, "a page of another site has sent this");
    }
    return next.handle(request);
  }

  private boolean isOwn(Request request) {
    Optional<String> origin = request.header("Origin").map(CrossOriginProtection::small);
    if (origin.filter(trusted::contains).isPresent()) {
      return true;
    }
    Optional<String> site = request.header("Sec-Fetch-Site");
    if (site.isPresent()) {
      return OWN.contains(site.get());
    }
    // Whether TLS is spoken in front nobody knows here, so the scheme does not count.
    String host = small(request.header("Host").orElse(""));
    return origin.isEmpty() || origin.get().endsWith("://" + host);
  }

  private static String small(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
