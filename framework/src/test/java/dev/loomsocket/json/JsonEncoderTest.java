package dev.loomsocket.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonEncoderTest {
  record Line(String user, String text) {}

  record Page(Line first, List<Line> others) {}

  record Stop() {}

  record Typed(int n, String type) {}

  record Open(@JsonAnyGetter Map<String, Object> all) {}

  record Around(@JsonUnwrapped Typed inside) {}

  record Word(@JsonValue String word) {}

  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Pair(int a, int b) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  sealed interface Shape permits Circle {}

  record Circle(int r) implements Shape {}

  /** A class as people wrote them before there were records. */
  static class Old {
    public String getText() {
      return "hi";
    }
  }

  static final class Older extends Old {}

  private final JsonEncoder encoder = new JsonEncoder();

  private String json(Object value) {
    return new String(encoder.bytes(value), UTF_8);
  }

  private void name(Class<?> type) {
    encoder.names(Map.of(type, "name"));
  }

  @Test
  void theNameComesFirst() {
    name(Line.class);
    assertEquals(
        "{\"type\":\"name\",\"user\":\"Ann\",\"text\":\"hi\"}", json(new Line("Ann", "hi")));
    name(Old.class);
    assertEquals("{\"type\":\"name\",\"text\":\"hi\"}", json(new Old()));
  }

  @Test
  void anObjectWithoutPropertiesHasOneThen() {
    name(Stop.class);
    assertEquals("{\"type\":\"name\"}", json(new Stop()));
  }

  @Test
  void onlyTheWholeMessageIsNamed() {
    Line line = new Line("Ann", "hi");
    name(Line.class);
    String plain = "{\"user\":\"Ann\",\"text\":\"hi\"}";
    assertEquals("{\"first\":" + plain + ",\"others\":[]}", json(new Page(line, List.of())));
    assertEquals("[" + plain + "]", json(List.of(line)));
    assertEquals("{\"a\":" + plain + "}", json(Map.of("a", line)));
    name(Page.class);
    assertEquals(
        "{\"type\":\"name\",\"first\":null,\"others\":[" + plain + "]}",
        json(new Page(null, List.of(line))));
  }

  @Test
  void aTypeOfItsOwnStays() {
    name(Typed.class);
    assertEquals("{\"n\":1,\"type\":\"mine\"}", json(new Typed(1, "mine")));
    assertEquals("{\"n\":1,\"type\":null}", json(new Typed(1, null)));
  }

  @Test
  void whatMayHaveATypeThatNobodyCanForeseeStaysAsItIs() {
    name(Open.class);
    assertEquals("{\"type\":5}", json(new Open(Map.of("type", 5))));
    name(Around.class);
    assertEquals("{\"n\":1,\"type\":\"mine\"}", json(new Around(new Typed(1, "mine"))));
    name(Circle.class);
    assertEquals("{\"type\":\"JsonEncoderTest$Circle\",\"r\":2}", json(new Circle(2)));
  }

  @Test
  void whatIsNoObjectHasNoName() {
    name(Word.class);
    assertEquals("\"hi\"", json(new Word("hi")));
    name(Pair.class);
    assertEquals("[1,2]", json(new Pair(1, 2)));
  }

  @Test
  void aSubclassIsAnotherClass() {
    name(Old.class);
    assertEquals("{\"text\":\"hi\"}", json(new Older()));
  }

  @Test
  void namesMayComeAfterTheFirstMessage() {
    assertEquals("{}", json(new Stop()));
    name(Stop.class);
    assertEquals("{\"type\":\"name\"}", json(new Stop()));
    encoder.names(Map.of());
    assertEquals("{}", json(new Stop()));
  }

  private String named(Object value) {
    return new String(encoder.named(value), UTF_8);
  }

  @Test
  void whatIsToBeNamedHasTheNameOfItsClassIfItHasNoOther() {
    name(Line.class);
    assertEquals(
        "{\"type\":\"name\",\"user\":\"Ann\",\"text\":\"hi\"}", named(new Line("Ann", "hi")));
    assertEquals("{\"type\":\"stop\"}", named(new Stop()));
    assertEquals("{\"type\":\"old\",\"text\":\"hi\"}", named(new Old()));
    assertEquals("{\"text\":\"hi\"}", json(new Old()));
  }

  @Test
  void whatSaysItselfOrHasNothingToSayIsNotNamed() {
    assertEquals("{\"n\":1,\"type\":\"own\"}", named(new Typed(1, "own")));
    assertEquals("{\"a\":1}", named(Map.of("a", 1)));
    assertEquals("{\"text\":\"hi\"}", named(new Old() {}));
    assertEquals("[1]", named(List.of(1)));
  }
}
