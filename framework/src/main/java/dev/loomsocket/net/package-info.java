/**
 * The only package that touches sockets: the poller, transports and the buffers that bytes are read
 * into.
 */
@NullMarked
package dev.loomsocket.net;

import org.jspecify.annotations.NullMarked;
