package dev.loomsocket.sample;

import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;

/** Answers every message with what the server has received. */
@WebSocketEndpoint("/chatsocket")
public final class ChatSocket {
  @OnMessage
  String answer(String text) {
    return "服务端已收到: " + text;
  }
}
