package dev.loomsocket.sample;

import java.util.List;

/**
 * An opening handshake: the lines that the browser sent, and those that the server answered.
 *
 * @param accept what the server has made of the key
 * @param expected what the browser has made of it
 */
record Exchange(List<String> request, List<String> response, Accept accept, Accept expected) {

  /** With the lines of a server that answers with this. */
  static Exchange of(List<String> request, Accept accept) {
    return new Exchange(
        request,
        List.of(
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: " + accept.value()),
        accept,
        Accept.of(accept.key(), Accept.MAGIC));
  }
}
