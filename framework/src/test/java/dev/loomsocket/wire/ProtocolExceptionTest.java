package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProtocolExceptionTest {
  @Test
  void carriesItsAnswerAndNoStackTrace() {
    ProtocolException e = new ProtocolException(CloseCode.TOO_BIG, "too big");
    assertEquals(1009, e.closeCode());
    assertEquals("too big", e.getMessage());
    assertEquals(0, e.getStackTrace().length);
  }

  @Test
  void takesNoSuppressedExceptionsSoThatOneMayBeThrownTwice() {
    ProtocolException e = new ProtocolException(CloseCode.TOO_BIG, "too big");
    e.addSuppressed(new IllegalStateException());
    assertEquals(0, e.getSuppressed().length);
  }
}
