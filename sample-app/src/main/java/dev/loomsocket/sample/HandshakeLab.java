package dev.loomsocket.sample;

import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.List;
import java.util.stream.Stream;

/** Tells each client what it said in its handshake, which a page cannot see, and what it got. */
@WebSocketEndpoint("/handshake")
public final class HandshakeLab {
  /** The headers that are shown: cookies and the like are nobody's business. */
  static final List<String> NAMES =
      List.of(
          "Host",
          "Upgrade",
          "Connection",
          "Origin",
          "User-Agent",
          "Sec-WebSocket-Version",
          "Sec-WebSocket-Key",
          "Sec-WebSocket-Extensions");

  @OnOpen
  Exchange open(Handshake handshake) {
    Stream<String> headers =
        NAMES.stream()
            .flatMap(name -> handshake.headers(name).stream().map(value -> name + ": " + value));
    Accept accept = Accept.of(handshake.header("Sec-WebSocket-Key").orElseThrow(), Accept.MAGIC);
    return Exchange.of(
        Stream.concat(Stream.of("GET " + handshake.path() + " HTTP/1.1"), headers).toList(),
        accept);
  }
}
