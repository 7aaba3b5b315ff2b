package dev.loomsocket.browser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code /loomsocket.js} does with messages, asks and answers, in a real browser. */
class ScriptMessagesIT extends ScriptFixture {
  @Test
  void listenersGetTheMessagesOfTheirType() throws InterruptedException {
    Counterpart server = connected("{}");
    page.eval(
        """
        lines = [], others = [];
        socket.on("line", line => lines.push(line.text));
        socket.on("message", message => others.push(message));
        0\
        """);
    server.say("{\"type\":\"line\",\"text\":\"a\"}");
    server.say("{\"type\":\"left\"}");
    server.say("{\"no\":\"type\"}");
    server.say("[1,2]");
    server.say("12");
    server.say("{not JSON");
    server.say(new byte[] {1, -1});
    page.until("seen.length === 7");
    assertEquals("[\"a\"]", json("lines"));
    assertEquals(
        "[{\"no\":\"type\"},[1,2],\"12\",\"{not JSON\",[1,255]]",
        json("others.map(o => o instanceof ArrayBuffer ? [...new Uint8Array(o)] : o)"));
    assertEquals(List.of(), page.problems());
  }

  @Test
  void aListenerThatStoppedOrThrowsDisturbsNobody() throws InterruptedException {
    Counterpart server = connected("{}");
    page.eval(
        """
        lines = [];
        socket.on("line", () => { throw new Error("mine"); });
        const stop = socket.on("line", () => lines.push("stopped"));
        socket.on("line", () => lines.push("listening"));
        stop()\
        """);
    server.say("{\"type\":\"line\"}");
    page.until("seen.length === 1");
    assertEquals("[\"listening\"]", json("lines"));
    assertEquals(1, page.problems().size(), "the exception is told as any other of the page");
  }

  @Test
  void objectsGoOutAsJsonAndDataAsItIs() throws InterruptedException {
    Counterpart server = connected("{}");
    page.eval(
        """
        socket.send({ type: "line", text: "grüße" });
        socket.send("text");
        socket.send(new Uint8Array([1, 2]));
        socket.send(new Uint8Array([3, 4]).buffer);
        socket.send(new Blob(["5"]));\
        """);
    assertEquals("{\"type\":\"line\",\"text\":\"grüße\"}", server.hear());
    assertEquals("text", server.hear());
    assertArrayEquals(new byte[] {1, 2}, (byte[]) server.hear());
    assertArrayEquals(new byte[] {3, 4}, (byte[]) server.hear());
    assertArrayEquals(new byte[] {'5'}, (byte[]) server.hear());
  }

  @Test
  void anAskPromisesTheAnswer() throws InterruptedException {
    Counterpart server = connected("{}");
    page.eval(
        """
        first = socket.ask({ type: "sum", of: [1, 2] });
        second = socket.ask({ type: "product", of: [3, 4] });
        0\
        """);
    assertEquals("{\"type\":\"sum\",\"of\":[1,2],\"@ask\":\"1\"}", server.hear());
    assertEquals("{\"type\":\"product\",\"of\":[3,4],\"@ask\":\"2\"}", server.hear());
    server.say("{\"@answer\":\"2\",\"value\":12}");
    server.say("{\"@answer\":\"1\",\"value\":null}");
    server.say("{\"type\":\"guess\",\"@answer\":\"1\"}");
    assertEquals("[null,12]", json("Promise.all([first, second])"));
    page.until("seen.length === 1"); // what has a type is a message, whatever else it has
  }

  @Test
  void anAskThatFailsSaysWhy() throws InterruptedException {
    Counterpart server = connected("quick");
    page.eval("answer = socket.ask({ type: 'open' }).catch(e => e.code + ': ' + e.message); 0");
    server.hear();
    server.say("{\"@answer\":\"1\",\"error\":{\"code\":\"locked\",\"message\":\"no key\"}}");
    assertEquals("\"locked: no key\"", json("answer"));

    assertEquals("\"timeout\"", json("socket.ask({}, 1).catch(e => e.code)"));

    page.eval("answer = socket.ask({}).catch(e => e.code); 0");
    server.close(1011);
    assertEquals("\"lost\"", json("answer"));

    counterparts.next();
    page.eval("answer = socket.ask({}).catch(e => e.code); socket.close()");
    assertEquals("\"closed\"", json("answer"));
    assertEquals("\"closed\"", json("socket.ask({}).catch(e => e.code)"));
    assertEquals(
        "\"closed\"", json("(() => { try { socket.send('x') } catch (e) { return e.code } })()"));
  }

  @Test
  void theServersAsksAreAnswered() throws InterruptedException {
    Counterpart server = connected("{}");
    page.eval(
        """
        socket.onAsk("double", ({ n }) => 2 * n);
        socket.onAsk("later", async ({ n }) => n);
        socket.onAsk("nothing", () => {});
        socket.onAsk("refused", () => { throw Object.assign(new Error("not now"), { code: "busy" }); });
        socket.onAsk("broken", () => { throw "up"; });
        0\
        """);
    server.say("{\"type\":\"double\",\"n\":21,\"@ask\":\"a\"}");
    assertEquals("{\"@answer\":\"a\",\"value\":42}", server.hear());
    server.say("{\"type\":\"later\",\"n\":7,\"@ask\":\"b\"}");
    assertEquals("{\"@answer\":\"b\",\"value\":7}", server.hear());
    server.say("{\"type\":\"nothing\",\"@ask\":\"c\"}");
    assertEquals("{\"@answer\":\"c\",\"value\":null}", server.hear());
    server.say("{\"type\":\"refused\",\"@ask\":\"d\"}");
    assertEquals(
        "{\"@answer\":\"d\",\"error\":{\"code\":\"busy\",\"message\":\"not now\"}}", server.hear());
    server.say("{\"type\":\"broken\",\"@ask\":\"e\"}");
    assertEquals(
        "{\"@answer\":\"e\",\"error\":{\"code\":\"failed\",\"message\":\"up\"}}", server.hear());
    server.say("{\"type\":\"unknown\",\"@ask\":\"f\"}");
    assertEquals(
        "{\"@answer\":\"f\",\"error\":{\"code\":\"unknown-type\",\"message\":\"nobody answers \\\"unknown\\\"\"}}",
        server.hear());
    assertEquals("[]", json("seen"));
  }

  record Confirm(String text) {}

  @Test
  void aSessionAsksThePage() throws InterruptedException {
    Counterpart server = connected("{}");
    page.eval("socket.onAsk('confirm', ({ text }) => text === 'Really?'); 0");
    assertTrue(server.ask(new Confirm("Really?"), boolean.class));
    assertFalse(server.ask(new Confirm("Perhaps?"), boolean.class));
  }

  @Test
  void whatIsSentWithoutAConnectionWaitsForOneInOrder() throws InterruptedException {
    Counterpart server = connected("quick");
    page.eval(
        """
        socket.onState(state => { if (state === "open" && states.length > 2) socket.send("greeting"); });
        socket.onState(state => { if (state === "waiting") for (const text of ["a", "b"]) socket.send(text); });
        socket.onState(state => { if (state === "connecting") socket.send("c"); });
        0\
        """);
    server.close(1001);
    Counterpart next = counterparts.next();
    assertEquals("greeting", next.hear());
    assertEquals("a", next.hear());
    assertEquals("b", next.hear());
    assertEquals("c", next.hear());
  }

  @Test
  void whatWaitsIsBounded() throws InterruptedException {
    Counterpart server = connected("{ ...quick, queueLimit: 2 }");
    page.eval(
        """
        outcomes = [];
        socket.onState(state => {
          if (state !== "waiting") return;
          for (let i = 0; i < 3; i++) {
            try { socket.send(String(i)); outcomes.push("taken"); } catch (e) { outcomes.push(e.code); }
          }
          socket.ask({}).catch(e => outcomes.push(e.code));
        });
        0\
        """);
    server.close(1001);
    Counterpart next = counterparts.next();
    assertEquals("0", next.hear());
    assertEquals("1", next.hear());
    assertEquals("[\"taken\",\"taken\",\"queue-full\",\"queue-full\"]", json("outcomes"));
  }

  @Test
  void anAskThatTimesOutWhileItWaitsIsNotSent() throws InterruptedException {
    Counterpart server = connected("{ firstDelay: 1e6, longestDelay: 1e6 }");
    page.eval("Math.random = () => 1");
    server.close(1001);
    page.until("socket.state === 'waiting'");
    assertEquals("\"timeout\"", json("socket.ask({ type: 'old' }, 1).catch(e => e.code)"));
    page.eval("answer = socket.ask({ type: 'new' }); socket.reconnect()");
    Counterpart next = counterparts.next();
    assertEquals("{\"type\":\"new\",\"@ask\":\"2\"}", next.hear());
    next.say("{\"@answer\":\"2\",\"value\":\"yes\"}");
    assertEquals("\"yes\"", json("answer"));
  }
}
