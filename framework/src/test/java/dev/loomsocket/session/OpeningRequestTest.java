package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpeningRequestTest {
  private static final Map<String, List<String>> HEADERS =
      Map.of("origin", List.of("https://app.test"), "x-many", List.of("a", "b"));

  private final OpeningRequest request =
      new OpeningRequest(
          new OpeningTarget(
              "/chat/lobby",
              Map.of("room", "lobby"),
              () -> Map.of("name", List.of("Ann", "Bob")),
              InetSocketAddress.createUnresolved("peer.test", 1)),
          "/chat/lobby",
          name -> HEADERS.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()),
          name -> Optional.of(name + "-value"),
          List.of("v2"),
          Optional.of("secret-token"),
          Optional.of(() -> "Ann"),
          () -> Map.of("cart", "7"));

  @Test
  void aPathParameterIsThatOfTheEndpoint() {
    assertEquals("lobby", request.pathParam("room"));
  }

  @Test
  void aPathParameterThatThereIsNotIsAMistakeThatSaysWhichThereAre() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> request.pathParam("rom"));
    assertTrue(e.getMessage().contains("{rom}") && e.getMessage().contains("[room]"));
  }

  @Test
  void theFirstOfSeveralIsTaken() {
    assertEquals(Optional.of("Ann"), request.queryParam("name"));
    assertEquals(Optional.of("a"), request.header("X-Many"));
    assertEquals(List.of("a", "b"), request.headers("X-Many"));
  }

  @Test
  void whatIsAbsentIsEmpty() {
    assertEquals(Optional.empty(), request.queryParam("age"));
    assertEquals(Optional.empty(), request.header("x-none"));
    assertEquals(List.of(), request.headers("x-none"));
  }

  @Test
  void theOriginIsAHeader() {
    assertEquals(Optional.of("https://app.test"), request.origin());
  }

  @Test
  void cookiesAreAskedForByName() {
    assertEquals(Optional.of("id-value"), request.cookie("id"));
  }

  @Test
  void theSessionIsThatOfThePages() {
    assertEquals(Map.of("cart", "7"), request.session());
  }

  @Test
  void itIsPrintedWithoutItsSecrets() {
    assertEquals(Optional.of("secret-token"), request.bearerToken());
    assertEquals("Handshake[/chat/lobby]", request.toString());
  }
}
