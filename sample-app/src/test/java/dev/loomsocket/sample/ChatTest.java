package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.RunningApp;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ChatTest {
  private RunningApp app;

  @BeforeEach
  void start() {
    app = Main.app().port(0).start();
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void whoJoinsIsToldWhoIsHereAndWhatWasSaid() throws InterruptedException {
    Visitor ann = join("lobby", "Ann");
    assertEquals(List.of("Ann"), strings(ann.next("welcome").path("people")));
    ann.say("1", "first");
    ann.say("2", "second");
    ann.next("line");
    ann.next("line");

    JsonNode welcome = join("lobby", "Bob").next("welcome");
    assertEquals(List.of("Ann", "Bob"), strings(welcome.path("people")));
    assertEquals(List.of("first", "second"), welcome.path("lines").findValuesAsString("text"));
    assertEquals(List.of("Ann", "Ann"), welcome.path("lines").findValuesAsString("name"));
  }

  @Test
  void aLineReachesEverybodyInTheRoomAndNobodyElsewhere() throws InterruptedException {
    Visitor ann = welcomed("lobby", "Ann");
    Visitor bob = welcomed("lobby", "Bob");
    Visitor eve = welcomed("attic", "Eve");
    ann.next("joined");
    bob.say("1", "hello\nworld");

    for (Visitor visitor : List.of(ann, bob)) {
      JsonNode line = visitor.next("line");
      assertEquals("1", line.path("id").asString());
      assertEquals("Bob", line.path("name").asString());
      assertEquals("hello\nworld", line.path("text").asString());
      Instant.parse(line.path("time").asString());
    }
    eve.say("2", "alone");
    assertEquals("alone", eve.next("line").path("text").asString());
  }

  @Test
  void joiningAndLeavingAreTold() throws InterruptedException {
    Visitor ann = welcomed("lobby", "Ann");
    Visitor bob = welcomed("lobby", "Bob");
    assertEquals("Bob", ann.next("joined").path("name").asString());
    bob.close();
    assertEquals("Bob", ann.next("left").path("name").asString());
  }

  @Test
  void twoTabsOfOneNameAreOnePerson() throws InterruptedException {
    Visitor ann = welcomed("lobby", "Ann");
    Visitor first = welcomed("lobby", "Bob");
    Visitor second = join("lobby", "Bob");
    assertEquals(List.of("Ann", "Bob"), strings(second.next("welcome").path("people")));
    second.close();
    first.say("1", "still here");
    ann.next("joined");
    ann.next("line");
    first.close();
    ann.next("left");
  }

  @Test
  void theHistoryOfAnEmptyRoomIsKept() throws InterruptedException {
    Visitor ann = welcomed("lobby", "Ann");
    ann.say("1", "I shall be back");
    ann.next("line");
    ann.close();
    assertEquals(
        "I shall be back", join("lobby", "Ann").next("welcome").at("/lines/0/text").asString());
  }

  @Test
  void aLineThatComesTwiceIsSaidOnce() throws InterruptedException {
    Visitor ann = welcomed("lobby", "Ann");
    ann.say("1", "once");
    ann.say("1", "once");
    ann.say("2", "twice");
    assertEquals("once", ann.next("line").path("text").asString());
    assertEquals("twice", ann.next("line").path("text").asString());
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
  void aBadLineIsAnsweredAndTheConnectionStays(String bad) throws InterruptedException {
    Visitor ann = welcomed("lobby", "Ann");
    ann.send(bad);
    ann.next("error");
    ann.say("2", "good");
    ann.next("line");
  }

  @ParameterizedTest
  @CsvSource({
    "lobby,'',400",
    "lobby,' ',400",
    "lobby,a name that is longer than allowed,400",
    "a room,Ann,404"
  })
  void namesAndRoomsAreChecked(String room, String name, int status) {
    var refused = assertThrows(CompletionException.class, () -> join(room, name));
    var cause = assertInstanceOf(WebSocketHandshakeException.class, refused.getCause());
    assertEquals(status, cause.getResponse().statusCode());
  }

  private Visitor welcomed(String room, String name) throws InterruptedException {
    Visitor visitor = join(room, name);
    visitor.next("welcome");
    return visitor;
  }

  private Visitor join(String room, String name) {
    return new Visitor(
        URI.create(
            "ws://127.0.0.1:%d/chat/%s?name=%s"
                .formatted(app.port(), encoded(room), encoded(name))));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static List<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }
}
