package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;

import ${package}.Chat.Line;
import ${package}.Chat.Say;
import dev.loomsocket.testing.TestApp;
import dev.loomsocket.testing.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guests talk to the running server. */
class ChatTest {
  private TestApp app;

  @BeforeEach
  void start() {
    app = TestApp.start(Main.app());
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void everybodyInTheRoomReadsWhatOneSays() {
    TestClient ann = app.connect("/chat/lobby?name=Ann");
    assertEquals(new Line("", "Ann joined"), ann.expect(Line.class));

    TestClient bob = app.connect("/chat/lobby?name=Bob");
    assertEquals(new Line("", "Bob joined"), ann.expect(Line.class));
    assertEquals(new Line("", "Bob joined"), bob.expect(Line.class));

    bob.send(new Say("hello"));
    assertEquals(new Line("Bob", "hello"), ann.expect(Line.class));
    assertEquals(new Line("Bob", "hello"), bob.expect(Line.class));

    bob.close();
    assertEquals(new Line("", "Bob left"), ann.expect(Line.class));
  }

  @Test
  void whoHasNoNameStaysOutside() {
    assertEquals(400, app.connectRefused("/chat/lobby?name="));
  }
}
