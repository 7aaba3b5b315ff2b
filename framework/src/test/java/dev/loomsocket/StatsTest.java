package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.testing.Frames;
import dev.loomsocket.testing.TestApp;
import dev.loomsocket.testing.TestClient;
import dev.loomsocket.testing.TroublesomePeer;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import org.junit.jupiter.api.Test;

class StatsTest {
  /** Answers each message with one, in a frame or in fragments. */
  @WebSocketEndpoint("/echo")
  static final class Echo {
    @OnOpen
    void join(Session session) {
      session.join("everybody");
    }

    @OnMessage
    void text(String message, Session session) throws IOException {
      if (!message.equals("in fragments")) {
        session.send(message);
        return;
      }
      try (Writer out = session.sendText()) {
        out.write("first");
        out.flush();
      }
    }

    @OnMessage
    String stream(InputStream message) throws IOException {
      return String.valueOf(message.readAllBytes().length);
    }
  }

  private final App app = Loomsocket.app().endpoint(Echo.class);

  @Test
  void beforeTheStartThereIsNothing() {
    assertEquals(new Stats(0, 0, 0, 0, 0, 0), app.stats());
  }

  @Test
  void aMessageIsCountedOnceHoweverItTravels() {
    try (TestApp running = TestApp.start(app)) {
      TestClient client = running.connect("/echo");
      assertEquals("one", client.send("one").expect(String.class));
      assertEquals("first", client.send("in fragments").expect(String.class));
      assertEquals("3", client.send(new byte[3]).expect(String.class));
      assertEquals(new Stats(1, 1, 3, 3, 0, 1), app.stats());

      TroublesomePeer peer = running.connectTroublesome("/echo");
      Frames.everyFragmentation("abc")
          .forEach(message -> assertEquals("abc", peer.send(message).expectText()));
      long more = Frames.everyFragmentation("abc").count();
      assertEquals(new Stats(2, 2, 3 + more, 3 + more, 0, 1), running.running().stats());

      app.room("everybody").send("to two members");
      assertEquals(5 + more, app.stats().sent());
    }
  }

  @Test
  void thoseOfEndedSessionsStayCounted() {
    try (TestApp running = TestApp.start(app)) {
      TestClient client = running.connect("/echo");
      client.send("one").expect(String.class);
      client.close();
      Eventually.holds("nobody is connected", () -> app.stats().connections() == 0);
      assertEquals(new Stats(0, 0, 1, 1, 0, 0), app.stats());
    }
  }

  @Test
  void whatASlowClientDoesNotTakeIsQueued() {
    try (TestApp running = TestApp.start(app)) {
      TroublesomePeer slow = running.connectTroublesome("/echo");
      slow.send(Frames.text("here")).expectText();
      while (app.stats().queuedBytes() == 0) { // until the sockets' buffers are full
        app.room("everybody").send("x".repeat(10_000));
      }
      assertEquals(1, app.stats().sessions());
    }
  }
}
