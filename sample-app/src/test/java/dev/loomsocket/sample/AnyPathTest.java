package dev.loomsocket.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AnyPathTest {
  @Test
  void aPathIsLoggedAsItIs() {
    assertEquals("世界/a/b c%{0}$1\\", AnyPath.printable("世界/a/b c%{0}$1\\"));
  }

  @Test
  void whatWouldBreakALineOrHideIsEscaped() {
    assertEquals("a%0D%0Ab%00%1B[31m", AnyPath.printable("a\r\nb\u0000\u001b[31m"));
    assertEquals(
        "%C2%85%E2%80%A8%E2%80%A9%E2%80%AE", AnyPath.printable("\u0085\u2028\u2029\u202e"));
  }
}
