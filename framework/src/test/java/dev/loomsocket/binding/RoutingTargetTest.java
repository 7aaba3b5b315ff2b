package dev.loomsocket.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.json.Json;
import dev.loomsocket.websocket.BadMessageException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutingTargetTest {
  private final Arguments arguments = new Arguments(this, new Object[0]);

  private RoutingTarget target(Optional<EventTarget> unclaimed) {
    return new RoutingTarget(
        Json.routes(Map.of("map", Map.class)),
        Map.of("map", (arguments, payload) -> payload),
        unclaimed);
  }

  private String refusal(String text) {
    var target = target(Optional.empty());
    var e = assertThrows(BadMessageException.class, () -> target.receive(arguments, text));
    return e.code() + ": " + e.getMessage();
  }

  @Test
  void theTypeChoosesTheMethod() throws Throwable {
    assertEquals(
        Map.of("type", "map", "a", 1),
        target(Optional.empty()).receive(arguments, "{\"type\":\"map\",\"a\":1}"));
  }

  @Test
  void whatNoMethodClaimsIsRefusedWithItsReason() {
    assertEquals("bad-json: this is not JSON (line 1, column 1)", refusal("hello"));
    assertEquals("unknown-type: the message has no \"type\": it is one of map", refusal("{}"));
    assertEquals(
        "unknown-type: the \"type\" of the message is unknown: it is one of map",
        refusal("{\"type\":\"secret\"}"));
  }

  @Test
  void whatNoMethodClaimsGoesToTheMethodForStringIfThereIsOne() throws Throwable {
    var target = target(Optional.of((arguments, payload) -> "text " + payload));
    assertEquals("text hello", target.receive(arguments, "hello"));
    assertEquals("text {}", target.receive(arguments, "{}"));
  }

  @Test
  void aClaimedMessageThatIsBrokenIsABadMessageEvenBesideAMethodForString() {
    var target = target(Optional.of((arguments, payload) -> "text " + payload));
    var e =
        assertThrows(
            BadMessageException.class, () -> target.receive(arguments, "{\"type\":\"map\""));
    assertEquals("bad-json", e.code());
  }
}
