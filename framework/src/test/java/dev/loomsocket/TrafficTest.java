package dev.loomsocket;

import static dev.loomsocket.RawClient.frame;
import static dev.loomsocket.RawClient.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The traffic log over a real connection: what its redactor is shown is what is logged. */
class TrafficTest {
  private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();

  @WebSocketEndpoint(value = "/logged", logTraffic = true)
  static class Logged {
    @OnMessage
    String text(Session session, String text) {
      if (text.equals("quiet")) {
        session.logTraffic(false);
      }
      return text.toUpperCase(Locale.ROOT);
    }
  }

  @WebSocketEndpoint("/unlogged")
  static class Unlogged {
    @OnMessage
    String text(Session session, String text) {
      session.logTraffic(text.equals("loud"));
      return text.toUpperCase(Locale.ROOT);
    }
  }

  @Test
  void everyFrameOfBothDirectionsIsLogged() throws InterruptedException {
    try (RunningApp app = start();
        RawClient client = RawClient.webSocket(app.port(), "/logged")) {
      client.send(frame(0x01, "he".getBytes(UTF_8)), frame(0x80, "llo".getBytes(UTF_8)));
      assertEquals("HELLO", client.frame().text());
      assertEquals(0xa, client.send(frame(0x89, new byte[] {7})).frame().opcode());
      client.send(RawClient.close(1000));
      assertTrue(client.frame().closeCode() == 1000 && client.isEnded());
      assertShown("\"he\"", "6c 6c 6f", "\"HELLO\"", "07", "07", "1000 \"\"", "1000 \"\"");
    }
  }

  @Test
  void aConnectionMayBeSwitchedOnAndOff() throws InterruptedException {
    try (RunningApp app = start();
        RawClient on = RawClient.webSocket(app.port(), "/unlogged");
        RawClient off = RawClient.webSocket(app.port(), "/logged")) {
      assertEquals("ONE", on.send(text("one")).frame().text());
      assertEquals("LOUD", on.send(text("loud")).frame().text());
      assertShown("\"LOUD\""); // two sessions have no common order
      assertEquals("QUIET", off.send(text("quiet")).frame().text());
      assertEquals("AGAIN", off.send(text("again")).frame().text());
      assertShown("\"quiet\"");
    }
  }

  @Test
  void anIdleLogCostsNoCall() {
    try (RunningApp app = start();
        RawClient client = RawClient.webSocket(app.port(), "/unlogged")) {
      assertEquals("ONE", client.send(text("one")).frame().text());
      assertTrue(shown.stream().noneMatch(Predicate.not(String::isEmpty)));
    }
  }

  /** These and, as far as one can see, no others. */
  private void assertShown(String... payloads) throws InterruptedException {
    for (String payload : payloads) {
      assertEquals(payload, shown.poll(20, TimeUnit.SECONDS));
    }
    assertEquals(List.of(), List.copyOf(shown));
  }

  private RunningApp start() {
    return Loomsocket.app()
        .endpoint(Logged.class)
        .endpoint(Unlogged.class)
        .redactTraffic((session, payload) -> {
          shown.add(payload);
          return "(not in the test's output)";
        })
        .port(0)
        .start();
  }
}
