package dev.loomsocket.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code /loomsocket.js} loses connections and finds new ones, in a real browser. */
class ScriptConnectionIT extends ScriptFixture {
  /** A wait that only something else than time can end. */
  private static final String LONG = "{ firstDelay: 1e6, longestDelay: 1e6 }";

  @Test
  void eachStateIsTold() throws InterruptedException {
    Counterpart server = connected("quick");
    server.close(1013);
    counterparts.next();
    page.until("socket.state === 'open'");
    page.eval("socket.close(4001, 'enough')");
    assertEquals(
        "[\"connecting\",\"open\",\"waiting\",\"connecting\",\"open\",\"closed\"]",
        json("states.map(s => s.state)"));
    assertEquals("1013", json("states[2].code"));
    assertTrue(page.eval("states[2].delay >= 0 && states[2].delay <= 5").asBoolean());
    assertEquals("{\"state\":\"closed\",\"code\":4001,\"reason\":\"enough\"}", json("states[5]"));
    assertEquals("4001", json("new Promise(told => socket.onState((s, { code }) => told(code)))"));
  }

  @Test
  void theServerLearnsOfTheEnd() throws InterruptedException {
    Counterpart server = connected("{}");
    page.eval("socket.close()");
    assertEquals(1000, server.closedWith());
    Counterpart another = connected("{}");
    page.eval("socket.close(4002)");
    assertEquals(4002, another.closedWith());
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1008, 4000, 4999})
  void thereIsNoNewTryAfterACodeThatForbidsIt(int code) throws InterruptedException {
    connected("quick").close(code);
    page.until("socket.state === 'closed'");
    assertEquals(String.valueOf(code), json("states.at(-1).code"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 1009, 1011, 1012, 1013, 3000})
  void thereIsANewTryAfterAnyOther(int code) throws InterruptedException {
    connected("quick").close(code);
    counterparts.next();
  }

  @Test
  void thePageMayDecideOtherwise() throws InterruptedException {
    Counterpart server =
        connected("{ ...quick, retry: (code, reason, failures) => code === 4000 && failures < 1 }");
    server.close(4000);
    counterparts.next().close(4000);
    page.until("socket.state === 'closed'");
  }

  @Test
  void theDelayDoublesUpToALimitAndIsRandom() {
    page.eval("Math.random = () => 1");
    connectToNobody("{ firstDelay: 1, longestDelay: 10 }");
    page.until("delays.length > 5");
    assertEquals("[1,2,4,8,10,10]", json("delays.slice(0, 6)"));
    page.eval("socket.close(); Math.random = () => .5");
    connectToNobody("{ firstDelay: 8, longestDelay: 100 }");
    page.until("delays.length > 1");
    assertEquals("[4,8]", json("delays.slice(0, 2)"));
    page.eval("socket.close()");
  }

  /** Port 9 is forbidden to pages: every try fails. */
  private void connectToNobody(String options) {
    page.eval(
        """
        delays = [];
        socket = connect("ws://127.0.0.1:9/", %s);
        socket.onState((state, { delay }) => { if (state === "waiting") delays.push(delay); });
        0\
        """
            .formatted(options));
  }

  @Test
  void aConnectionThatWasOpenForLongEndsTheDoubling() throws InterruptedException {
    page.eval("Math.random = () => 1");
    connected("{ firstDelay: 1, stableAfter: 1e6 }").close(1001);
    counterparts.next().close(1001);
    counterparts.next();
    page.until("socket.state === 'open'");
    assertEquals("[1,2]", json("states.map(s => s.delay).filter(d => d)"));
    page.eval("socket.close()");
    connected("{ firstDelay: 1, stableAfter: 0 }").close(1001);
    counterparts.next().close(1001);
    counterparts.next();
    page.until("socket.state === 'open'");
    assertEquals("[1,1]", json("states.map(s => s.delay).filter(d => d)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"online", "pageshow", "visibilitychange"})
  void whatPromisesAConnectionEndsTheWaiting(String event) throws InterruptedException {
    Counterpart server = connected(LONG);
    server.close(1001);
    page.until("socket.state === 'waiting'");
    page.eval("dispatchEvent(new Event(%s))".formatted(Page.quoted(event)));
    counterparts.next();
  }

  @Test
  void aClosedOneListensToNothingAnyMore() throws InterruptedException {
    connected("{}");
    page.eval("socket.close(); dispatchEvent(new Event('online')); socket.reconnect()");
    assertEquals("\"closed\"", json("socket.state"));
  }

  @Test
  void aConnectionThatSeemsDeadCanBeGivenUp() throws InterruptedException {
    Counterpart dead = connected(LONG);
    page.eval("answer = socket.ask({}).catch(e => e.code); socket.reconnect()");
    assertEquals("\"lost\"", json("answer"));
    Counterpart next = counterparts.next();
    dead.closedWith();
    page.until("socket.state === 'open'");
    next.say("{\"type\":\"here\"}");
    page.until("seen.length === 1");
  }

  @Test
  void anOpeningHandshakeThatTakesTooLongIsATryThatFailed() throws InterruptedException {
    page.eval("tokens = [new Promise(() => {}), 'late']");
    connect("{ ...quick, openWithin: 200, token: () => tokens.shift() }");
    assertEquals(Optional.of("late"), counterparts.next().token());
    assertEquals("\"no connection in time\"", json("states[1].reason"));
  }

  @Test
  void aTokenGoesOutAsASubprotocol() throws InterruptedException {
    Counterpart server = connected("{ token: 'abc', protocols: ['v1'] }");
    assertEquals(Optional.of("abc"), server.token());
    assertTrue(server.subprotocols().contains("v1"));
    page.eval("socket.close(); tokens = ['first', 'second']");
    Counterpart first = connected("{ ...quick, token: async () => tokens.shift() }");
    assertEquals(Optional.of("first"), first.token());
    first.close(1001);
    assertEquals(Optional.of("second"), counterparts.next().token());
  }

  @Test
  void aTokenThatCannotBeHadIsATryThatFailed() throws InterruptedException {
    page.eval("tokens = [Promise.reject('asleep'), 'awake']");
    connect("{ ...quick, token: () => tokens.shift() }");
    assertEquals(Optional.of("awake"), counterparts.next().token());
    assertEquals("\"no token: asleep\"", json("states[1].reason"));
  }

  @Test
  void whoClosesWhileATokenIsFetchedIsNotConnected() {
    connect("{ token: () => new Promise(now => give = now) }");
    page.eval("socket.close(); WebSocket = function () { opened = true; }; give('late')");
    assertEquals(
        "\"undefined\"", json("new Promise(r => setTimeout(r)).then(() => typeof opened)"));
  }
}
