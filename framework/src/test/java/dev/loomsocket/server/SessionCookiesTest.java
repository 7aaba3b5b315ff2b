package dev.loomsocket.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.Warnings;
import dev.loomsocket.http.Cookie;
import dev.loomsocket.http.Response;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCookiesTest {
  /** For tests of something else. */
  static final SessionCookies ANY =
      new SessionCookies(CookieSettings.DEFAULT, InstantSource.system());

  private static final String OLD = "the old key, 32 characters of it";
  private static final String NEW = "the new key, 32 characters of it";
  private static final Duration LIFETIME = Duration.ofHours(2);
  private static final Map<String, String> ANN = Map.of("user", "Ann");
  private static final String NAME = "loomsocket-session";

  private Instant now = Instant.ofEpochSecond(1_800_000_000);
  private final SessionCookies cookies = cookies(false, OLD);

  private SessionCookies cookies(boolean secure, String... keys) {
    return new SessionCookies(new CookieSettings(List.of(keys), LIFETIME, secure), () -> now);
  }

  /** What a request with this Cookie header gets. */
  private static CookieSession session(SessionCookies cookies, String cookie) {
    RequestHead head =
        RequestParserTest.parse("GET / HTTP/1.1\r\nHost: a\r\nCookie: " + cookie + "\r\n\r\n");
    InetSocketAddress client = InetSocketAddress.createUnresolved("client", 1);
    ServerRequest request =
        new ServerRequest(head, null, Map.of(), client, (text, type) -> text, cookies);
    return cookies.of(request);
  }

  private static Map<String, String> values(SessionCookies cookies, String value) {
    return session(cookies, NAME + "=" + value).values();
  }

  private String ann() {
    return cookies.cookie(ANN).value();
  }

  @Test
  void theCookieIsForTheWholeSiteAndOutOfReachOfScriptsAndOtherSitesForms() {
    assertEquals(
        NAME + "=" + ann() + "; Path=/; Max-Age=7200; HttpOnly; SameSite=Lax",
        cookies.cookie(ANN).toString());
    assertEquals(
        NAME + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", cookies.deletion().toString());
  }

  @Test
  void underTlsItIsSecureAndHasANameThatOtherHostsCannotSet() {
    Cookie cookie = cookies(true, OLD).cookie(ANN);
    assertEquals("__Host-" + NAME, cookie.name());
    assertTrue(cookie.secure());
    assertTrue(cookies(true, OLD).deletion().secure());
  }

  @Test
  void endAndContentStandInFrontOfTheSignature() {
    assertEquals("troeg0.AAR1c2VyAANBbm4.", ann().substring(0, ann().lastIndexOf('.') + 1));
  }

  @Test
  void itComesBack() {
    assertEquals(ANN, values(cookies, ann()));
    assertEquals(ANN, session(cookies, "a=b; " + NAME + "=" + ann() + "; c=d").values());
  }

  @Test
  void withAnyCharacterChangedItIsEmpty() {
    String good = ann();
    for (int i = 0; i < good.length() - 1; i++) { // two bits of the last one say nothing
      char other = good.charAt(i) == 'A' ? 'B' : 'A';
      String changed = good.substring(0, i) + other + good.substring(i + 1);
      assertEquals(Map.of(), values(cookies, changed), "character " + i);
    }
  }

  @Test
  void cutAnywhereItIsEmpty() {
    String good = ann();
    IntStream.range(0, good.length() - 1)
        .forEach(i -> assertEquals(Map.of(), values(cookies, good.substring(0, i))));
    IntStream.range(1, good.length())
        .forEach(i -> assertEquals(Map.of(), values(cookies, good.substring(i))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "a.b", "zzzzzzzzzzzzzzzz.AA.AA", "é.%.&", "1..=="})
  void whatIsNoSessionIsEmpty(String value) {
    assertEquals(Map.of(), values(cookies, value));
  }

  @Test
  void whatAnotherKeySignedIsEmpty() {
    assertEquals(Map.of(), values(cookies(false, NEW), ann()));
  }

  @Test
  void theSignatureCoversTheName() {
    String secure = cookies(true, OLD).cookie(ANN).value();
    assertEquals(Map.of(), values(cookies, secure));
    assertEquals(ANN, session(cookies(true, OLD), "__Host-" + NAME + "=" + secure).values());
    assertEquals(Map.of(), session(cookies(true, OLD), NAME + "=" + ann()).values());
  }

  @Test
  void itExpires() {
    String cookie = ann();
    now = now.plus(LIFETIME).minusSeconds(1);
    assertEquals(ANN, values(cookies, cookie));
    now = now.plusSeconds(1);
    assertEquals(Map.of(), values(cookies, cookie));
  }

  @Test
  void aKeyThatIsGoingIsAcceptedAndTheCookieSignedAnew() {
    SessionCookies rotated = cookies(false, NEW, OLD);
    CookieSession session = session(rotated, NAME + "=" + ann());
    assertEquals(ANN, session.values());
    String renewed = session.endWith(Response.status(204)).headers().get("Set-Cookie").getFirst();
    String value = renewed.substring(NAME.length() + 1, renewed.indexOf(';'));
    assertEquals(ANN, values(cookies(false, NEW), value));
  }

  @Test
  void whatBrowsersWouldNotKeepIsRefused() {
    int overhead = cookies.cookie(Map.of("a", "")).toString().length();
    int most = (4096 - overhead) / 4 * 3;
    assertTrue(cookies.cookie(Map.of("a", "x".repeat(most))).toString().length() > 4090);
    Map<String, String> large = Map.of("a", "x".repeat(most + 4));
    assertThrows(IllegalArgumentException.class, () -> cookies.cookie(large));
  }

  @Test
  void whatIsLargerThanAnyCookieIsNotLookedAt() {
    String content = "zzzzzz." + "A".repeat(4096);
    String signature =
        SessionText.base64(
            new SessionKeys(List.of(OLD.getBytes(StandardCharsets.UTF_8)))
                .sign(NAME + "=" + content));
    assertEquals(Map.of(), values(cookies, content + "." + signature));
  }

  @Test
  void withoutAKeyThereIsARandomOneAndOneWarning() {
    try (Warnings warnings = Warnings.take()) {
      SessionCookies first = cookies(false);
      SessionCookies second = cookies(false);
      assertEquals(List.of(), warnings.messages());
      String cookie = first.cookie(ANN).value();
      assertEquals(ANN, values(first, cookie));
      assertEquals(ANN, values(first, cookie));
      assertEquals(1, warnings.messages().size());
      assertTrue(warnings.messages().getFirst().startsWith("no session-key is set"));
      assertEquals(Map.of(), values(second, cookie));
    }
  }

  @Test
  void withAKeyThereIsNoWarning() {
    try (Warnings warnings = Warnings.take()) {
      assertFalse(values(cookies, ann()).isEmpty());
      assertEquals(List.of(), warnings.messages());
    }
  }
}
