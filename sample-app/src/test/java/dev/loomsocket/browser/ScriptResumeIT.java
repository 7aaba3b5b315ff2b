package dev.loomsocket.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.App;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How {@code /loomsocket.js} keeps its place in rooms with a history, in a real browser. */
class ScriptResumeIT extends ScriptFixture {
  private static final int CUTS = 100;
  private static final int BETWEEN = 100; // messages between two cuts
  private static final int MOST_BYTES = 3_000; // of a connection; less than those messages have

  private final Ticker ticker = new Ticker();

  @Override
  public App building() {
    return super.building().add(ticker);
  }

  @Test
  void whatIsCutAHundredTimesShowsEveryMessageOnceAndInOrder() throws Exception {
    List<Integer> cuts = new Random(100).ints(CUTS, 1, MOST_BYTES).boxed().toList();
    try (CuttingProxy proxy = new CuttingProxy(app.port(), cuts)) {
      page.eval(
          """
          losses = 0, joins = [];
          socket = connect("ws://127.0.0.1:%d/ticks", quick);
          socket.onState(state => { if (state === "waiting") losses++; });
          socket.on("joined", ({ resumed }) => joins.push(resumed));
          socket.on("tick", ({ n }) => {
            document.body.append(Object.assign(document.createElement("p"), { textContent: n }));
          });
          0\
          """
              .formatted(proxy.port()));
      for (int i = 0; i < CUTS; i++) {
        ticker.tick(i * BETWEEN + 1, (i + 1) * BETWEEN);
        proxy.awaitCut();
      }
      page.until("document.body.lastElementChild?.textContent === '%d'".formatted(CUTS * BETWEEN));
    }
    assertEquals(CUTS * BETWEEN, page.count("p"));
    assertEquals(
        "true",
        json("[...document.querySelectorAll('p')].every((p, i) => p.textContent === `${i + 1}`)"));
    assertEquals(CUTS, page.eval("losses").asInt());
    assertEquals("0", json("joins.lastIndexOf(false)"), "it has lost its place");
  }

  @Test
  void whatIsNotNewerThanWhatCameIsDropped() throws InterruptedException {
    Counterpart server = connected("{}");
    server.say("{\"type\":\"joined\",\"room\":\"r\",\"@position\":\"e.0\",\"resumed\":false}");
    server.say("{\"type\":\"tick\",\"n\":1,\"@position\":\"e.1\"}");
    server.say("{\"type\":\"tick\",\"n\":1,\"@position\":\"e.1\"}");
    server.say("{\"type\":\"position\",\"@position\":\"e.2\"}");
    server.say("two");
    server.say("{\"type\":\"position\",\"@position\":\"e.2\"}");
    server.say("two");
    server.say("{\"type\":\"tick\",\"n\":1,\"@position\":\"e.1\"}");
    server.say("{\"type\":\"position\",\"x\":3,\"@position\":\"e.3\"}");
    server.say("unnumbered");
    page.until("seen.at(-1) === 'unnumbered'");
    assertEquals(
        "[\"joined\",\"tick\",\"two\",\"position\",\"unnumbered\"]",
        json("seen.map(message => message.type ?? message)"));
  }

  @Test
  void itTellsItsPlaceInEveryRoom() throws InterruptedException {
    Counterpart server = connected("quick");
    assertEquals(List.of(), server.resumes());
    server.say("{\"type\":\"joined\",\"room\":\"a\",\"@position\":\"aa.0\",\"resumed\":false}");
    server.say("{\"type\":\"joined\",\"room\":\"b\",\"@position\":\"bb.6\",\"resumed\":false}");
    server.say("{\"type\":\"tick\",\"@position\":\"aa.1\"}");
    server.say("{\"type\":\"position\",\"@position\":\"bb.7\"}");
    page.until("seen.length === 3");
    server.close(1001);
    Counterpart next = counterparts.next();
    assertEquals(List.of("bb.6", "aa.1"), next.resumes(), "the message at bb.7 never came");

    next.say("{\"type\":\"joined\",\"room\":\"a\",\"@position\":\"aa.1\",\"resumed\":true}");
    next.say("{\"type\":\"joined\",\"room\":\"b\",\"@position\":\"cc.0\",\"resumed\":false}");
    next.say("\"plain\"");
    page.until("seen.length === 6");
    next.close(1001);
    assertEquals(List.of("aa.1", "cc.0"), counterparts.next().resumes(), "b has another life");
  }
}
