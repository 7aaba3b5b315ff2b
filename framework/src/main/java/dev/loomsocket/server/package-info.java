/** Accepting connections, one connection's life, HTTP/1.1 parsing and routing. */
@NullMarked
package dev.loomsocket.server;

import org.jspecify.annotations.NullMarked;
