package dev.loomsocket.server;

import dev.loomsocket.http.Response;
import java.util.Optional;

/**
 * A response as it goes over the wire.
 *
 * @param bytes the head, and the body unless that is a file
 * @param file what has to follow the bytes: exactly as many bytes of the file as it says. If the
 *     file has become shorter meanwhile, the connection must be cut
 */
record EncodedResponse(byte[] bytes, Optional<Response.Body.FileRange> file) {}
