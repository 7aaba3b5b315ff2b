package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.browser.Page;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class EchoPageIT extends SampleFixture {
  @Test
  void theServerAnswersUntilTheConnectionIsClosed() throws IOException {
    Page page = open("/echo.html");
    page.untilShown("#log li", "【连接成功】");
    page.fill("#text", "你好 <b>world</b> 🧶");
    page.press("Enter");
    page.untilShown("#log li", "服务端已收到: 你好 <b>world</b> 🧶");
    page.click("#close");
    page.untilShown("#log li", "【关闭连接】");
    page.click("#close");
    page.fill("#text", "still there?");
    page.press("Enter");
    page.untilShown("#log li", "连接尚未建立");
    look(page, "echo");
    page.click("#connect");
    page.until("document.querySelectorAll('#log li').length === 6");
    assertEquals(
        "【连接成功】|你好 <b>world</b> 🧶|服务端已收到: 你好 <b>world</b> 🧶|【关闭连接】|连接尚未建立|【连接成功】",
        page.eval("[...document.querySelectorAll('#log li')].map(l => l.innerText).join('|')")
            .asString());
  }
}
