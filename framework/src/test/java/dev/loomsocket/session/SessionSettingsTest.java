package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.websocket.Compression;
import dev.loomsocket.websocket.Overflow;
import dev.loomsocket.websocket.WebSocketEndpoint;
import dev.loomsocket.wire.DeflateOptions;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionSettingsTest {
  private final SessionSettings defaults = SessionSettings.DEFAULT;

  @WebSocketEndpoint("/plain")
  private static final class Plain {}

  @WebSocketEndpoint(
      value = "/own",
      maxMessageSize = 1,
      maxStreamSize = 2,
      maxQueueSize = 3,
      idleTimeoutSeconds = 4,
      overflow = Overflow.DROP_OLDEST,
      allowedOrigins = "https://own.example.com",
      compression = @Compression(level = 5, threshold = 6, contextTakeover = true))
  private static final class Own {}

  @Test
  void theDefaultsAreThoseThatAreDocumented() {
    assertEquals(1_048_576, defaults.maxMessageSize());
    assertEquals(1_048_576, defaults.maxQueueSize());
    assertEquals(Duration.ofSeconds(10), defaults.sendTimeout());
    assertEquals(Duration.ofSeconds(25), defaults.pingAfter());
    assertEquals(Duration.ofSeconds(20), defaults.pongWithin());
    assertEquals(Duration.ZERO, defaults.idleTimeout());
    assertEquals(Duration.ofSeconds(5), defaults.closeTimeout());
    assertEquals(Overflow.CLOSE, defaults.overflow());
    assertEquals(Set.of(), defaults.allowedOrigins());
    assertEquals(DeflateOptions.DEFAULTS, defaults.compression());
  }

  @Test
  void anEndpointsOwnSizesAndTimesWin() {
    assertEquals(
        new SessionSettings(
            1,
            2,
            3,
            defaults.sendTimeout(),
            defaults.pingAfter(),
            defaults.pongWithin(),
            Duration.ofSeconds(4),
            defaults.closeTimeout(),
            Overflow.DROP_OLDEST,
            Set.of("https://own.example.com"),
            new DeflateOptions(true, 5, 6, true, true, 15)),
        defaults.with(Own.class.getAnnotation(WebSocketEndpoint.class)));
  }

  @Test
  void originsOfTheServerAreAnEndpointsToo() {
    SessionSettings server =
        new SessionSettings(
            1,
            1,
            defaults.sendTimeout(),
            defaults.pingAfter(),
            defaults.pongWithin(),
            defaults.idleTimeout(),
            defaults.closeTimeout(),
            Set.of("https://all.example.com"));
    assertEquals(
        Set.of("https://all.example.com", "https://own.example.com"),
        server.with(Own.class.getAnnotation(WebSocketEndpoint.class)).allowedOrigins());
  }

  @Test
  void nothingOfItsOwnLeavesTheDefaults() {
    SessionSettings plain = defaults.with(Plain.class.getAnnotation(WebSocketEndpoint.class));
    assertEquals(defaults.maxMessageSize(), plain.maxMessageSize());
    assertEquals(defaults.maxQueueSize(), plain.maxQueueSize());
    assertEquals(defaults.idleTimeout(), plain.idleTimeout());
    assertEquals(defaults.compression(), plain.compression());
  }
}
