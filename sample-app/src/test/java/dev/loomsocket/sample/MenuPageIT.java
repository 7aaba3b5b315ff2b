package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.browser.Page;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MenuPageIT extends SampleFixture {
  @Test
  void eachEntryLeadsToAPage() throws IOException {
    Page page = open("/");
    look(page, "menu");
    String broken =
        """
        Promise.all([...document.querySelectorAll(".cards a")].map(async a => {
          const answer = await fetch(a.href);
          return answer.ok && /html/.test(answer.headers.get("Content-Type")) ? "" : a.href;
        })).then(all => all.length > 10 ? all.join("") : "too few")\
        """;
    assertEquals("", page.eval(broken).asString());
  }

  @Test
  void theKeyboardIsEnough() {
    Page page = open("/");
    page.press("Tab"); // the way home
    page.press("Tab");
    page.press("Enter");
    page.until("location.pathname === '/handshake.html'");
  }
}
