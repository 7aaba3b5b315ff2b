package dev.loomsocket.server;

import dev.loomsocket.http.Response;
import java.util.Optional;

/**
 * A response as it goes over the wire.
 *
 * @param head up to and including the empty line
 * @param body empty if there is none, or it is a file; the array may be shared
 * @param file what has to follow the head: exactly as many bytes of the file as it says. If the
 *     file has become shorter meanwhile, the connection must be cut
 */
record EncodedResponse(byte[] head, byte[] body, Optional<Response.Body.FileRange> file) {}
