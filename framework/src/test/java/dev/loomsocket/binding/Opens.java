package dev.loomsocket.binding;

import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;

/** A handler method for endpoints whose tests are about something else. */
interface Opens {
  @OnOpen
  default void open(Session session) {}
}
