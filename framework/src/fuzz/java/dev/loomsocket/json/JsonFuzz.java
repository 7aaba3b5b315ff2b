package dev.loomsocket.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.fuzz.Input;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Fuzzes the JSON decoder: a value, or a JsonException that quotes nothing; and a value that was
 * written reads back as itself.
 */
public final class JsonFuzz {
  /** The types' own names and no others: the keys of a map stay with the text. */
  private static final String NAME =
      "(text|number|big|real|flag|kind|id|at|points|counts|maybe|bytes|x|name|more|r|a|[*])";

  private static final String STEP = "(" + NAME + "|\\[\\d+\\])";
  private static final Pattern SENTENCE =
      Pattern.compile(
          "[a-zA-Z ]+( at \"" + STEP + "([.]?" + STEP + ")*\")?( \\(line \\d+, column \\d+\\))?");

  /** Of each kind of property one. */
  record Everything(
      String text,
      int number,
      Long big,
      double real,
      boolean flag,
      Kind kind,
      UUID id,
      Instant at,
      List<Point> points,
      Map<String, Integer> counts,
      Optional<String> maybe,
      byte[] bytes) {}

  enum Kind {
    ONE,
    TWO
  }

  /** A record that equals itself when it is read back. */
  record Point(int x, String name, List<Point> more) {}

  /** A closed choice. */
  sealed interface Shape {
    record Circle(int r) implements Shape {}

    record Square(int a) implements Shape {}
  }

  private static final List<JsonDecoder> DECODERS =
      List.of(
          Json.decoder(Everything.class),
          Json.decoder(JsonNode.class),
          Json.decoder(Map.class),
          Json.decoder(int[].class),
          Json.decoder(Kind.class));

  private static final JsonDecoder POINT = Json.decoder(Point.class);
  private static final JsonRoutes SHAPES =
      Json.routes(Map.of("circle", Shape.Circle.class, "square", Shape.Square.class));

  private JsonFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Input input = new Input(bytes);
    boolean utf8 = input.flip();
    String text = utf8 ? new String(input.rest(), StandardCharsets.UTF_8) : input.restAsText();
    for (JsonDecoder decoder : DECODERS) {
      decode(decoder, text);
    }
    decode(POINT, text).ifPresent(JsonFuzz::readBack);
    route(text);
    answer(text);
  }

  /** Any text may come where an answer is awaited, or ask. */
  private static void answer(String text) {
    assertTrue(Json.ask(text).isEmpty() || text.contains("\"@ask\""));
    JsonAnswer.of(text)
        .ifPresent(answer -> {
          try {
            answer.failure();
            answer.value(Point.class);
          } catch (JsonException e) {
            assertTrue(SENTENCE.matcher(e.getMessage()).matches(), e.getMessage());
          }
        });
  }

  private static Optional<Object> decode(JsonDecoder decoder, String text) {
    try {
      return Optional.of(decoder.decode(text));
    } catch (JsonException e) {
      assertTrue(SENTENCE.matcher(e.getMessage()).matches(), e.getMessage());
      return Optional.empty();
    }
  }

  private static void readBack(Object point) {
    String written = new String(Json.bytes(point), StandardCharsets.UTF_8);
    assertEquals(point, POINT.decode(written), written);
  }

  private static void route(String text) {
    try {
      switch (SHAPES.decode(text)) {
        case JsonRoutes.Decoded decoded -> assertTrue(decoded.value() instanceof Shape);
        case JsonRoutes.NotJson no ->
            assertTrue(SENTENCE.matcher(no.why().getMessage()).matches(), no.why()::getMessage);
        case JsonRoutes.NoType no -> {}
        case JsonRoutes.UnknownType unknown -> {}
      }
    } catch (JsonException e) {
      assertTrue(SENTENCE.matcher(e.getMessage()).matches(), e.getMessage());
    }
  }
}
