package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.binding.UrlValue.Origin;
import dev.loomsocket.binding.UrlValue.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UrlValuesTest {
  private static final Converter TEXT = Converter.of(String.class).orElseThrow();

  private final UrlValues values = new UrlValues();

  @Test
  void equalParametersOfSeveralMethodsAreOneValue() {
    assertEquals(0, values.add(new UrlValue(Origin.PATH, "a", Shape.ONE, TEXT, null)));
    assertEquals(1, values.add(new UrlValue(Origin.QUERY, "a", Shape.LIST, TEXT, null)));
    assertEquals(0, values.add(new UrlValue(Origin.PATH, "a", Shape.ONE, TEXT, null)));
    assertArrayEquals(
        new Object[] {"x", List.of("y")},
        values.convert(Map.of("a", "x"), Map.of("a", List.of("y"))));
  }
}
