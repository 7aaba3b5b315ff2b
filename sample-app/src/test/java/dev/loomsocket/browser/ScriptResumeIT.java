package dev.loomsocket.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.App;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Room;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How {@code /loomsocket.js} keeps its place in rooms with a history, in a real browser. */
class ScriptResumeIT extends ScriptFixture {
  private static final int CUTS = 100;
  private static final int BETWEEN = 100; // messages between two cuts
  private static final int MOST_BYTES = 3_000; // of a connection; less than those messages have

  @Override
  public App building() {
    return super.building().endpoint(Ticks.class);
  }

  private Room room(int messages) {
    return Ticks.remembering(app.room("ticks"), messages);
  }

  private static void tick(Room room, int from, int to) {
    for (int n = from; n <= to; n++) {
      room.send(new Ticks.Tick(n));
    }
  }

  @Test
  void whatIsCutAHundredTimesShowsEveryMessageOnceAndInOrder() throws Exception {
    Room room = room(CUTS * BETWEEN);
    List<Integer> cuts = new Random(100).ints(CUTS, 1, MOST_BYTES).boxed().toList();
    try (CuttingProxy proxy = new CuttingProxy(app.port(), cuts)) {
      page.eval(
          """
          losses = 0, joins = [];
          socket = connect("ws://127.0.0.1:%d/ticks", quick);
          socket.onState(state => { if (state === "waiting") losses++; });
          socket.on("@joined", ({ resumed }) => joins.push(resumed));
          socket.on("tick", ({ n }) => {
            document.body.append(Object.assign(document.createElement("p"), { textContent: n }));
          });
          0\
          """
              .formatted(proxy.port()));
      for (int i = 0; i < CUTS; i++) {
        tick(room, i * BETWEEN + 1, (i + 1) * BETWEEN);
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
  void whatIsForgottenMeanwhileIsMissing() {
    Room room = room(3);
    page.eval(
        """
        ticks = [];
        socket = connect("/ticks", { firstDelay: 1e6, longestDelay: 1e6 });
        socket.on("@joined", ({ resumed }) => ticks.push(resumed));
        socket.on("tick", ({ n }) => ticks.push(n));
        0\
        """);
    page.until("ticks.length === 1");
    tick(room, 1, 5);
    page.until("ticks.length === 6");
    leave(room);
    tick(room, 6, 8);
    page.eval("socket.reconnect()");
    page.until("ticks.length === 10");
    leave(room);
    tick(room, 9, 12);
    page.eval("socket.reconnect()");
    page.until("ticks.length === 14");
    assertEquals("[false,1,2,3,4,5,true,6,7,8,false,10,11,12]", json("ticks"));
  }

  private void leave(Room room) {
    room.members().forEach(member -> member.close(CloseStatus.of(1001)));
    page.until("socket.state === 'waiting'");
  }

  @Test
  void whatIsNoObjectComesOnceToo() throws Exception {
    Room room = room(100);
    try (CuttingProxy proxy = new CuttingProxy(app.port(), List.of(500, 700))) {
      page.eval(
          """
          seen = [];
          socket = connect("ws://127.0.0.1:%d/ticks", quick);
          socket.on("message", message => seen.push(message));
          0\
          """
              .formatted(proxy.port()));
      for (int n = 0; n < 100; n++) {
        room.send("text " + n);
      }
      page.until("seen.length >= 100");
    }
    assertEquals("true", json("seen.every((text, n) => text === `text ${n}`)"));
  }

  @Test
  void whatIsNotNewerThanWhatCameIsDropped() throws InterruptedException {
    Counterpart server = connected("{}");
    server.say("{\"type\":\"@joined\",\"room\":\"r\",\"@position\":\"e.0\",\"resumed\":false}");
    server.say("{\"type\":\"tick\",\"n\":1,\"@position\":\"e.1\"}");
    server.say("{\"type\":\"tick\",\"n\":1,\"@position\":\"e.1\"}");
    server.say("{\"type\":\"@position\",\"@position\":\"e.2\"}");
    server.say("two");
    server.say("{\"type\":\"@position\",\"@position\":\"e.2\"}");
    server.say("two");
    server.say("{\"type\":\"tick\",\"n\":1,\"@position\":\"e.1\"}");
    server.say("{\"type\":\"position\",\"x\":3,\"@position\":\"e.3\"}");
    server.say("unnumbered");
    page.until("seen.at(-1) === 'unnumbered'");
    assertEquals(
        "[\"@joined\",\"tick\",\"two\",\"position\",\"unnumbered\"]",
        json("seen.map(message => message.type ?? message)"));
  }

  @Test
  void itTellsItsPlaceInEveryRoom() throws InterruptedException {
    Counterpart server = connected("quick");
    assertEquals(List.of(), server.resumes());
    server.say("{\"type\":\"@joined\",\"room\":\"a\",\"@position\":\"aa.0\",\"resumed\":false}");
    server.say("{\"type\":\"@joined\",\"room\":\"b\",\"@position\":\"bb.6\",\"resumed\":false}");
    server.say("{\"type\":\"tick\",\"@position\":\"aa.1\"}");
    server.say("{\"type\":\"@position\",\"@position\":\"bb.7\"}");
    page.until("seen.length === 3");
    server.close(1001);
    Counterpart next = counterparts.next();
    assertEquals(List.of("bb.6", "aa.1"), next.resumes(), "the message at bb.7 never came");

    next.say("{\"type\":\"@joined\",\"room\":\"a\",\"@position\":\"aa.1\",\"resumed\":true}");
    next.say("{\"type\":\"@joined\",\"room\":\"b\",\"@position\":\"cc.0\",\"resumed\":false}");
    next.say("\"plain\"");
    page.until("seen.length === 6");
    next.close(1001);
    assertEquals(List.of("aa.1", "cc.0"), counterparts.next().resumes(), "b has another life");
  }
}
