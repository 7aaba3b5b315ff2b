package dev.loomsocket.sample;

import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.UUID;

/**
 * A visitor of the one chat room: gets an id, then the history, then what everybody says, the last
 * two as markup that templates have made.
 */
@WebSocketEndpoint(value = "/chat", maxMessageSize = 4096)
public final class ChatRoom {
  private static final Template LINE = Template.of("line.html");
  private static final Template LEFT = Template.of("left.html");

  private final String id = UUID.randomUUID().toString();
  private final Transcript transcript;

  ChatRoom(Transcript transcript) {
    this.transcript = transcript;
  }

  @OnOpen
  void enter(Session session) {
    session.send(id);
    transcript.enter(session);
  }

  @OnMessage
  void say(String text) {
    transcript.add(LINE.with("id", id).with("text", text));
  }

  @OnClose
  void leave() {
    transcript.add(LEFT.with("id", id));
  }
}
