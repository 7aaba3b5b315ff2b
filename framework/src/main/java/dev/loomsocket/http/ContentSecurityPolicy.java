package dev.loomsocket.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A filter that tells browsers what a page may load and run (W3C Content Security Policy 3), so
 * that text that slipped into a page unescaped does little harm. Immutable.
 *
 * <pre>{@code
 * app.before("/{rest*}", ContentSecurityPolicy.ofSelf().with("img-src", "'self'", "data:"));
 * }</pre>
 *
 * <p>A handler that sets the header itself has the last word.
 */
public final class ContentSecurityPolicy implements HttpFilter {
  private static final String HEADER = "Content-Security-Policy";
  private static final String REPORT_ONLY = "Content-Security-Policy-Report-Only";

  private static final Set<String> KEYWORDS =
      Set.of("self", "none", "unsafe-inline", "unsafe-eval", "strict-dynamic", "unsafe-hashes");

  private final Map<String, String> directives;
  private final String header;
  private final String value;

  private ContentSecurityPolicy(Map<String, String> directives, String header) {
    this.directives = directives;
    this.header = header;
    this.value =
        directives.entrySet().stream()
            .map(each -> (each.getKey() + " " + each.getValue()).strip())
            .collect(Collectors.joining("; "));
  }

  /**
   * Everything from the page's own host, WebSockets there included, and nothing from elsewhere; no
   * scripts or styles inside the page, no plug-ins, no frames around it, and forms go home.
   */
  public static ContentSecurityPolicy ofSelf() {
    return new ContentSecurityPolicy(Map.of(), HEADER)
        .with("default-src", "'self'")
        .with("object-src", "'none'")
        .with("base-uri", "'self'")
        .with("form-action", "'self'")
        .with("frame-ancestors", "'none'");
  }

  /**
   * The same with this directive in place of one of that name.
   *
   * @param sources such as {@code 'self'}, {@code data:} or {@code https://cdn.example.com}; none
   *     for a directive that has none
   * @throws IllegalArgumentException if one could be taken for something else
   */
  public ContentSecurityPolicy with(String directive, String... sources) {
    check(directive);
    for (String source : sources) {
      check(source);
      if (KEYWORDS.contains(source)) {
        throw new IllegalArgumentException(
            source + " would be the name of a host: write \"'" + source + "'\"");
      }
    }
    Map<String, String> changed = new LinkedHashMap<>(directives);
    changed.put(directive, String.join(" ", sources));
    return new ContentSecurityPolicy(changed, header);
  }

  private static void check(String text) {
    if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c > '~' || c == ';' || c == ',')) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has a space, a comma or a semicolon, or is nothing: each is a word");
    }
  }

  /** The same, of which browsers only report what they would not do: for trying it out. */
  public ContentSecurityPolicy reportOnly() {
    return new ContentSecurityPolicy(directives, REPORT_ONLY);
  }

  @Override
  public Response filter(Request request, HttpHandler next) throws Exception {
    Response response = next.handle(request);
    boolean isSet = response.headers().containsKey(header);
    return isSet ? response : response.header(header, value);
  }

  /** The header's value. */
  @Override
  public String toString() {
    return value;
  }
}
