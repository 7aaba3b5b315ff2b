package dev.loomsocket.http;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a page comes from, as browsers write it (RFC 6454 §6.2). */
public final class Origin {
  private Origin() {}

  /**
   * Checks that this is one.
   *
   * @throws IllegalArgumentException if it is none
   */
  static void check(String text) {
    if (!isOrigin(text)) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no origin: write it as in https://app.example.com");
    }
  }

  /**
   * True if this is scheme, host and, unless it is the default, port, and nothing behind it: {@code
   * https://app.example.com}, {@code http://localhost:8080}.
   */
  public static boolean isOrigin(String text) {
    try {
      URI uri = new URI(text);
      return uri.getScheme() != null
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawPath().isEmpty()
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException notAUri) {
      return false;
    }
  }
}
