package ${package};

import dev.loomsocket.http.HttpException;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnHandshake;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.QueryParam;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;

/**
 * One person in one room. Every connection has an object of this class and a virtual thread of its
 * own: the fields need no locks, and a method may block.
 */
@WebSocketEndpoint("/chat/{room}")
public final class Chat {
  /** What a page sends. */
  public record Say(String text) {}

  /** What everybody in the room receives; a line from nobody is a notice. */
  public record Line(String user, String text) {}

  private String name;
  private Room room;

  @OnHandshake
  void check(@QueryParam String name) {
    if (name.isBlank() || name.length() > 30) {
      throw new HttpException(400, "a name has 1 to 30 characters");
    }
    this.name = name.strip();
  }

  @OnOpen
  void enter(Session session, @PathParam("room") String roomName) {
    room = session.join("chat/" + roomName);
    room.send(new Line("", name + " joined"));
  }

  @OnMessage
  void say(Say message) {
    if (message.text() != null && !message.text().isBlank()) {
      room.send(new Line(name, message.text()));
    }
  }

  @OnClose
  void leave() {
    room.send(new Line("", name + " left"));
  }
}
