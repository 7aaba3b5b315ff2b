package dev.loomsocket.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JsonDecoderTest {
  private record Line(String user, String text) {}

  private record Point(int x, int y, LocalDate on, List<Line> lines, Map<String, Double> extra) {}

  private record Picky(String name) {
    Picky {
      if (name.isBlank()) {
        throw new IllegalArgumentException("secret reason");
      }
    }
  }

  interface Open {}

  @SuppressWarnings("unused")
  private static List<Line> lines;

  private static String refusal(Type type, String text) {
    var e = assertThrows(JsonException.class, () -> Json.decoder(type).decode(text));
    assertEquals(0, e.getStackTrace().length);
    return e.getMessage();
  }

  @Test
  void recordsMapsNodesAndGenericListsAreRead() throws Exception {
    assertEquals(
        new Line("Ann", "hi"),
        Json.decoder(Line.class).decode("{\"text\":\"hi\",\"user\":\"Ann\"}"));
    assertEquals(Map.of("a", 1), Json.decoder(Map.class).decode("{\"a\":1}"));
    assertInstanceOf(JsonNode.class, Json.decoder(JsonNode.class).decode("[1]"));
    Type listOfLines = JsonDecoderTest.class.getDeclaredField("lines").getGenericType();
    assertEquals(
        List.of(new Line("a", null)), Json.decoder(listOfLines).decode("[{\"user\":\"a\"}]"));
  }

  @Test
  void unknownPropertiesAreIgnored() {
    assertEquals(
        new Line("Ann", null), Json.decoder(Line.class).decode("{\"user\":\"Ann\",\"x\":[{}]}"));
  }

  @JsonIgnoreProperties("secret")
  private record Discreet(String name, String secret) {}

  /** Takes what it does not know. */
  private static final class Curious {
    private final Map<String, Object> properties = new HashMap<>();

    @JsonAnySetter
    void property(String name, Object value) {
      properties.put(name, value);
    }
  }

  /** Whose creator makes what it likes. */
  private static class Animal {
    @JsonCreator
    static Animal of(@JsonProperty("kind") String kind) {
      return kind.equals("dog") ? new Dog() : new Animal();
    }
  }

  private static final class Dog extends Animal {
    @JsonProperty private String trick;
  }

  @Test
  void whatACreatorMakesGetsItsOwnProperties() {
    Dog dog =
        (Dog) Json.decoder(Animal.class).decode("{\"trick\":\"roll\",\"x\":1,\"kind\":\"dog\"}");
    assertEquals("roll", dog.trick);
  }

  @Test
  void whatAClassSaysOfItsPropertiesCounts() {
    String text = "{\"name\":\"Ann\",\"secret\":\"x\",\"other\":{\"y\":1}}";
    assertEquals(new Discreet("Ann", null), Json.decoder(Discreet.class).decode(text));
    Curious curious = (Curious) Json.decoder(Curious.class).decode(text);
    assertEquals(Map.of("name", "Ann", "secret", "x", "other", Map.of("y", 1)), curious.properties);
  }

  @Test
  void whatIsNotJsonIsRefusedWithItsPlace() {
    assertEquals("this is not JSON (line 1, column 3)", refusal(Line.class, "{ hello"));
    assertEquals("this is not JSON (line 2, column 3)", refusal(Line.class, "{\"user\":\n  'x'}"));
  }

  @Test
  void aTextThatStopsInTheMiddleIsRefused() {
    assertEquals("the JSON ends too early (line 1, column 9)", refusal(Line.class, "{\"user\":"));
  }

  @Test
  void jsonOfAnotherFormIsRefusedWithItsPlaceAndWithoutItsValue() {
    assertEquals(
        "the JSON does not have the expected form at \"x\" (line 1, column 6)",
        refusal(Point.class, "{\"x\":\"secret\"}"));
    assertEquals(
        "the JSON does not have the expected form at \"lines[1].user\" (line 1, column 31)",
        refusal(Point.class, "{\"lines\":[{\"user\":\"\"},{\"user\":[1]}]}"));
    assertEquals(
        "the JSON does not have the expected form (line 1, column 1)", refusal(Line.class, "[1]"));
    assertEquals("the JSON does not have the expected form", refusal(Line.class, ""));
    assertEquals(
        "the JSON does not have the expected form (line 1, column 4)",
        refusal(Line.class, "{} {}"));
  }

  @Test
  void theKeysOfAMapAreTheTextsOwnAndNotRepeated() {
    assertEquals(
        "the JSON does not have the expected form at \"extra.*\" (line 1, column 20)",
        refusal(Point.class, "{\"extra\":{\"secret\":\"secret\"}}"));
  }

  @Test
  void aPathThatIsTooLongIsLeftOut() {
    String text = "{\"next\":".repeat(30) + "1" + "}".repeat(30);
    String message = refusal(Chain.class, text);
    assertTrue(message.startsWith("the JSON does not have the expected form (line"), message);
  }

  private record Chain(Chain next) {}

  @Test
  void aRecordThatRefusesItsValuesIsABadMessageAndItsReasonStaysInside() {
    String message = refusal(Picky.class, "{\"name\":\" \"}");
    assertTrue(message.startsWith("the JSON does not have the expected form"), message);
    assertFalse(message.contains("secret"));
  }

  @Test
  void theTextNullIsRefused() {
    assertEquals("the JSON is null where a value is expected", refusal(Line.class, "null"));
  }

  @Test
  void tooDeepNestingIsRefused() {
    String message = refusal(JsonNode.class, "[".repeat(100_000));
    assertTrue(
        message.startsWith("the JSON is nested too deep or has too long a number or name"),
        message);
  }

  @Test
  void aTypeThatNoJsonCanBecomeIsTheProgramsMistake() {
    var e = assertThrows(IllegalStateException.class, () -> Json.decoder(Open.class).decode("{}"));
    assertTrue(
        e.getMessage().startsWith(Open.class.getName() + " cannot be read from JSON: "),
        e.getMessage());
  }

  @Test
  void garbageGivesAValueOrTheDocumentedExceptionThatIsShortAndRepeatsNothing() {
    Random random = new Random(20_260_101);
    Type[] types = {Point.class, JsonNode.class, Map.class, Line.class};
    JsonDecoder[] decoders = new JsonDecoder[types.length];
    for (int i = 0; i < types.length; i++) {
      decoders[i] = Json.decoder(types[i]);
    }
    int refused = 0;
    for (int i = 0; i < 200_000; i++) {
      String text = garbage(random);
      try {
        decoders[i % decoders.length].decode(text);
      } catch (JsonException e) {
        refused++;
        assertTrue(e.getMessage().length() < 120, e.getMessage());
        assertFalse(e.getMessage().contains("payload"), e.getMessage());
      }
    }
    assertTrue(refused > 1_000 && refused < 199_000, "refused " + refused);
  }

  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"x\"",
    "\"payload\"",
    "\"lines\"",
    "\"user\"",
    "\"on\"",
    "null",
    "true",
    "1e999",
    "-0",
    "12345678901234567890",
    "\"2026-01-01\"",
    "\"\\ud800\"",
    "\\",
    "\u0000",
    "\ud83d",
    "é",
    " ",
    "\n",
    "payload"
  };

  private static final String VALID =
      "{\"x\":1,\"y\":-2,\"on\":\"2026-01-01\",\"lines\":[{\"user\":\"payload\"}],\"extra\":{\"payload\":1.5}}";

  /** Random pieces of JSON, or a valid text with a few characters changed. */
  private static String garbage(Random random) {
    StringBuilder text = new StringBuilder();
    if (random.nextBoolean()) {
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      return text.toString();
    }
    text.append(VALID);
    for (int n = random.nextInt(3); n > 0; n--) {
      int at = random.nextInt(text.length());
      text.replace(at, at + 1, PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
