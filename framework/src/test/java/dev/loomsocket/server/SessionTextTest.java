package dev.loomsocket.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTextTest {

  @Test
  void namesAndValuesHaveTheirLengthsInFront() {
    assertEquals(
        "AAR1c2VyAANBbm4", SessionText.encode(Map.of("user", "Ann"))); // 0004 user 0003 Ann
    assertEquals(Map.of("user", "Ann"), SessionText.decode("AAR1c2VyAANBbm4"));
  }

  @Test
  void anyTextComesBackInItsOrder() {
    Random random = new Random(6);
    for (int i = 0; i < 500; i++) {
      Map<String, String> values = new LinkedHashMap<>();
      for (int n = random.nextInt(5); n > 0; n--) {
        values.put(text(random), text(random));
      }
      Map<String, String> decoded = SessionText.decode(SessionText.encode(values));
      assertEquals(List.copyOf(values.entrySet()), List.copyOf(decoded.entrySet()));
    }
  }

  private static String text(Random random) {
    char[] text = new char[random.nextInt(6)];
    for (int i = 0; i < text.length; i++) {
      text[i] = (char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000); // NUL, lone halves
    }
    return new String(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "A", "AA", "AAR1c2Vy", "AAR1c2VyAAQ", "AAHAAAAA"})
  void anythingElseIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> SessionText.decode(text));
  }

  @Test
  void garbageIsASessionOrRefused() {
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);
      try {
        new HashMap<>(SessionText.decode(SessionText.base64(bytes)));
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertTrue(refused > 0);
  }

  @Test
  void whatNoCookieHoldsIsRefused() {
    String long64 = "x".repeat(1 << 16);
    assertThrows(IllegalArgumentException.class, () -> SessionText.encode(Map.of("a", long64)));
  }
}
