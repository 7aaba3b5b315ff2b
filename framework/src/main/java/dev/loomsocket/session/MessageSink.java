package dev.loomsocket.session;

import dev.loomsocket.websocket.Pong;

/** Where the receiver's messages go, one after the other. */
interface MessageSink {
  void text(String message);

  void binary(byte[] message);

  void pong(Pong pong);
}
