package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.loomsocket.testing.TestApp;
import dev.loomsocket.testing.TestClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  void whoJoinsIsToldWhoIsHereAndWhatWasSaid() {
    TestClient ann = join("lobby", "Ann");
    assertEquals(List.of("Ann"), ann.expect(Event.Welcome.class).people());
    ann.send(new Say("1", "first")).send(new Say("2", "second"));
    ann.expect(Event.Line.class);
    ann.expect(Event.Line.class);

    Event.Welcome welcome = join("lobby", "Bob").expect(Event.Welcome.class);
    assertEquals(List.of("Ann", "Bob"), welcome.people());
    assertEquals(
        List.of("first", "second"), welcome.lines().stream().map(Event.Line::text).toList());
    assertEquals(List.of("Ann", "Ann"), welcome.lines().stream().map(Event.Line::name).toList());
  }

  @Test
  void aLineReachesEverybodyInTheRoomAndNobodyElsewhere() {
    TestClient ann = welcomed("lobby", "Ann");
    TestClient bob = welcomed("lobby", "Bob");
    TestClient eve = welcomed("attic", "Eve");
    ann.expect(Event.Joined.class);
    bob.send(new Say("1", "hello\nworld"));

    for (TestClient visitor : List.of(ann, bob)) {
      Event.Line line = visitor.expect(Event.Line.class);
      assertEquals("1", line.id());
      assertEquals("Bob", line.name());
      assertEquals("hello\nworld", line.text());
      assertNotNull(line.time());
    }
    eve.send(new Say("2", "alone"));
    assertEquals("alone", eve.expect(Event.Line.class).text());
  }

  @Test
  void joiningAndLeavingAreTold() {
    TestClient ann = welcomed("lobby", "Ann");
    TestClient bob = welcomed("lobby", "Bob");
    assertEquals("Bob", ann.expect(Event.Joined.class).name());
    bob.close();
    assertEquals("Bob", ann.expect(Event.Left.class).name());
  }

  @Test
  void twoTabsOfOneNameAreOnePerson() {
    TestClient ann = welcomed("lobby", "Ann");
    TestClient first = welcomed("lobby", "Bob");
    TestClient second = join("lobby", "Bob");
    assertEquals(List.of("Ann", "Bob"), second.expect(Event.Welcome.class).people());
    second.close();
    first.send(new Say("1", "still here"));
    ann.expect(Event.Joined.class);
    ann.expect(Event.Line.class);
    first.close();
    ann.expect(Event.Left.class);
  }

  @Test
  void theHistoryOfAnEmptyRoomIsKept() {
    TestClient ann = welcomed("lobby", "Ann");
    ann.send(new Say("1", "I shall be back")).expect(Event.Line.class);
    ann.close();
    Event.Welcome welcome = join("lobby", "Ann").expect(Event.Welcome.class);
    assertEquals("I shall be back", welcome.lines().getFirst().text());
  }

  @Test
  void aLineThatComesTwiceIsSaidOnce() {
    TestClient ann = welcomed("lobby", "Ann");
    ann.send(new Say("1", "once")).send(new Say("1", "once")).send(new Say("2", "twice"));
    assertEquals("once", ann.expect(Event.Line.class).text());
    assertEquals("twice", ann.expect(Event.Line.class).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "{\"id\":\"1\"}",
        "{\"text\":\"no id\"}",
        "{\"id\":\"1\",\"text\":\" \"}",
        "{\"id\":\"1\",\"text\":\"half a character: \\ud83e\"}",
      })
  void aBadLineIsAnsweredAndTheConnectionStays(String bad) {
    TestClient ann = welcomed("lobby", "Ann");
    ann.send(bad).expect("error", Map.class);
    ann.send(new Say("2", "good")).expect(Event.Line.class);
  }

  @ParameterizedTest
  @CsvSource({
    "lobby,'',400",
    "lobby,' ',400",
    "lobby,a name that is longer than allowed,400",
    "a room,Ann,404"
  })
  void namesAndRoomsAreChecked(String room, String name, int status) {
    assertEquals(status, app.connectRefused(path(room, name)));
  }

  private TestClient welcomed(String room, String name) {
    TestClient visitor = join(room, name);
    visitor.expect(Event.Welcome.class);
    return visitor;
  }

  private TestClient join(String room, String name) {
    return app.connect(path(room, name));
  }

  private static String path(String room, String name) {
    return "/chat/%s?name=%s".formatted(encoded(room), encoded(name));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
