package dev.loomsocket.sample;

import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;

/** Every open page listens here. A plain GET of the same path tells them all something. */
@WebSocketEndpoint(Notify.PATH)
public final class Notify {
  static final String PATH = "/notify";

  @OnOpen
  void listen(Session session) {
    session.join(PATH);
  }
}
