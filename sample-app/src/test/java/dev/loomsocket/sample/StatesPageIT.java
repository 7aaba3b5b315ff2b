package dev.loomsocket.sample;

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

  private static void tells(Page page, String state) {
    page.click("#state");
    page.untilShown("#now", state);
  }
}
