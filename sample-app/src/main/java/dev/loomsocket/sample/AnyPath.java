package dev.loomsocket.sample;

import dev.loomsocket.http.PercentEncoding;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** An echo on every path below {@code /any}, which tells the log how each connection ended. */
@WebSocketEndpoint("/any/{path*}")
public final class AnyPath {
  private static final Logger LOG = System.getLogger(AnyPath.class.getName());
  private static final int NO_CODE = 1005; // a Close came, and said nothing

  @OnMessage
  String answer(String text) {
    return text;
  }

  @OnClose
  void end(CloseStatus status, @PathParam String path) {
    String where = PercentEncoding.encode(path); // a line of the log stays a line
    if (status.isNormal() || status.code() == NO_CODE) {
      LOG.log(Level.INFO, "{0} ended normally, {1,number,#}", where, status.code());
    } else {
      LOG.log(Level.WARNING, "{0} ended abnormally, {1,number,#}", where, status.code());
    }
  }
}
