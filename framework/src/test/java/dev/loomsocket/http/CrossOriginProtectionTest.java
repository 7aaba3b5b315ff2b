package dev.loomsocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginProtectionTest {
  private static final CrossOriginProtection PROTECTION =
      CrossOriginProtection.ofSelf().trusting("https://Partner.example.com");

  private static int answer(String method, String site, String origin) throws Exception {
    Map<String, String> headers = new HashMap<>(Map.of("Host", "app.example.com:8080"));
    if (!site.isEmpty()) {
      headers.put("Sec-Fetch-Site", site);
    }
    if (!origin.isEmpty()) {
      headers.put("Origin", origin);
    }
    AskedFor request = new AskedFor(method, "/", Optional.empty(), headers);
    try {
      return PROTECTION.filter(request, any -> Response.text("x")).status();
    } catch (HttpException e) {
      return e.status();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "same-origin, https://app.example.com:8080, 200",
    "none,        '', 200",
    "same-site,   https://other.example.com, 403",
    "cross-site,  https://evil.example.org, 403",
    "cross-site,  '', 403",
    "cross-site,  https://partner.example.com, 200",
    "cross-site,  https://app.example.com:8080, 403",
    "'',          https://app.example.com:8080, 200",
    "'',          http://APP.example.com:8080, 200",
    "'',          https://app.example.com, 403",
    "'',          https://evil-app.example.com:8080, 403",
    "'',          null, 403",
    "'',          '', 200",
  })
  void whatChangesSomethingComesFromOwnPages(String site, String origin, int status)
      throws Exception {
    for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
      assertEquals(status, answer(method, site, origin), method);
    }
  }

  @Test
  void whatOnlyReadsPasses() throws Exception {
    for (String method : new String[] {"GET", "HEAD", "OPTIONS"}) {
      assertEquals(200, answer(method, "cross-site", "https://evil.example.org"), method);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.example.com", "https://a.com/", "*", ""})
  void mistakesAreTold(String origin) {
    assertThrows(IllegalArgumentException.class, () -> PROTECTION.trusting(origin));
  }
}
