package dev.loomsocket.interop;

import java.net.URI;
import java.util.List;

/** A WebSocket client that others wrote. */
interface Peer {
  /** Why it cannot take part on this machine; empty if it can. */
  default String missing() {
    return "";
  }

  /** Connects, sends the messages, compares what comes back, closes. */
  void converse(URI endpoint, List<Message> messages) throws Exception;
}
