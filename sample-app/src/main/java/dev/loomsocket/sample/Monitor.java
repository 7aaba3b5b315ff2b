package dev.loomsocket.sample;

import dev.loomsocket.App;
import dev.loomsocket.Stats;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.time.Duration;
import java.time.Instant;

/** Somebody who watches how the server is doing. */
@WebSocketEndpoint(Monitor.PATH)
public final class Monitor {
  static final String PATH = "/monitor";
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** The server at one moment. */
  record Sample(Instant time, Stats stats, long heap) {}

  /** From now on everybody who watches gets a sample each second. */
  static void start(App app) {
    app.every(
        PERIOD,
        () -> {
          Runtime java = Runtime.getRuntime();
          long heap = java.totalMemory() - java.freeMemory();
          app.room(PATH).send(new Sample(Instant.now(), app.stats(), heap));
        });
  }

  @OnOpen
  void watch(Session session) {
    session.join(PATH);
  }
}
