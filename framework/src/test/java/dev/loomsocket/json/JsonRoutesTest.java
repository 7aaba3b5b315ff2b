package dev.loomsocket.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonRoutesTest {
  private record Say(String text) {}

  private record Move(int x, int y, String type) {}

  private final JsonRoutes routes = Json.routes(Map.of("say", Say.class, "move", Move.class));

  @Test
  void theTypeChoosesTheClassWhereverItStands() {
    assertEquals(
        new JsonRoutes.Decoded("say", new Say("hi")),
        routes.decode("{\"type\":\"say\",\"text\":\"hi\"}"));
    assertEquals(
        new JsonRoutes.Decoded("move", new Move(1, 2, "move")),
        routes.decode("{\"x\":1,\"deep\":{\"type\":\"say\"},\"y\":2,\"type\":\"move\"}"));
  }

  @Test
  void anUnknownTypeIsToldFromAMissingOne() {
    assertInstanceOf(JsonRoutes.UnknownType.class, routes.decode("{\"type\":\"jump\"}"));
    assertInstanceOf(JsonRoutes.NoType.class, routes.decode("{\"text\":\"hi\"}"));
    assertInstanceOf(JsonRoutes.NoType.class, routes.decode("{\"type\":1}"));
    assertInstanceOf(JsonRoutes.NoType.class, routes.decode("[\"type\"]"));
    assertInstanceOf(JsonRoutes.NoType.class, routes.decode("17"));
  }

  @Test
  void whatIsNotJsonBeforeItsTypeIsFoundIsNoMessageOfAnyType() {
    var result = assertInstanceOf(JsonRoutes.NotJson.class, routes.decode("hello"));
    assertEquals("this is not JSON (line 1, column 1)", result.why().getMessage());
    assertInstanceOf(JsonRoutes.NotJson.class, routes.decode("{\"x\":"));
  }

  @Test
  void aMessageOfAKnownTypeThatDoesNotFitIsRefused() {
    var e =
        assertThrows(JsonException.class, () -> routes.decode("{\"type\":\"move\",\"x\":\"far\"}"));
    assertEquals("the JSON does not have the expected form (line 1, column 20)", e.getMessage());
    assertThrows(JsonException.class, () -> routes.decode("{\"type\":\"say\""));
  }
}
