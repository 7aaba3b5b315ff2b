package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.loomsocket.wire.OpeningHandshake.Answer;
import dev.loomsocket.wire.OpeningHandshake.Offer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose pages may connect: the opening handshake's look at Origin. */
class OriginCheckTest {
  @Test
  void whoeverSendsNoOriginIsNoPageAndMayConnect() {
    assertInstanceOf(Answer.Accepted.class, answer("example.com", false, Set.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com, example.com, false",
    "http://example.com, example.com:80, false",
    "http://example.com:80, example.com, false",
    "https://example.com, example.com:443, true",
    "https://example.com:443, example.com, true",
    "HTTP://EXAMPLE.com, eXample.COM, false",
    "http://localhost:8080, localhost:8080, false",
    "http://[::1]:9000, [::1]:9000, false",
    "http://[::1], [::1]:80, false",
    "http://127.0.0.1, 127.0.0.1, false",
  })
  void aPageOfThisServerMayConnect(String origin, String host, boolean secure) {
    assertInstanceOf(Answer.Accepted.class, answer(host, secure, Set.of(), origin));
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example, example.com, false",
    "http://example.com.evil.example, example.com, false",
    "http://evil.example.com, example.com, false",
    "http://example.com:8080, example.com, false",
    "http://example.com, example.com:8080, false",
    "https://example.com, example.com, false", // another scheme is another origin
    "http://example.com, example.com, true",
    "https://example.com:80, example.com, true",
    "http://example.com:443, example.com, false",
    "http://example.com/, example.com, false",
    "example.com, example.com, false",
    "null, example.com, false",
    "'', example.com, false",
  })
  void aPageOfAnotherOriginMayNot(String origin, String host, boolean secure) {
    assertEquals(403, status(answer(host, secure, Set.of(), origin)));
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example.com, https://app.example.com",
    "https://app.example.com, HTTPS://App.Example.com:443",
    "https://app.example.com:443, https://app.example.com",
    "http://anything.example, *",
    "null, *",
    "null, null",
    "chrome-extension://abcdef, chrome-extension://abcdef",
  })
  void anAllowedOriginMayConnect(String origin, String allowed) {
    Set<String> list = Set.of("http://a.example", allowed);
    assertInstanceOf(Answer.Accepted.class, answer("example.com", false, list, origin));
  }

  @Test
  void anAllowListDoesNotAllowOthers() {
    Set<String> allowed = Set.of("https://app.example.com", "*.example.com");
    assertEquals(403, status(answer("example.com", true, allowed, "https://app.example.com:8443")));
  }

  @Test
  void twoOriginsAreRefused() {
    String own = "http://example.com";
    assertEquals(400, status(answer("example.com", false, Set.of("*"), own, own)));
  }

  private static Answer answer(
      String host, boolean secure, Set<String> allowed, String... origins) {
    Map<String, List<String>> fields =
        Map.of(
            "host", List.of(host),
            "upgrade", List.of("websocket"),
            "connection", List.of("Upgrade"),
            "sec-websocket-key", List.of("dGhlIHNhbXBsZSBub25jZQ=="),
            "sec-websocket-version", List.of("13"),
            "origin", List.of(origins));
    Offer offer = new Offer("GET", 1, name -> fields.getOrDefault(name, List.of()), secure);
    return OpeningHandshake.answer(offer, List.of(), allowed);
  }

  private static int status(Answer answer) {
    return assertInstanceOf(Answer.Refused.class, answer).status();
  }
}
