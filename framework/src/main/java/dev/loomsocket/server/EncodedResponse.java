package dev.loomsocket.server;

import dev.loomsocket.http.Response;

/**
 * A response as it goes over the wire.
 *
 * @param head up to and including the empty line
 * @param body empty if there is none, or it is to be streamed; the array may be shared
 * @param rest what has to follow the head in place of the body: a file or a stream, of exactly as
 *     many bytes as the head says, else the connection must be cut
 */
record EncodedResponse(byte[] head, byte[] body, Response.Body rest) {
  static final Response.Body NOTHING = new Response.Body.Empty();
}
