package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.websocket.BadMessageException;
import org.junit.jupiter.api.Test;

class EventTargetTest {
  private final Arguments arguments = new Arguments(this, new Object[0]);

  @Test
  void nothingTakesEveryEventAndAnswersNone() throws Throwable {
    assertNull(EventTarget.NOTHING.receive(arguments, "event"));
  }

  @Test
  void aRefusalSaysWhy() {
    var e =
        assertThrows(
            BadMessageException.class,
            () -> EventTarget.refusing("not here").receive(arguments, "x"));
    assertEquals("unsupported: not here", e.code() + ": " + e.getMessage());
  }
}
