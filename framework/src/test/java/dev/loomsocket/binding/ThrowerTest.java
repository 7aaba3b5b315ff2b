package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ThrowerTest {
  @Test
  void aCheckedExceptionPassesAsItIs() {
    var checked = new IOException("checked");
    assertSame(checked, assertThrows(IOException.class, () -> Thrower.unchecked(checked)));
  }
}
