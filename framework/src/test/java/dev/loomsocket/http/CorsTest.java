package dev.loomsocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {
  private static final String APP = "https://app.example.com";
  private static final Cors CORS =
      Cors.of(APP, "http://localhost:3000")
          .methods("PUT", "DELETE")
          .headers("Authorization")
          .exposing("X-Total")
          .maxAge(Duration.ofHours(1));

  private static Map<String, List<String>> get(Cors cors, String origin) throws Exception {
    AskedFor request = AskedFor.path("/");
    Response answer =
        cors.filter(
            origin == null ? request : request.with("Origin", origin),
            any -> Response.text("x").header("Vary", "Accept-Encoding"));
    assertEquals(200, answer.status());
    return answer.headers();
  }

  private static Response preflight(Cors cors, String origin) throws Exception {
    AskedFor request =
        new AskedFor(
            "OPTIONS",
            "/",
            Optional.empty(),
            Map.of("Origin", origin, "Access-Control-Request-Method", "PUT"));
    return cors.filter(
        request,
        any -> {
          throw new AssertionError("the handler was asked");
        });
  }

  @Test
  void anAllowedOriginMayReadTheAnswer() throws Exception {
    Map<String, List<String>> headers = get(CORS, APP);
    assertEquals(List.of(APP), headers.get("Access-Control-Allow-Origin"));
    assertEquals(List.of("X-Total"), headers.get("Access-Control-Expose-Headers"));
    assertEquals(List.of("Accept-Encoding, Origin"), headers.get("Vary"));
    assertFalse(headers.containsKey("Access-Control-Allow-Credentials"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.com.evil.org",
        "http://app.example.com",
        "https://app.example.com:8443",
        "null",
        "*",
        "",
      })
  void othersMayNot(String origin) throws Exception {
    Map<String, List<String>> headers = get(CORS, origin);
    assertFalse(headers.containsKey("Access-Control-Allow-Origin"));
    assertEquals(List.of("Accept-Encoding, Origin"), headers.get("Vary"));
    HttpException refused = assertThrows(HttpException.class, () -> preflight(CORS, origin));
    assertEquals(403, refused.status());
  }

  @Test
  void aPageOfTheSiteItselfNoticesNothing() throws Exception {
    assertFalse(get(CORS, null).containsKey("Access-Control-Allow-Origin"));
  }

  @Test
  void theQuestionBeforeIsAnswered() throws Exception {
    Response answer = preflight(CORS, APP);
    assertEquals(204, answer.status());
    Map<String, List<String>> headers = answer.headers();
    assertEquals(List.of(APP), headers.get("Access-Control-Allow-Origin"));
    assertEquals(List.of("PUT, DELETE"), headers.get("Access-Control-Allow-Methods"));
    assertEquals(
        List.of("Content-Type, Authorization"), headers.get("Access-Control-Allow-Headers"));
    assertEquals(List.of("3600"), headers.get("Access-Control-Max-Age"));
  }

  @Test
  void eachCallAddsSomething() throws Exception {
    Cors cors = Cors.of(APP).methods("PUT").methods("DELETE").headers("X-A").headers("X-B");
    Map<String, List<String>> headers = preflight(cors, APP).headers();
    assertEquals(List.of("PUT, DELETE"), headers.get("Access-Control-Allow-Methods"));
    assertEquals(List.of("Content-Type, X-A, X-B"), headers.get("Access-Control-Allow-Headers"));
  }

  @Test
  void credentialsAreForNamedOriginsOnly() throws Exception {
    assertEquals(
        List.of("true"), get(CORS.withCredentials(), APP).get("Access-Control-Allow-Credentials"));
    Cors any = Cors.of("*");
    assertEquals(List.of("*"), get(any, APP).get("Access-Control-Allow-Origin"));
    assertThrows(IllegalStateException.class, any::withCredentials);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"app.example.com", "https://a.com/", "https://*.a.com", "https://a b", ""})
  void mistakesAreTold(String origin) {
    assertThrows(IllegalArgumentException.class, () -> Cors.of(origin));
  }
}
