package dev.loomsocket.sample;

import dev.loomsocket.browser.Page;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SamePathPageIT extends SampleFixture {
  @Test
  void eachProtocolHasItsAnswer() throws IOException {
    Page page = open("/login");
    page.fill("[name=user]", "Ann");
    page.press("Enter");
    page.until("location.pathname === '/index'");
    page = chromium.openBeside(page, app.uri().resolve("/same-path.html"));
    page.click("#socket");
    page.untilShown("#log li", "WebSocket: 101 连接成功 connected");
    page.click("#get");
    page.untilShown("#log li", "GET: 426 请使用WebSocket协议");
    page.screenshot(SCREENSHOTS.resolve("same-path.png"));
  }

  @Test
  void aStrangerGetsNoWebSocket() {
    Page page = open("/same-path.html");
    page.click("#socket");
    page.untilShown("#log .error", "WebSocket: refused; log in first 请先登录");
  }
}
