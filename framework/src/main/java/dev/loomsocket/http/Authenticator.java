package dev.loomsocket.http;

import java.security.Principal;
import java.util.Optional;

/**
 * Says who sent a request, be it for a page or for a WebSocket.
 *
 * <pre>{@code
 * app.authenticate(request -> request.bearerToken().map(tokens::verify));
 * }</pre>
 */
@FunctionalInterface
public interface Authenticator {

  /**
   * Tells who sent a request. Called once for each, before anything else is done for it, files
   * included; from many threads at once. It may block.
   *
   * @return who it is; empty: somebody anonymous, whom handlers and endpoints may refuse
   * @throws HttpException to refuse the request with its status and message
   * @throws Exception anything else is logged and answered with 500 without details
   */
  Optional<? extends Principal> authenticate(Request request) throws Exception;
}
