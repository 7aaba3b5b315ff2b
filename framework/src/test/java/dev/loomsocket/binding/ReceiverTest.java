package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.websocket.BadMessageException;
import org.junit.jupiter.api.Test;

class ReceiverTest {
  private final Arguments arguments = new Arguments(this, new Object[0]);

  @Test
  void nothingTakesEveryEventAndAnswersNone() throws Throwable {
    assertNull(Receiver.NOTHING.receive(arguments, "event"));
  }

  @Test
  void aRefusalSaysWhy() {
    var e =
        assertThrows(
            BadMessageException.class, () -> Receiver.refusing("not here").receive(arguments, "x"));
    assertEquals("unsupported: not here", e.code() + ": " + e.getMessage());
  }
}
