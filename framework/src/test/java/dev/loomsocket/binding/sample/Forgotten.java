package dev.loomsocket.binding.sample;

import dev.loomsocket.websocket.OnMessage;

/** Has a handler method and lacks the annotation of the class. */
class Forgotten {
  @OnMessage
  private void text(String text) {}

  /** Has nothing to do with endpoints. */
  static final class Other {}
}
