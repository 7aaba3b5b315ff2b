package dev.loomsocket.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadersTest {
  private final Headers headers =
      new Headers(
          List.of(
              new FieldLine("a", "1"),
              new FieldLine("connection", "Upgrade ,\tx"),
              new FieldLine("a", "2"),
              new FieldLine("connection", "")));

  @Test
  void findsValuesWhateverTheCaseOfTheName() {
    assertEquals(List.of("1", "2"), headers.all("A"));
    assertEquals(Optional.of("1"), headers.first("a"));
    assertEquals(List.of(), headers.all("b"));
    assertEquals(Optional.empty(), headers.first("b"));
  }

  @Test
  void readsAllLinesOfANameAsOneList() {
    assertTrue(headers.hasToken("Connection", "upgrade"));
    assertTrue(headers.hasToken("connection", "X"));
    assertFalse(headers.hasToken("connection", "up"));
    assertFalse(headers.hasToken("b", ""));
  }

  @Test
  void cannotBeChanged() {
    Map<String, List<String>> map = headers.toMap();
    assertEquals(List.of("1", "2"), map.get("A"));
    assertThrows(UnsupportedOperationException.class, () -> map.remove("a"));
    assertThrows(UnsupportedOperationException.class, () -> map.get("a").clear());
    assertThrows(UnsupportedOperationException.class, () -> headers.all("a").clear());
  }
}
