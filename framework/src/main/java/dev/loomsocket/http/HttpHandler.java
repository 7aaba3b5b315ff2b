package dev.loomsocket.http;

/**
 * What answers the requests of a route. It runs on a virtual thread of its connection, so it may
 * block.
 *
 * <pre>{@code
 * app.get("/hello/{name}", request -> Response.text("Hello " + request.pathParam("name")));
 * }</pre>
 */
@FunctionalInterface
public interface HttpHandler {

  /**
   * Answers one request; called from many threads at once.
   *
   * @throws HttpException to answer with its status and message
   * @throws Exception anything else is logged and answered with 500 without details
   */
  Response handle(Request request) throws Exception;
}
