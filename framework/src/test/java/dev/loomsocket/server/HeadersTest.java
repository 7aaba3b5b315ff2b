package dev.loomsocket.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadersTest {
  private static final byte[] LINES =
      "a: 1\nConnection:\tUpgrade ,\tx \nA:2\nconnection: \n".getBytes(US_ASCII);

  private final Headers headers = headers();

  private static Headers headers() {
    Headers.Builder builder = new Headers.Builder();
    int from = 0;
    for (int i = 0; i < LINES.length; i++) {
      if (LINES[i] == '\n') {
        builder.add(LINES, 0, from, i);
        from = i + 1;
      }
    }
    return builder.take(LINES, 0, LINES.length);
  }

  @Test
  void findsValuesWhateverTheCaseOfTheName() {
    assertEquals(List.of("1", "2"), headers.all("A"));
    assertEquals(Optional.of("1"), headers.first("a"));
    assertEquals(List.of(), headers.all("b"));
    assertEquals(Optional.empty(), headers.first("b"));
    assertTrue(headers.has("CONNECTION"));
    assertFalse(headers.has("connectio"));
  }

  @Test
  void leavesAnArrayThatIsUsedAgain() {
    byte[] line = "name: value".getBytes(US_ASCII);
    Headers.Builder builder = new Headers.Builder();
    builder.add(line, 0, 0, line.length);
    Headers taken = builder.take(line, 0, line.length);
    Arrays.fill(line, (byte) '?');
    builder.add("other: 1".getBytes(US_ASCII), 0, 0, 8);
    assertEquals(List.of("value"), taken.all("name"));
    assertFalse(taken.has("other"));
  }

  @Test
  void holdsAsManyLinesAsThereAre() {
    byte[] lines = "n0:0n1:1n2:2n3:3n4:4n5:5n6:6n7:7n8:8n9:9".getBytes(US_ASCII);
    Headers.Builder builder = new Headers.Builder();
    for (int i = 0; i < 10; i++) {
      assertEquals(i, builder.lines());
      builder.add(lines, 0, 4 * i, 4 * i + 4);
    }
    Headers ten = builder.take(lines, 0, lines.length);
    assertEquals(10, ten.toMap().size());
    assertEquals(List.of("9"), ten.toMap().get("N9"));
  }

  @Test
  void readsAllLinesOfANameAsOneList() {
    assertTrue(headers.hasToken("Connection", "upgrade"));
    assertTrue(headers.hasToken("connection", "X"));
    assertFalse(headers.hasToken("connection", "up"));
    assertFalse(headers.hasToken("connection", "upgrade ,\tx"));
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
