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
    assertEquals("to server|yes|text|yes|22|7 bits|no|\"你好, WebSocket 🧶\"", row(page, 0));
    assertTrue(row(page, 1).startsWith("to page|no|text|no|"), row(page, 1));
    assertTrue(row(page, 2).startsWith("to page|no|continuation|no|"), row(page, 2));
    assertTrue(row(page, 4).startsWith("to page|yes|continuation|no|"), row(page, 4));
    assertEquals("to server|yes|close|yes|2|7 bits|no|1000 \"\"", row(page, 5));
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
      String back = "to page|yes|binary|no|%s|%s|no|".formatted(form[1], form[2]);
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
    assertTrue(row(page, 0).startsWith("to server|yes|text|yes|"), row(page, 0));
    assertTrue(row(page, 1).contains("|7 bits|yes|\"你好"), row(page, 1));
    page.screenshot(SCREENSHOTS.resolve("frames-compressed.png"));
  }

  @Test
  void framesThatAreAlikeAreCounted() throws IOException {
    Page page = opened();
    choose(page, "#what", "1048576");
    choose(page, "#fragments", "4");
    page.click("#compress");
    send(page);
    assertEquals(
        1,
        page.eval(rows() + ".filter(r => /^… 59 more like this, of \\d+ bytes$/.test(r)).length")
            .asInt(),
        page.text("#frames"));
    assertEquals(9, page.count("#frames tr"), page.text("#frames"));
    assertTrue(row(page, 1).startsWith("to page|no|binary|no|"), row(page, 1));
    assertTrue(row(page, 1).contains("|yes|"), row(page, 1));
    assertTrue(row(page, 2).startsWith("to page|no|continuation|no|"), row(page, 2));
    assertTrue(row(page, 2).contains("|—|"), "RSV1 stands on the first frame");
    look(page, "frames-many");
  }

  @Test
  void aShortTextIsNotCompressedByTheServerAndThePageSaysSo() {
    Page page = opened();
    page.click("#compress");
    send(page);
    assertTrue(row(page, 0).contains("|yes|\"你好"), row(page, 0));
    assertTrue(row(page, 1).contains("|no|\"你好"), row(page, 1));
    assertTrue(page.text("#compressed-hint").contains("the server those of 1 KiB and more"));
  }

  @Test
  void theTextIsOffWhereBinaryIsSent() {
    Page page = opened();
    choose(page, "#what", "125");
    assertEquals(1, page.count("#text:disabled"));
    choose(page, "#what", "text");
    assertEquals(0, page.count("#text:disabled"));
  }

  private static void choose(Page page, String selector, String value) {
    page.eval(
        "(e => { e.value = %s; e.dispatchEvent(new Event('change')); })(document.querySelector(%s))"
            .formatted(Page.quoted(value), Page.quoted(selector)));
  }

  private Page opened() {
    Page page = open("/frames.html");
    page.until("!document.querySelector('#send').disabled");
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
