package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.browser.Page;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StatesPageIT extends SampleFixture {
  @Test
  void eachStateCanBeSeen() throws IOException {
    Page page = open("/states.html");
    tells(page, "0: not yet connected 尚未连接");
    page.untilShown("#log li", "open");
    tells(page, "1: connected 已连接");
    page.click("#close");
    tells(page, "2: closing 正在关闭");
    page.untilShown("#log li", "close");
    tells(page, "3: closed or failed 已关闭或连接失败");
    look(page, "states");
  }

  @Test
  void aHandshakeThatFailsEndsInTheLastState() {
    Page page = open("/states.html");
    page.fill("#ms", "300");
    page.click("#fail");
    tells(page, "0: not yet connected 尚未连接");
    page.untilShown("#log li", "error");
    tells(page, "3: closed or failed 已关闭或连接失败");
  }

  @Test
  void theStateIsShownAsItChangesByItself() {
    Page page = open("/states.html");
    shows(page, 0);
    shows(page, 1);
    page.click("#fail");
    shows(page, 0);
    shows(page, 3);
    page.fill("#ms", "300");
    page.click("#connect");
    shows(page, 0);
    shows(page, 1);
    page.click("#close");
    shows(page, 2);
    shows(page, 3);
  }

  private static void shows(Page page, int state) {
    page.until("document.querySelector('#now').innerText.startsWith('" + state + ":')");
    page.untilShown("#states [aria-current=true] b", String.valueOf(state));
    assertEquals(1, page.count("#states [aria-current]"));
  }

  private static void tells(Page page, String state) {
    page.click("#state");
    page.untilShown("#log li", state);
    page.untilShown("#now", state);
  }
}
