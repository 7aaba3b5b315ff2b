package dev.loomsocket.server;

import java.io.ByteArrayOutputStream;

/** A body whose data is put together as it comes. */
final class CollectedBody {
  private final RequestBody body;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  CollectedBody(RequestBody body) {
    this.body = body;
  }

  /** Takes what it can use of the bytes; returns how many that were. */
  int take(byte[] from, int pos, int limit) {
    int at = pos;
    int data;
    do {
      at += body.frame(from, at, limit);
      data = (int) Math.min(body.data(), limit - at);
      if (data > 0) {
        bytes.write(from, at, data);
        body.took(data);
        at += data;
      }
    } while (data > 0);
    return at - pos;
  }

  boolean isComplete() {
    return body.isComplete();
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }
}
