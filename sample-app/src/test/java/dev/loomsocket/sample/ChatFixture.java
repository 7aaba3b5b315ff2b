package dev.loomsocket.sample;

import dev.loomsocket.browser.Page;
import java.net.URI;

/** The chat with rooms, and what people do on its page. */
abstract class ChatFixture extends SampleFixture {
  /** Where visitors choose a name and a room. */
  URI door() {
    return app.uri().resolve("/rooms/");
  }

  /** A page whose visitor has joined the lobby. */
  Page join(String name) {
    Page page = chromium.open(door().resolve("#lobby"));
    page.fill("#name", name);
    page.press("Enter");
    page.until("document.querySelector('#state').dataset.state === 'open'");
    page.until("document.querySelector('#names li')");
    return page;
  }

  /** Types a line, sends it with Enter and waits until the server has confirmed it. */
  static void say(Page page, String text) {
    page.fill("#text", text);
    page.press("Enter");
    page.untilShown("#log .line", text);
  }

  /** The id of the element that has the keyboard. */
  static String focused(Page page) {
    return page.eval("document.activeElement.id").asString();
  }
}
