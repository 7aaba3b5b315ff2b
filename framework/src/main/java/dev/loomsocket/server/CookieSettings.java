package dev.loomsocket.server;

import java.time.Duration;
import java.util.List;

/**
 * How sessions travel in cookies.
 *
 * @param keys the secrets, of which the first signs and each is accepted; none: one of this start
 * @param lifetime how long a session lives that is not used
 * @param secure true if browsers come over TLS, and the cookie with nothing else
 */
public record CookieSettings(List<String> keys, Duration lifetime, boolean secure) {

  /** What holds unless the application says otherwise. */
  public static final CookieSettings DEFAULT =
      new CookieSettings(List.of(), Duration.ofHours(24), false);

  /** Keeps a copy of the keys. */
  public CookieSettings {
    keys = List.copyOf(keys);
  }

  /** Without what is secret, for it may be logged. */
  @Override
  public String toString() {
    return "CookieSettings[" + keys.size() + " keys, " + lifetime + ", secure=" + secure + "]";
  }
}
