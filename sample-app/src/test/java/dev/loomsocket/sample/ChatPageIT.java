package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.browser.Page;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** People chat in a real browser. Pictures of it are kept in {@code target/screenshots}. */
class ChatPageIT extends ChatFixture {
  private static final String HOSTILE = "<img src=x onerror=hit()>";

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
    ann.until(
        "[...document.querySelectorAll('.notice')].some(n => n.innerText.startsWith('Bob left'))");
    eve.close();
    ann.until(
        "[...document.querySelectorAll('.notice')].some(n => n.innerText.startsWith('Eve left'))");
    assertEquals(1, ann.count("#names li"));
    assertEquals("room", focused(bob));
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
  void thePageMayUseTheEchoEndpoint() {
    Page page = chromium.open(door());
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
        })\
        """;
    assertEquals("grüße 世界 🧶 true", page.eval(answer).asString());
  }
}
