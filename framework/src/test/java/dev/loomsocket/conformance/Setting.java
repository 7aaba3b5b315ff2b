package dev.loomsocket.conformance;

/**
 * To whom a row speaks.
 *
 * @param path of one of the {@link Echoes}
 * @param offer the value of Sec-WebSocket-Extensions; empty: no such field
 */
record Setting(String path, String offer) {
  /** The same with an endpoint that reads messages while they arrive, if there is one. */
  Setting streamed() {
    return new Setting("/streamed" + path, offer);
  }
}
