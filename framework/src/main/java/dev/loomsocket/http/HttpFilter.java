package dev.loomsocket.http;

/**
 * What stands in front of handlers: it answers a request itself, or passes it on and perhaps
 * changes the answer. It runs in the handler's thread, so it may block.
 *
 * <pre>{@code
 * app.before("/admin/{rest*}", (request, next) ->
 *     isLoggedIn(request) ? next.handle(request) : Response.redirect("/login"));
 * app.before("/{rest*}", (request, next) -> next.handle(request).header("X-Served-By", "me"));
 * }</pre>
 */
@FunctionalInterface
public interface HttpFilter {

  /**
   * Answers one request; called from many threads at once.
   *
   * <p>A filter stands in front of WebSocket handshakes too, which are GET requests with {@code
   * Upgrade: websocket}: the handshake goes on if this returns what {@code next} has returned, and
   * headers that were added to that are left out; any other response is the answer, and there is no
   * WebSocket.
   *
   * @param next the filters that were added later and, behind them, the handler, the files or what
   *     says that there is nothing. It throws nothing: what failed there is a response already
   * @throws HttpException to answer with its status and message
   * @throws Exception anything else is treated as if the handler had thrown it
   */
  Response filter(Request request, HttpHandler next) throws Exception;
}
