package dev.loomsocket.binding.sample;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Has the annotations of another API only. */
@ServerEndpoint("/foreign")
class Foreign {
  @OnMessage
  void text(String text) {}
}
