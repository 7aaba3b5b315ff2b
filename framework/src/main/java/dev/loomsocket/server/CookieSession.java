package dev.loomsocket.server;

import dev.loomsocket.http.HttpSession;
import dev.loomsocket.http.Response;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The session of one request, and what its response has to say of it. */
final class CookieSession implements HttpSession {
  private final SessionCookies cookies;
  private final boolean hasCookie;
  private final Map<String, String> values;

  private boolean outdated; // the browser's cookie, or that it has none
  private boolean over; // its response goes out

  CookieSession(SessionCookies cookies, boolean hasCookie, SessionCookies.Content content) {
    this.cookies = cookies;
    this.hasCookie = hasCookie;
    this.values = new LinkedHashMap<>(content.values());
    this.outdated = content.isOld();
  }

  @Override
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  @Override
  public Map<String, String> values() {
    return Collections.unmodifiableMap(values);
  }

  @Override
  public void put(String name, String value) {
    checkOpen();
    Map<String, String> changed = new LinkedHashMap<>(values);
    if (!Objects.equals(changed.put(name, Objects.requireNonNull(value)), value)) {
      cookies.cookie(changed); // here the caller learns that it is too large
      values.put(name, value);
      outdated = true;
    }
  }

  @Override
  public void remove(String name) {
    checkOpen();
    outdated |= values.remove(name) != null;
  }

  @Override
  public void clear() {
    checkOpen();
    values.clear();
    outdated = true;
  }

  private void checkOpen() {
    if (over) {
      throw new IllegalStateException("the response has gone out, and the session with it");
    }
  }

  /** Nothing changes any more: its response is on its way without it. */
  CookieSession over() {
    over = true;
    return this;
  }

  /** The response with the cookie, if there is something to tell; nothing changes any more. */
  Response endWith(Response response) {
    over = true;
    if (!outdated || values.isEmpty() && !hasCookie) {
      return response;
    }
    Response personal =
        isForOne(response) ? response : response.header("Cache-Control", "private, no-cache");
    return personal.cookie(values.isEmpty() ? cookies.deletion() : cookies.cookie(values));
  }

  /** RFC 9111 §7.3: a shared cache keeps a cookie with its page, and gives it to others. */
  private static boolean isForOne(Response response) {
    return response.headers().getOrDefault("Cache-Control", List.of()).stream()
        .map(value -> value.toLowerCase(Locale.ROOT))
        .anyMatch(value -> value.contains("private") || value.contains("no-store"));
  }
}
