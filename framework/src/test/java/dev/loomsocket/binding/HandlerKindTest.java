package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.binding.HandlerKind.Source;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerKindTest {
  @OnOpen
  @OnMessage
  void both() {}

  void none() {}

  @Test
  void aMethodIsOfTheKindsThatItsAnnotationsSay() throws Exception {
    assertEquals(
        List.of(HandlerKind.OPEN, HandlerKind.MESSAGE),
        HandlerKind.of(HandlerKindTest.class.getDeclaredMethod("both")));
    assertEquals(List.of(), HandlerKind.of(HandlerKindTest.class.getDeclaredMethod("none")));
  }

  @Test
  void aHandshakeHasNoSessionYetAndAnEndNoQueryAnyMore() {
    assertFalse(HandlerKind.HANDSHAKE.takes(Source.SESSION));
    assertTrue(HandlerKind.HANDSHAKE.takes(Source.QUERY));
    assertFalse(HandlerKind.CLOSE.takes(Source.QUERY));
    assertTrue(HandlerKind.CLOSE.takes(Source.SESSION));
  }

  @Test
  void aKindIsCalledLikeItsAnnotation() {
    assertEquals("@OnOpen", HandlerKind.OPEN.toString());
  }
}
