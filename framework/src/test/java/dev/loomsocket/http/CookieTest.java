package dev.loomsocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTest {

  @Test
  void isSafeUnlessToldOtherwise() {
    assertEquals("id=42; Path=/; HttpOnly; SameSite=Lax", Cookie.of("id", "42").toString());
  }

  @Test
  void writesAllThatWasSet() {
    Cookie cookie =
        Cookie.of("id", "")
            .path("/a")
            .domain("example.org")
            .maxAge(Duration.ofMinutes(2))
            .secure(true)
            .httpOnly(false)
            .sameSite(Cookie.SameSite.NONE);
    assertEquals(
        "id=; Path=/a; Domain=example.org; Max-Age=120; Secure; SameSite=None", cookie.toString());
  }

  @Test
  void aDeletedCookieLivesForNoTime() {
    assertEquals("id=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", Cookie.deleted("id").toString());
  }

  @Test
  void aHostCookieIsSecureByItsName() {
    assertEquals(
        "__Host-id=1; Path=/; Secure; HttpOnly; SameSite=Lax",
        Cookie.of("__Host-id", "1").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a;b", "a,b", "\"a\"", "a\\b", "a\r\nb", "\0", "ä", "\u007f"})
  void refusesValuesThatCookiesCannotCarry(String value) {
    assertThrows(IllegalArgumentException.class, () -> Cookie.of("id", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a=b", "a;b", "ä", "a\n"})
  void refusesNamesThatAreNoTokens(String name) {
    assertThrows(IllegalArgumentException.class, () -> Cookie.of(name, ""));
  }

  @Test
  void refusesWhatBrowsersWouldDrop() {
    Cookie cookie = Cookie.of("id", "1");
    Cookie host = Cookie.of("__Host-id", "1");
    for (Runnable wrong :
        List.<Runnable>of(
            () -> cookie.path("a"),
            () -> cookie.path("/a;b"),
            () -> cookie.path("/\n"),
            () -> cookie.domain("a b"),
            () -> cookie.domain(""),
            () -> cookie.maxAge(Duration.ofSeconds(-1)),
            () -> cookie.sameSite(Cookie.SameSite.NONE),
            () -> host.secure(false),
            () -> host.domain("example.org"),
            () -> host.path("/a"))) {
      assertThrows(IllegalArgumentException.class, wrong::run);
    }
  }
}
