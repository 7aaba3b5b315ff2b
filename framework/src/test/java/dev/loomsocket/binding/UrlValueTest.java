package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.binding.UrlValue.Origin;
import dev.loomsocket.binding.UrlValue.Shape;
import dev.loomsocket.http.HttpException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UrlValueTest {
  private static final Converter INT = Converter.of(int.class).orElseThrow();

  private static Object query(Shape shape, String defaultValue, String... texts) {
    UrlValue value = new UrlValue(Origin.QUERY, "n", shape, INT, defaultValue);
    return value.of(Map.of(), texts.length == 0 ? Map.of() : Map.of("n", List.of(texts)));
  }

  @Test
  void aPathParameterIsConverted() {
    UrlValue value = new UrlValue(Origin.PATH, "n", Shape.ONE, INT, null);
    assertEquals(7, value.of(Map.of("n", "7"), Map.of()));
  }

  @Test
  void aPathParameterThatDoesNotConvertIsNotFound() {
    UrlValue value = new UrlValue(Origin.PATH, "n", Shape.ONE, INT, null);
    var e = assertThrows(HttpException.class, () -> value.of(Map.of("n", "x"), Map.of()));
    assertEquals(404, e.status());
    assertEquals("the path parameter \"n\" is not a whole number of type int", e.getMessage());
  }

  @Test
  void ofSeveralQueryParametersTheFirstIsTaken() {
    assertEquals(7, query(Shape.ONE, null, "7", "8"));
  }

  @Test
  void aQueryParameterThatIsAbsentOrDoesNotConvertIsABadRequest() {
    var absent = assertThrows(HttpException.class, () -> query(Shape.ONE, null));
    assertEquals(400, absent.status());
    assertEquals("the query parameter \"n\" is missing", absent.getMessage());
    var bad = assertThrows(HttpException.class, () -> query(Shape.OPTIONAL, null, "<x>"));
    assertEquals(400, bad.status());
    assertEquals("the query parameter \"n\" is not a whole number of type int", bad.getMessage());
    assertThrows(HttpException.class, () -> query(Shape.LIST, null, "1", "x"));
  }

  @Test
  void aDefaultStandsForAnAbsentQueryParameterOnly() {
    assertEquals(5, query(Shape.ONE, "5"));
    assertEquals(7, query(Shape.ONE, "5", "7"));
    assertEquals(Optional.of(5), query(Shape.OPTIONAL, "5"));
  }

  @Test
  void anOptionalAndAListTakeAnAbsentQueryParameter() {
    assertEquals(Optional.empty(), query(Shape.OPTIONAL, null));
    assertEquals(Optional.of(7), query(Shape.OPTIONAL, null, "7"));
    assertEquals(List.of(), query(Shape.LIST, null));
    assertEquals(List.of(7, 8), query(Shape.LIST, null, "7", "8"));
  }
}
