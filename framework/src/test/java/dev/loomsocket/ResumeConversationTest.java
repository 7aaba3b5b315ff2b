package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.net.Doing;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that loses its connection again and again, and its place never. */
@Timeout(120)
class ResumeConversationTest {
  private static final int MESSAGES = 10_000;
  private static final int KILLS = 100;
  private static final int HISTORY = 2_000;
  private static final Pattern FORM =
      Pattern.compile(
          "\\{(?:\"type\":\"@joined\",\"room\":\"flow\"|\"number\":([0-9]+)),"
              + "\"@position\":\"([0-9a-z]{12})\\.([0-9]+)\"(?:,\"resumed\":(true|false))?\\}");

  record Tick(int number) {}

  @WebSocketEndpoint("/flow")
  static class Flow {
    @OnOpen
    void open(Session session) {
      session.join("flow");
    }
  }

  private static App app() {
    App app = Loomsocket.app().endpoint(Flow.class).port(0);
    app.room("flow").history(HISTORY, Duration.ofHours(1));
    return app;
  }

  /** What the client has. */
  private final Random random = new Random(5);

  private String epoch = "";
  private int seen;

  @Test
  void afterAHundredLostConnectionsEveryMessageIsThereOnceAndInOrder() throws Exception {
    try (RunningApp app = app().start()) {
      Semaphore ahead = new Semaphore(HISTORY / 2); // of the client, but not too far
      Doing sending =
          Doing.start(() -> {
            for (int i = 1; i <= MESSAGES; i++) {
              ahead.acquire();
              app.room("flow").send(new Tick(i));
            }
          });
      for (int kill = 0; kill < KILLS; kill++) {
        if (kill % 3 == 0) {
          connect(app, "").reset(); // before anything is read
        }
        int before = seen;
        try (RawClient client = connect(app, "?resume=" + epoch + "." + seen)) {
          client.head();
          read(client, seen + random.nextInt(MESSAGES / KILLS - 20), ahead);
          client.read(random.nextInt(2)); // perhaps within a frame
          client.reset();
        }
        assertTrue(seen >= before);
      }
      try (RawClient client = connect(app, "?resume=" + epoch + "." + seen)) {
        client.head();
        read(client, MESSAGES, ahead);
      }
      sending.await();
      assertEquals(MESSAGES, seen);
    }
  }

  @Test
  void afterARestartTheClientIsToldThatItsPlaceIsGone() {
    try (RunningApp app = app().start()) {
      app.room("flow").send(new Tick(1));
      try (RawClient client = RawClient.webSocket(app.port(), "/flow")) {
        assertEquals("false", joined(client));
        assertEquals("1", form(client).group(1));
      }
    }
    String old = epoch;
    try (RunningApp app = app().start();
        RawClient client = RawClient.webSocket(app.port(), "/flow?resume=" + old + ".1")) {
      assertEquals("false", joined(client));
      assertNotEquals(old, epoch);
      app.room("flow").send(new Tick(7));
      assertEquals("7", form(client).group(1));
    }
  }

  private static RawClient connect(RunningApp app, String query) {
    return RawClient.connect(app.port()).send(RawClient.handshake("/flow" + query));
  }

  /** Reads up to that number; each message must be the one behind the last. */
  private void read(RawClient client, int last, Semaphore ahead) {
    boolean first = epoch.isEmpty();
    assertEquals(first ? "false" : "true", joined(client));
    while (seen < last) {
      Matcher message = form(client);
      assertEquals(Integer.toString(seen + 1), message.group(1));
      assertEquals(message.group(1), message.group(3));
      assertEquals(epoch, message.group(2));
      seen++;
      ahead.release();
    }
  }

  /** Whether it has been resumed. */
  private String joined(RawClient client) {
    Matcher joined = form(client);
    epoch = joined.group(2);
    assertEquals(Integer.toString(seen), joined.group(3));
    return joined.group(4);
  }

  private static Matcher form(RawClient client) {
    String text = client.frame().text();
    Matcher form = FORM.matcher(text);
    assertTrue(form.matches(), text);
    return form;
  }
}
