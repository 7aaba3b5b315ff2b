package dev.loomsocket.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TestAppTest {
  private final Talk.Log log = new Talk.Log();

  @Test
  void everyAppHasAPortOfItsOwn() {
    try (TestApp one = TestApp.start(Talk.app(log).port(8080));
        TestApp other = TestApp.start(Talk.app(log))) {
      assertTrue(one.port() != other.port());
      assertEquals(one.running().uri(), one.uri());
      assertEquals("hello", one.connect("/talk").send("hello").expect(String.class));
    }
  }

  @Test
  void anAppOnEveryAddressIsReachedToo() {
    try (TestApp app = TestApp.start(Talk.app(log).host("0.0.0.0"))) {
      assertEquals("hello", app.connect("/talk").send("hello").expect(String.class));
    }
  }

  @Test
  void aRefusalTellsItsStatus() {
    try (TestApp app = TestApp.start(Talk.app(log))) {
      assertEquals(401, app.connectRefused("/talk?as=nobody"));
      assertEquals(403, app.connectRefused("/talk?as=guest"));
      assertEquals(404, app.connectRefused("/nowhere"));
      app.connect("/talk?as=guest", "Cookie: id=7").close();
    }
  }

  @Test
  void aHandshakeThatIsAnsweredOtherwiseFails() {
    try (TestApp app = TestApp.start(Talk.app(log))) {
      var refused = assertThrows(AssertionError.class, () -> app.connect("/talk?as=nobody"));
      assertEquals(
          "expected that /talk?as=nobody is a WebSocket, but it was refused: 401 who are you?",
          refused.getMessage());
      var accepted = assertThrows(AssertionError.class, () -> app.connectRefused("/talk"));
      assertEquals("expected that /talk is refused, but it was accepted", accepted.getMessage());
    }
  }

  @Test
  void whatIsLeftOpenEndsWithIt() throws InterruptedException {
    TestClient client;
    try (TestApp app = TestApp.start(Talk.app(log)).patience(Duration.ofSeconds(20))) {
      client = app.connect("/talk");
      app.connectTroublesome("/talk");
      app.connectSilent();
    }
    assertEquals(1001, client.expectClose().code());
    client.close();
    log.ends().take();
    log.ends().take();
  }

  @Test
  @Timeout(60)
  void patienceOfLessThanAMillisecondIsNotForEver() {
    try (TestApp app = TestApp.start(Talk.app(log)).patience(Duration.ofNanos(1))) {
      TroublesomePeer peer = app.connectTroublesome("/talk");
      assertThrows(AssertionError.class, peer::expectText);
    }
  }

  @Test
  void afterTheEndThereIsNothingToConnectTo() {
    TestApp app = TestApp.start(Talk.app(log));
    app.close();
    assertThrows(UncheckedIOException.class, () -> app.connect("/talk"));
  }
}
