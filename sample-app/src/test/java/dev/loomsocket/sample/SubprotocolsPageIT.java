package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.browser.Page;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SubprotocolsPageIT extends SampleFixture {
  @Test
  void oneAddressIsTwoServices() throws IOException {
    Page ann = connected();
    Page bob = connected();
    say(ann, "chat", "plain");
    say(ann, "superchat", "<i>coloured</i>");
    bob.untilShown("#chat-log li", "plain");
    bob.untilShown("#superchat-log span", "<i>coloured</i>");
    bob.untilShown(
        "#superchat-log code",
        "{\"type\":\"line\",\"colour\":\"RED\",\"text\":\"<i>coloured</i>\"}");
    assertEquals(2, bob.count("#chat-log li"));
    assertEquals(2, bob.count("#superchat-log li"));
    look(bob, "subprotocols");
  }

  private Page connected() {
    Page page = open("/subprotocols.html");
    page.untilShown("#chat-log li", "Connected; the server speaks chat");
    page.untilShown("#superchat-log li", "Connected; the server speaks superchat");
    return page;
  }

  /** Says something and waits until it has come back. */
  private static void say(Page page, String service, String text) {
    page.fill("#" + service + "-text", text);
    page.press("Enter");
    page.untilShown("#%1$s-log li, #%1$s-log span".formatted(service), text);
  }
}
