package dev.loomsocket.sample;

import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;

/** A page that watches the frames of its lab. */
@WebSocketEndpoint("/frames/{lab}/watch")
public final class FrameWatch {
  @OnOpen
  String watch(Session session, @PathParam String lab) {
    session.join(FrameLog.room(lab));
    return "watching";
  }
}
