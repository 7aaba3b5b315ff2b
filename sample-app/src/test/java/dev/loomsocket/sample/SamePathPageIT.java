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
    page.untilShown("#log .note", "that is: please use the WebSocket protocol");
    page.screenshot(SCREENSHOTS.resolve("same-path.png"));
  }

  @Test
  void aStrangerGetsNoWebSocket() {
    Page page = open("/same-path.html");
    page.click("#socket");
    page.untilShown("#log .error", "WebSocket: refused; log in first 请先登录");
  }

  @Test
  void whoLogsInComesBack() {
    Page page = open("/same-path.html");
    page.click(".lead a");
    page.until("location.pathname === '/login'");
    page.fill("[name=user]", " ");
    page.press("Enter");
    page.until("document.querySelector('.error').innerText.includes('A name has')");
    page.fill("[name=user]", "Ann");
    page.press("Enter");
    page.until("location.pathname === '/same-path.html' && document.readyState === 'complete'");
    page.click("#socket");
    page.untilShown("#log li", "WebSocket: 101 连接成功 connected");
  }
}
