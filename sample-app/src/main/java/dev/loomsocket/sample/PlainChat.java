package dev.loomsocket.sample;

import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;

/** The service at {@code /services} for who offers the subprotocol chat: lines of text. */
@WebSocketEndpoint(value = "/services", subprotocols = "chat")
public final class PlainChat {
  private Room room;

  @OnOpen
  void join(Session session) {
    room = session.join("services/chat");
  }

  @OnMessage
  void say(String text) {
    room.send(text);
  }
}
