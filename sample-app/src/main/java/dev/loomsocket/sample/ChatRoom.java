package dev.loomsocket.sample;

import dev.loomsocket.http.Templates;
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
  private final String id = UUID.randomUUID().toString();
  private final Transcript transcript;
  private final Templates templates;

  ChatRoom(Transcript transcript, Templates templates) {
    this.transcript = transcript;
    this.templates = templates;
  }

  @OnOpen
  void enter(Session session) throws Exception {
    session.send(id);
    transcript.enter(session, id, templates);
  }

  @OnMessage
  void say(String text) throws Exception {
    transcript.add(new Transcript.Line(id, text), templates);
  }

  @OnClose
  void leave() throws Exception {
    transcript.leave(id, templates);
  }
}
