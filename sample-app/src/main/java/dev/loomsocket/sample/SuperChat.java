package dev.loomsocket.sample;

import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;

/** The other service at {@code /services}, for the subprotocol superchat: JSON, with colours. */
@WebSocketEndpoint(value = "/services", subprotocols = "superchat")
public final class SuperChat {
  /** Something said in one of the colours that the page has. */
  record Line(Colour colour, String text) {}

  /** A colour. */
  enum Colour {
    RED,
    GREEN,
    BLUE
  }

  private Room room;

  @OnOpen
  void join(Session session) {
    room = session.join("services/superchat");
  }

  @OnMessage
  void say(Line line) {
    room.send(line);
  }
}
