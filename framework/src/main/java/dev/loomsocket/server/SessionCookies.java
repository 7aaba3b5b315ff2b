package dev.loomsocket.server;

import dev.loomsocket.http.Cookie;
import dev.loomsocket.http.Request;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The cookies that carry sessions: {@code <end>.<content>.<signature>}, of which the signature
 * covers the cookie's name too, so that no other signed text is taken for a session. Thread-safe.
 */
final class SessionCookies {
  private static final Logger LOG = System.getLogger("dev.loomsocket.server");
  private static final String NAME = "loomsocket-session";

  /** RFC 6265 §6.1: what a browser has to take, with name and attributes. */
  private static final int MOST_BYTES = 4096;

  private static final int RADIX = 36; // of the end, in seconds since the epoch
  private static final int KEY_BYTES = 32; // RFC 2104 §3: as many as the hash has

  private final String name;
  private final SessionKeys keys;
  private final Duration lifetime;
  private final boolean secure;
  private final InstantSource clock;
  private final AtomicBoolean untold; // that the key is nobody's

  SessionCookies(CookieSettings settings, InstantSource clock) {
    this.name = (settings.secure() ? "__Host-" : "") + NAME; // RFC 6265bis §4.1.3.2
    List<byte[]> secrets =
        settings.keys().stream().map(key -> key.getBytes(StandardCharsets.UTF_8)).toList();
    this.keys = new SessionKeys(secrets.isEmpty() ? List.of(randomKey()) : secrets);
    this.untold = new AtomicBoolean(secrets.isEmpty());
    this.lifetime = settings.lifetime();
    this.secure = settings.secure();
    this.clock = clock;
  }

  private static byte[] randomKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /**
   * What a cookie says.
   *
   * @param isOld if it is to be renewed: half its time is over, or the key that signed it is going
   */
  record Content(Map<String, String> values, boolean isOld) {
    static final Content NONE = new Content(Map.of(), false);
  }

  /** The session that a request brings: an empty one unless its cookie is good. */
  CookieSession of(Request request) {
    return of(request, now());
  }

  /** The same for a request that came then. */
  CookieSession of(Request request, Instant now) {
    warn();
    Optional<String> cookie = request.cookie(name);
    Content content = cookie.map(text -> read(text, now)).orElse(Content.NONE);
    return new CookieSession(this, cookie.isPresent(), content);
  }

  Instant now() {
    return clock.instant();
  }

  private void warn() {
    if (untold.get() && untold.compareAndSet(true, false)) {
      LOG.log(
          Level.WARNING,
          "no session-key is set: sessions are signed with a random one and end with this process."
              + " Set LOOMSOCKET_SESSION_KEY to what `openssl rand -base64 32` prints.");
    }
  }

  private Content read(String cookie, Instant now) {
    int first = cookie.indexOf('.');
    int second = cookie.indexOf('.', first + 1);
    if (first < 0 || second < 0 || cookie.length() > MOST_BYTES) {
      return Content.NONE;
    }
    try {
      byte[] signature = Base64.getUrlDecoder().decode(cookie.substring(second + 1));
      int signer = keys.signer(signed(cookie.substring(0, second)), signature);
      if (signer < 0) {
        return Content.NONE;
      }
      Instant end = Instant.ofEpochSecond(Long.parseLong(cookie.substring(0, first), RADIX));
      return now.isBefore(end)
          ? new Content(
              SessionText.decode(cookie.substring(first + 1, second)),
              signer > 0 || now.isAfter(end.minus(lifetime.dividedBy(2))))
          : Content.NONE;
    } catch (IllegalArgumentException notOurs) {
      return Content.NONE;
    }
  }

  private String signed(String content) {
    return name + "=" + content;
  }

  /**
   * The cookie for a session that is not empty.
   *
   * @throws IllegalArgumentException if it is too large
   */
  Cookie cookie(Map<String, String> values) {
    long end = now().plus(lifetime).getEpochSecond();
    String content = Long.toString(end, RADIX) + "." + SessionText.encode(values);
    String signature = SessionText.base64(keys.sign(signed(content)));
    Cookie cookie = attributes(Cookie.of(name, content + "." + signature)).maxAge(lifetime);
    int bytes = cookie.toString().length();
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "the session would take a cookie of "
              + bytes
              + " bytes, and browsers keep "
              + MOST_BYTES
              + ": keep what is large on the server, and its key here");
    }
    return cookie;
  }

  /** The cookie that lets the browser forget the session. */
  Cookie deletion() {
    return attributes(Cookie.deleted(name));
  }

  private Cookie attributes(Cookie cookie) {
    return cookie.secure(secure);
  }
}
