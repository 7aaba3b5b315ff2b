package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.json.Json;
import dev.loomsocket.websocket.BadMessageException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTargetTest {
  private final Arguments arguments = new Arguments(this, new Object[0]);
  private final JsonTarget target =
      new JsonTarget(Json.decoder(Map.class), (arguments, payload) -> payload);

  @Test
  void theDecodedMessageIsHandedOn() throws Throwable {
    assertEquals(Map.of("a", 1), target.receive(arguments, "{\"a\":1}"));
  }

  @Test
  void whatIsNotTheJsonIsABadMessage() {
    var e = assertThrows(BadMessageException.class, () -> target.receive(arguments, "[1]"));
    assertEquals("bad-json", e.code());
    assertEquals("the JSON does not have the expected form (line 1, column 1)", e.getMessage());
  }
}
