package dev.loomsocket.binding.sample;

import dev.loomsocket.websocket.OnOpen;

/** Abstract, so it may have handler methods without being an endpoint. */
abstract class Base {
  @OnOpen
  void open() {}
}
