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
  void whatIsNotThereHasAPageWithAWayBack() throws IOException {
    Page page = open("/not/%3Cb%3Ethere");
    assertEquals("Not found", page.text("h1"));
    page.screenshot(SCREENSHOTS.resolve("not-found.png"));
    assertEquals(
        "404 text/plain; charset=utf-8 not found",
        page.eval(
                "fetch('/nor/this').then(async a => [a.status, a.headers.get('Content-Type'), await a.text()].join(' '))")
            .asString());
    page.click("main a");
    page.until("location.pathname === '/'");
  }

  @Test
  void theIconIsThereForWhoAsksByTheOldName() {
    assertEquals(
        "200 true",
        open("/")
            .eval(
                "fetch('/favicon.ico').then(a => a.status + ' ' + a.headers.get('Content-Type').startsWith('image/svg+xml'))")
            .asString());
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
