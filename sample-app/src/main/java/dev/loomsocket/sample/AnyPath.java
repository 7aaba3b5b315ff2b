package dev.loomsocket.sample;

import dev.loomsocket.http.PercentEncoding;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.regex.Pattern;

/** An echo on every path below {@code /any}, which tells the log how each connection ended. */
@WebSocketEndpoint("/any/{path*}")
public final class AnyPath {
  private static final Logger LOG = System.getLogger(AnyPath.class.getName());

  /** Control and format characters, and what separates lines. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private static final int NO_CODE = 1005; // a Close came, and said nothing

  @OnMessage
  String answer(String text) {
    return text;
  }

  @OnClose
  void end(CloseStatus status, @PathParam String path) {
    String where = "/any/" + printable(path);
    if (status.isNormal() || status.code() == NO_CODE) {
      LOG.log(Level.INFO, "{0} ended normally, {1,number,#}", where, status.code());
    } else {
      LOG.log(Level.WARNING, "{0} ended abnormally, {1,number,#}", where, status.code());
    }
  }

  /** As it is, but a line of the log stays a line, and nothing in it is invisible. */
  static String printable(String path) {
    return UNPRINTABLE.matcher(path).replaceAll(found -> PercentEncoding.encode(found.group()));
  }
}
