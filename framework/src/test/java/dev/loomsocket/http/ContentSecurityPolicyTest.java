package dev.loomsocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContentSecurityPolicyTest {
  private static List<String> header(HttpFilter policy, Response response, String name)
      throws Exception {
    return policy.filter(AskedFor.path("/"), any -> response).headers().get(name);
  }

  @Test
  void aPageLoadsFromItsOwnHost() throws Exception {
    ContentSecurityPolicy policy =
        ContentSecurityPolicy.ofSelf().with("img-src", "'self'", "data:");
    assertEquals(
        List.of(
            "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self';"
                + " frame-ancestors 'none'; img-src 'self' data:"),
        header(policy, Response.html("x"), "Content-Security-Policy"));
  }

  @Test
  void aHandlerHasTheLastWord() throws Exception {
    Response own = Response.html("x").header("Content-Security-Policy", "default-src *");
    assertEquals(
        List.of("default-src *"),
        header(ContentSecurityPolicy.ofSelf(), own, "Content-Security-Policy"));
  }

  @Test
  void itCanBeTriedOut() throws Exception {
    ContentSecurityPolicy policy =
        ContentSecurityPolicy.ofSelf()
            .with("default-src", "'none'")
            .with("upgrade-insecure-requests")
            .reportOnly();
    assertEquals(
        List.of(
            "default-src 'none'; object-src 'none'; base-uri 'self'; form-action 'self';"
                + " frame-ancestors 'none'; upgrade-insecure-requests"),
        header(policy, Response.html("x"), "Content-Security-Policy-Report-Only"));
  }

  @Test
  void aSourceIsOneWord() {
    ContentSecurityPolicy policy = ContentSecurityPolicy.ofSelf();
    for (String bad : new String[] {"", "a b", "a;b", "a,b", "a\nb", "\u00e4", "self", "none"}) {
      assertThrows(IllegalArgumentException.class, () -> policy.with("img-src", bad));
    }
  }
}
