package dev.loomsocket.sample;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.websocket.OnHandshake;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.QueryParam;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.InputStream;
import java.util.Optional;

/** A connection that opens slowly, fails slowly or closes slowly: blocking is fine here. */
@WebSocketEndpoint("/slow")
public final class SlowMotion {
  private static final int LONGEST = 10_000; // ms

  private int delay;

  @OnHandshake
  void open(@QueryParam(defaultValue = "1500") int ms, @QueryParam Optional<Boolean> fail)
      throws InterruptedException {
    delay = Math.clamp(ms, 0, LONGEST);
    Thread.sleep(delay);
    if (fail.orElse(false)) {
      throw new HttpException(503, "this one was to fail");
    }
  }

  /** Nothing else of this connection is read, a Close neither, until the message has been. */
  @OnMessage
  void hold(InputStream message) throws InterruptedException {
    Thread.sleep(delay);
  }
}
