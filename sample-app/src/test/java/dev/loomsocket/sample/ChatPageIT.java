package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.RunningApp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chat page in a real browser. Pictures of it are kept in {@code target/screenshots}. */
class ChatPageIT {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String HOSTILE = "<img src=x onerror=hit()>";

  private static Chromium chromium;

  private RunningApp app;

  @BeforeAll
  static void startBrowser() throws IOException {
    Optional<Path> browser = Chromium.find();
    if (browser.isEmpty()) {
      String reason = "no Chromium in PATH or CHROMIUM: the chat page was not tested";
      if ("true".equals(System.getenv("LOOMSOCKET_REQUIRE_CHROMIUM"))) {
        Assertions.fail(reason);
      }
      System.out.println("SKIPPED ChatPageIT: " + reason);
      Assumptions.abort(reason);
    }
    chromium = new Chromium(browser.get());
  }

  @AfterAll
  static void stopBrowser() throws IOException {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void startApp() {
    app = Main.app().port(0).start();
  }

  @AfterEach
  void stopApp() {
    app.close();
  }

  @Test
  void twoBrowsersChat() throws IOException {
    Page ann = join("Ann");
    ann.screenshot(SCREENSHOTS.resolve("chat-empty.png"));
    Page bob = join("Bob");
    ann.untilShown("#names bdi", "Bob");
    bob.untilShown("#names bdi", "Ann");
    ann.until("document.querySelector('.notice').innerText.startsWith('Bob joined')");

    say(ann, "Good morning, Bob.");
    bob.untilShown(".group:not(.mine) .line", "Good morning, Bob.");
    say(bob, "Good morning!");
    say(bob, "Tea?");
    ann.untilShown(".group:not(.mine) .line", "Tea?");
    assertEquals(1, ann.count(".group:not(.mine)"), "lines of one person stand together");
    assertEquals("Bob", ann.text(".group:not(.mine) .name"));
    assertEquals(1, ann.count(".group.mine"));

    ann.resize(1100, 720);
    ann.screenshot(SCREENSHOTS.resolve("chat-desktop.png"));
    ann.prefer("dark");
    ann.screenshot(SCREENSHOTS.resolve("chat-desktop-dark.png"));
    assertEquals(List.of(), ann.problems());
    assertEquals(List.of(), bob.problems());
  }

  @Test
  void whateverIsWrittenIsShownAsText() throws IOException {
    Page ann = join("Ann");
    Page eve = join(HOSTILE);
    ann.untilShown("#names bdi", HOSTILE);
    say(eve, "<script>hit()</script><b>bold</b>");
    ann.untilShown(".line", "<script>hit()</script><b>bold</b>");
    ann.untilShown(".name", HOSTILE);
    assertEquals(0, ann.count("#chat img, #chat script, #chat b"));
    assertEquals(List.of(), ann.problems());
    ann.screenshot(SCREENSHOTS.resolve("chat-hostile.png"));
  }

  @Test
  void whoJoinsLaterSeesWhatWasSaid() {
    Page ann = join("Ann");
    say(ann, "The first line");
    say(ann, "The second line");
    Page bob = join("Bob");
    bob.untilShown(".line", "The second line");
    assertEquals(2, bob.count(".line"));
    assertEquals("Ann", bob.text(".name"));
  }

  @Test
  void whoLeavesIsMissedAndWhoLeftIsAtTheDoor() {
    Page ann = join("Ann");
    Page bob = join("Bob");
    Page eve = join("Eve");
    ann.untilShown("#names bdi", "Eve");
    bob.press("Escape");
    ann.until("[...document.querySelectorAll('.notice')].some(n => n.innerText.startsWith('Bob left'))");
    eve.close();
    ann.until("[...document.querySelectorAll('.notice')].some(n => n.innerText.startsWith('Eve left'))");
    assertEquals(1, ann.count("#names li"));
    assertEquals("room", bob.eval("document.activeElement.id").asString(), "the keyboard can go on at once");
  }

  @Test
  void aLostConnectionComesBackAndNothingWrittenIsLost() throws IOException {
    Page ann = join("Ann");
    say(ann, "Before");
    app.close();
    ann.until("document.querySelector('#state').dataset.state === 'waiting'");
    ann.fill("#text", "Meanwhile");
    ann.press("Enter");
    ann.fill("#text", "a draft");
    assertEquals("Meanwhile", ann.text("#outbox .line"));
    ann.screenshot(SCREENSHOTS.resolve("chat-disconnected.png"));

    app = Main.app().port(app.port()).start();
    ann.untilShown("#log .line", "Meanwhile");
    ann.until("document.querySelector('#state').dataset.state === 'open'");
    assertEquals(2, ann.count(".line"), "each line once");
    assertEquals("a draft", ann.eval("document.querySelector('#text').value").asString());
    Page bob = join("Bob");
    bob.untilShown(".line", "Meanwhile");
  }

  @Test
  void aReloadGoesBackIntoTheRoomWithTheDraft() {
    Page ann = join("Ann");
    say(ann, "Here I am");
    ann.fill("#text", "half a tho");
    ann.eval("location.reload()");
    ann.until("document.querySelector('#text')?.value === 'half a tho'");
    ann.untilShown("#log .line", "Here I am");
  }

  @Test
  void aReaderOfOlderLinesIsNotMoved() throws IOException {
    Page ann = join("Ann");
    Page bob = join("Bob");
    ann.resize(360, 720);
    for (int i = 1; i <= 30; i++) {
      say(bob, "Line " + i);
    }
    ann.untilShown(".line", "Line 30");
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
  void aPhonesWidthIsEnough() throws IOException {
    Page ann = chromium.open(app.uri());
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
  void thePageMayUseTheEchoEndpoint() {
    Page page = chromium.open(app.uri());
    String answer =
        """
        new Promise((done, fail) => {
          const bytes = new Uint8Array(16 * 1024 * 1024 - 3).map((_, i) => (i * 31) >> 3);
          const socket = new WebSocket("ws://" + location.host + "/echo");
          socket.binaryType = "arraybuffer";
          socket.onopen = () => { socket.send("grüße 世界 🧶"); socket.send(bytes); };
          socket.onclose = e => fail(new Error("closed with " + e.code));
          const answers = [];
          socket.onmessage = ({ data }) => {
            answers.push(data);
            if (answers.length < 2) return;
            const back = new Uint8Array(answers[1]);
            done(answers[0] + " " + (back.length === bytes.length && back.every((b, i) => b === bytes[i])));
          };
        })""";
    assertEquals("grüße 世界 🧶 true", page.eval(answer).asString());
  }

  private Page join(String name) {
    Page page = chromium.open(app.uri().resolve("/#lobby"));
    page.fill("#name", name);
    page.press("Enter");
    page.until("document.querySelector('#state').dataset.state === 'open'");
    page.until("document.querySelector('#names li')");
    return page;
  }

  /** Types a line, sends it with Enter and waits until the server has confirmed it. */
  private static void say(Page page, String text) {
    page.fill("#text", text);
    page.press("Enter");
    page.untilShown("#log .line", text);
  }

  private static boolean fits(Page page) {
    return page.eval("document.documentElement.scrollWidth <= innerWidth && scroller.scrollWidth <= scroller.clientWidth")
        .asBoolean();
  }

  private static String distanceToTheEnd() {
    return "scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight";
  }
}
