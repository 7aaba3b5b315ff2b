package dev.loomsocket.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A cookie to be set (RFC 6265 §4.1), by default for the whole site, out of reach of scripts and
 * not sent along from other sites' forms.
 *
 * <pre>{@code
 * Response.redirect("/").cookie(Cookie.of("session", id).maxAge(Duration.ofDays(7)).secure(true));
 * }</pre>
 *
 * @param name a token, as of RFC 9110 §5.6.2
 * @param value ASCII without spaces, quotation marks, commas, semicolons and backslashes; {@link
 *     PercentEncoding} makes one of any text
 * @param path the cookie is sent for paths below this one
 * @param domain the cookie is sent to this domain and those below it; empty: to this host only
 * @param maxAge how long it lives; zero deletes it; empty: as long as the browser runs
 * @param secure true if it is sent over TLS only
 * @param httpOnly true if scripts cannot read it
 * @param sameSite when it is sent with requests that other sites cause
 */
public record Cookie(
    String name,
    String value,
    String path,
    Optional<String> domain,
    Optional<Duration> maxAge,
    boolean secure,
    boolean httpOnly,
    SameSite sameSite) {

  /** When a cookie goes along with requests that other sites cause. */
  public enum SameSite {
    /** Never. */
    STRICT,
    /** Only when the user follows a link. */
    LAX,
    /** Always; such a cookie has to be secure. */
    NONE
  }

  /**
   * Checks all parts.
   *
   * @throws IllegalArgumentException if a part has a character that it cannot carry, or browsers
   *     would refuse the cookie
   */
  public Cookie {
    check(FieldText.isToken(name), "a cookie's name is a token: letters, digits, - and _");
    check(
        value.chars().allMatch(c -> c > ' ' && c < 0x7f && "\",;\\".indexOf(c) < 0),
        "the value of cookie "
            + name
            + " has a character that cookies cannot carry: encode it with PercentEncoding");
    check(
        path.startsWith("/") && path.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != ';'),
        "the path of cookie " + name + " starts with a slash and is ASCII without semicolons");
    check(
        domain.isEmpty() || domain.get().matches("[A-Za-z0-9][A-Za-z0-9.-]*"),
        "the domain of cookie " + name + " is not a host's name");
    check(
        maxAge.isEmpty() || !maxAge.get().isNegative(),
        "the age of cookie " + name + " is negative: Duration.ZERO deletes it");
    check(
        secure || sameSite != SameSite.NONE,
        "cookie " + name + " is SameSite=None, so it has to be secure");
    check(
        secure || !name.startsWith("__Secure-") && !name.startsWith("__Host-"),
        "cookie " + name + " has a name that only a secure cookie can have");
    check(
        !name.startsWith("__Host-") || domain.isEmpty() && path.equals("/"),
        "cookie " + name + " has a name that allows no domain and only the path /");
  }

  private static void check(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /**
   * A cookie with {@code Path=/}, {@code HttpOnly} and {@code SameSite=Lax} that lives as long as
   * the browser runs.
   */
  public static Cookie of(String name, String value) {
    // a name with such a prefix is good for nothing but a secure cookie
    boolean secure = name.startsWith("__Secure-") || name.startsWith("__Host-");
    return new Cookie(
        name, value, "/", Optional.empty(), Optional.empty(), secure, true, SameSite.LAX);
  }

  /** A cookie that deletes the one of that name, if path and domain are the same. */
  public static Cookie deleted(String name) {
    return of(name, "").maxAge(Duration.ZERO);
  }

  /** The same for paths below this one. */
  public Cookie path(String path) {
    return new Cookie(name, value, path, domain, maxAge, secure, httpOnly, sameSite);
  }

  /** The same for this domain and those below it. */
  public Cookie domain(String domain) {
    return new Cookie(name, value, path, Optional.of(domain), maxAge, secure, httpOnly, sameSite);
  }

  /** The same with a time to live, to the second. */
  public Cookie maxAge(Duration maxAge) {
    return new Cookie(name, value, path, domain, Optional.of(maxAge), secure, httpOnly, sameSite);
  }

  /** The same, sent over TLS only or not. */
  public Cookie secure(boolean secure) {
    return new Cookie(name, value, path, domain, maxAge, secure, httpOnly, sameSite);
  }

  /** The same, out of reach of scripts or not. */
  public Cookie httpOnly(boolean httpOnly) {
    return new Cookie(name, value, path, domain, maxAge, secure, httpOnly, sameSite);
  }

  /** The same with another rule for requests that other sites cause. */
  public Cookie sameSite(SameSite sameSite) {
    return new Cookie(name, value, path, domain, maxAge, secure, httpOnly, sameSite);
  }

  /** The value of the Set-Cookie header. */
  @Override
  public String toString() {
    StringBuilder header =
        new StringBuilder(name).append('=').append(value).append("; Path=").append(path);
    domain.ifPresent(host -> header.append("; Domain=").append(host));
    maxAge.ifPresent(age -> header.append("; Max-Age=").append(age.toSeconds()));
    if (secure) {
      header.append("; Secure");
    }
    if (httpOnly) {
      header.append("; HttpOnly");
    }
    String site = sameSite.name();
    return header
        .append("; SameSite=")
        .append(site.charAt(0))
        .append(site.substring(1).toLowerCase(Locale.ROOT))
        .toString();
  }
}
