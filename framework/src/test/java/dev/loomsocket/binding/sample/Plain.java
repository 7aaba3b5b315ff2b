package dev.loomsocket.binding.sample;

import dev.loomsocket.websocket.WebSocketEndpoint;

/** An endpoint that the scan finds. */
@WebSocketEndpoint("/plain")
class Plain extends Base {
  static {
    if (true) {
      throw new AssertionError("the scan must not initialise classes");
    }
  }

  /** Found too, though nested and private. */
  @WebSocketEndpoint("/nested")
  private static final class Nested {}
}
