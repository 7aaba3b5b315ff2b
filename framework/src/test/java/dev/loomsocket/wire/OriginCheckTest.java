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
    assertInstanceOf(Answer.Accepted.class, answer("example.com", Set.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com, example.com",
    "http://example.com, example.com:80",
    "http://example.com:80, example.com",
    "http://example.com:80, example.com:80",
    "http://example.com:8080, example.com:8080",
    "http://example.com:443, example.com:443",
    "HTTP://EXAMPLE.com, eXample.COM",
    "http://localhost:8080, localhost:8080",
    "http://[::1]:9000, [::1]:9000",
    "http://[::1], [::1]:80",
    "http://127.0.0.1, 127.0.0.1",
    // a proxy in front of the server speaks TLS
    "https://example.com, example.com",
    "https://example.com, example.com:443",
    "https://example.com:443, example.com",
    "https://example.com:443, example.com:443",
    "https://example.com:8443, example.com:8443",
    "https://example.com:80, example.com:80",
    "HTTPS://EXAMPLE.com:443, eXample.COM",
    "https://[::1], [::1]:443",
  })
  void aPageOfThisServerMayConnect(String origin, String host) {
    assertInstanceOf(Answer.Accepted.class, answer(host, Set.of(), origin));
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example, example.com",
    "https://evil.example, example.com",
    "http://example.com.evil.example, example.com",
    "http://evil.example.com, example.com",
    "http://example.com:8080, example.com",
    "https://example.com:8443, example.com",
    "http://example.com, example.com:8080",
    "https://example.com, example.com:8443",
    "http://example.com:443, example.com", // the other scheme's default is not its own
    "https://example.com:80, example.com",
    "http://example.com, example.com:443",
    "https://example.com, example.com:80",
    "http://example.com/, example.com",
    "https://example.com/, example.com",
    "ws://example.com, example.com",
    "wss://example.com, example.com",
    "chrome-extension://example.com, example.com",
    "//example.com, example.com",
    "example.com, example.com",
    "null, example.com",
    "null, null",
    "'', example.com",
  })
  void aPageOfAnotherOriginMayNot(String origin, String host) {
    assertEquals(403, status(answer(host, Set.of(), origin)));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, localhost:8080, true",
    "https://localhost, localhost, true",
    "https://chat.localhost, chat.localhost, true",
    "http://127.0.0.1:8080, 127.0.0.1:8080, true",
    "http://[::1]:8080, [::1]:8080, true",
    "http://evil.example:8080, evil.example:8080, false",
    "https://evil.example, evil.example, false",
  })
  void aServerOfThisMachineAloneHasNoOtherName(String origin, String host, boolean good) {
    Answer answer = answer(true, host, Set.of(), origin);
    assertEquals(good, answer instanceof Answer.Accepted);
    assertInstanceOf(Answer.Accepted.class, answer(true, host, Set.of(origin), origin));
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
    assertInstanceOf(Answer.Accepted.class, answer("example.com", list, origin));
  }

  @Test
  void anAllowListDoesNotAllowOthers() {
    Set<String> allowed = Set.of("https://app.example.com", "*.example.com");
    assertEquals(403, status(answer("example.com", allowed, "https://app.example.com:8443")));
  }

  @Test
  void twoOriginsAreRefused() {
    String own = "http://example.com";
    assertEquals(400, status(answer("example.com", Set.of("*"), own, own)));
  }

  private static Answer answer(String host, Set<String> allowed, String... origins) {
    return answer(false, host, allowed, origins);
  }

  private static Answer answer(boolean local, String host, Set<String> allowed, String... origins) {
    Map<String, List<String>> fields =
        Map.of(
            "host", List.of(host),
            "upgrade", List.of("websocket"),
            "connection", List.of("Upgrade"),
            "sec-websocket-key", List.of("dGhlIHNhbXBsZSBub25jZQ=="),
            "sec-websocket-version", List.of("13"),
            "origin", List.of(origins));
    Offer offer = new Offer("GET", 1, name -> fields.getOrDefault(name, List.of()), local);
    return OpeningHandshake.answer(offer, List.of(), allowed);
  }

  private static int status(Answer answer) {
    return assertInstanceOf(Answer.Refused.class, answer).status();
  }
}
