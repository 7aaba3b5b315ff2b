package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.browser.Page;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The chat page on a phone, with the keyboard, through links and for whoever reads slowly. */
class ChatPageComfortIT extends ChatFixture {
  @Test
  void aPhonesWidthIsEnough() throws IOException {
    Page ann = chromium.open(door());
    ann.resize(360, 720);
    ann.screenshot(SCREENSHOTS.resolve("join-phone.png"));
    assertTrue(fits(ann));
    ann.fill("#name", "Ann with a name of 32 characters");
    ann.press("Enter");
    ann.until("document.querySelector('#state').dataset.state === 'open'");
    say(ann, "wide".repeat(60));
    ann.click("#people-button");
    ann.screenshot(SCREENSHOTS.resolve("chat-phone-people.png"));
    assertTrue(fits(ann));
    ann.press("Escape");
    ann.screenshot(SCREENSHOTS.resolve("chat-phone.png"));
    assertTrue(fits(ann));
  }

  @Test
  void theKeyboardIsEnough() {
    Page ann = chromium.open(door());
    ann.press("Enter");
    ann.untilShown("#name-error", "What shall we call you?");
    assertEquals("name", focused(ann));
    ann.type("Ann");
    ann.press("Tab");
    assertEquals("room", focused(ann));
    ann.type("The Attic");
    ann.press("Enter");
    ann.untilShown("#room-name", "the-attic");
    assertEquals("text", focused(ann));
    ann.type("Hello");
    ann.press("Enter");
    ann.untilShown("#log .line", "Hello");
    assertEquals("text", focused(ann));
    ann.press("Escape");
    assertEquals("room", focused(ann));
  }

  @Test
  void aLinkLeadsIntoAnotherRoomAndBackLeadsHome() {
    Page ann = chromium.open(door());
    ann.fill("#name", "Ann");
    ann.press("Enter");
    ann.until("document.querySelector('#names li')");
    say(ann, "Said in the lobby");
    ann.eval("location.hash = 'attic'");
    ann.untilShown("#room-name", "attic");
    ann.until("document.querySelector('#empty').hidden === false");
    assertEquals(0, ann.count(".line"));
    ann.eval("history.back()");
    ann.untilShown(".line", "Said in the lobby");
    ann.eval("history.back()");
    ann.until("document.querySelector('#chat').hidden");
    assertEquals("lobby", ann.eval("document.querySelector('#room').value").asString());
  }

  @Test
  void whoReloadsIsBackInTheRoomWithTheDraft() {
    Page ann = join("Ann");
    say(ann, "Here I am");
    ann.fill("#text", "half a tho");
    ann.comeBack();
    ann.until("document.querySelector('#text').value === 'half a tho'");
    ann.untilShown("#log .line", "Here I am");
  }

  @Test
  void aReaderOfOlderLinesIsNotMoved() throws IOException {
    Page ann = join("Ann");
    Page bob = join("Bob");
    ann.resize(360, 720);
    for (int i = 1; i <= 20; i++) {
      say(bob, "Line " + i);
    }
    ann.untilShown(".line", "Line 20");
    ann.until("%s < 2".formatted(distanceToTheEnd()));
    ann.eval("new Promise(moved => { scroller.onscrollend = moved; scroller.scrollTop = 100; })");
    say(bob, "News");
    ann.untilShown("#newer", "1 new message");
    assertEquals(100, ann.eval("scroller.scrollTop").asInt());
    ann.prefer("dark");
    ann.screenshot(SCREENSHOTS.resolve("chat-phone-dark.png"));
    ann.click("#newer");
    ann.until("newer.hidden && %s < 2".formatted(distanceToTheEnd()));
  }

  @Test
  void aReaderAtTheEndStaysThereWhenTroubleShowsUpWithANewLine() {
    Page ann = join("Ann");
    ann.resize(360, 720);
    for (int i = 1; i <= 20; i++) {
      say(ann, "Line " + i);
    }
    ann.until("%s < 2".formatted(distanceToTheEnd()));
    String untilDrawn = "new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)))";
    ann.eval(
        """
        document.querySelector('#trouble-text').textContent = 'trouble '.repeat(40);
        document.querySelector('#trouble').hidden = false;
        scroller.scrollTop -= 1; // as a new line does, it makes a scroll event in this frame
        %s\
        """
            .formatted(untilDrawn));
    ann.until("%s < 2".formatted(distanceToTheEnd()));
  }

  private static boolean fits(Page page) {
    return page.eval(
            "document.documentElement.scrollWidth <= innerWidth && scroller.scrollWidth <= scroller.clientWidth")
        .asBoolean();
  }

  private static String distanceToTheEnd() {
    return "scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight";
  }
}
