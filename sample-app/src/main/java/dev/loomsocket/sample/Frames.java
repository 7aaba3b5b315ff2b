package dev.loomsocket.sample;

import dev.loomsocket.websocket.Compression;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.QueryParam;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;

/** An echo in one frame or in fragments. Each frame of it is logged. */
@WebSocketEndpoint(
    value = "/frames/{lab}",
    logTraffic = true,
    compression = @Compression(enabled = false),
    maxMessageSize = 2 * 1024 * 1024)
public class Frames {
  private final FrameLog log;
  private int fragments;

  Frames(FrameLog log) {
    this.log = log;
  }

  @OnOpen
  void open(Session session, @PathParam String lab, @QueryParam(defaultValue = "1") int fragments) {
    this.fragments = Math.clamp(fragments, 1, 100);
    log.watch(session.id(), lab);
  }

  @OnMessage
  void text(String message, Session session) throws IOException {
    if (fragments == 1) {
      session.send(message);
      return;
    }
    try (Writer out = session.sendText()) {
      for (int i = 0; i < fragments; i++) {
        int from = cut(message, i);
        out.write(message, from, cut(message, i + 1) - from);
        if (i < fragments - 1) {
          out.flush(); // a fragment; close() sends the last one
        }
      }
    }
  }

  @OnMessage
  void binary(byte[] message, Session session) throws IOException {
    if (fragments == 1) {
      session.send(message);
      return;
    }
    try (OutputStream out = session.sendBinary()) {
      for (int i = 0; i < fragments; i++) {
        int from = share(message.length, i);
        out.write(message, from, share(message.length, i + 1) - from);
        if (i < fragments - 1) {
          out.flush();
        }
      }
    }
  }

  /** Where the fragment of that number begins; not inside of a character. */
  private int cut(String message, int fragment) {
    int at = share(message.length(), fragment);
    boolean inside =
        at > 0 && at < message.length() && Character.isLowSurrogate(message.charAt(at));
    return inside ? at - 1 : at;
  }

  private int share(int length, int fragment) {
    return (int) ((long) length * fragment / fragments);
  }
}
