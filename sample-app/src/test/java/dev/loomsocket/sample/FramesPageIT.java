package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.browser.Page;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FramesPageIT extends SampleFixture {
  @Test
  void textIsShownInFragments() throws IOException {
    Page page = opened();
    page.eval("document.querySelector('#fragments').value = '4'");
    send(page);
    assertEquals(7, page.count("#frames tr"), page.text("#frames"));
    assertEquals("page → server|yes|text|yes|22|7 bits|no|\"你好, WebSocket 🧶\"", row(page, 0));
    assertTrue(row(page, 1).startsWith("server → page|no|text|no|"), row(page, 1));
    assertTrue(row(page, 2).startsWith("server → page|no|continuation|no|"), row(page, 2));
    assertTrue(row(page, 4).startsWith("server → page|yes|continuation|no|"), row(page, 4));
    assertEquals("page → server|yes|close|yes|2|7 bits|no|1000 \"\"", row(page, 5));
    look(page, "frames");
  }

  @Test
  void eachLengthFormIsShown() {
    Page page = opened();
    String[][] forms = {
      {"0", "0", "7 bits"},
      {"125", "125", "7 bits"},
      {"126", "126", "126 + 16 bits"},
      {"65535", "65,535", "126 + 16 bits"},
      {"65536", "65,536", "127 + 64 bits"},
      {"1048576", "1,048,576", "127 + 64 bits"}
    };
    for (String[] form : forms) {
      page.eval("document.querySelector('#what').value = " + Page.quoted(form[0]));
      send(page);
      String back = "server → page|yes|binary|no|%s|%s|no|".formatted(form[1], form[2]);
      assertTrue(
          page.eval(rows() + ".some(r => r.startsWith(" + Page.quoted(back) + "))").asBoolean(),
          page.text("#frames"));
    }
  }

  @Test
  void compressionIsShown() throws IOException {
    Page page = opened();
    page.eval("document.querySelector('#compress').checked = true");
    page.fill("#text", "你好".repeat(1000));
    send(page);
    assertTrue(row(page, 0).startsWith("page → server|yes|text|yes|"), row(page, 0));
    assertTrue(row(page, 1).contains("|7 bits|yes|\"你好"), row(page, 1));
    page.screenshot(SCREENSHOTS.resolve("frames-compressed.png"));
  }

  private Page opened() {
    Page page = open("/frames.html");
    page.until("document.querySelector('#form').dataset.ready");
    return page;
  }

  /** Sends, and waits for the Close frames of both sides. */
  private static void send(Page page) {
    page.click("button[type=submit]");
    page.until("document.querySelector('#outcome').innerText === 'It came back as it was.'");
    page.until(rows() + ".filter(r => r.includes('|close|')).length === 2");
  }

  private static String row(Page page, int number) {
    return page.eval(rows() + "[" + number + "]").asString();
  }

  private static String rows() {
    return "[...document.querySelectorAll('#frames tr')]"
        + ".map(r => [...r.cells].map(c => c.innerText).join('|'))";
  }
}
