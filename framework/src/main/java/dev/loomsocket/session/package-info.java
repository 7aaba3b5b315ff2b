/** One open WebSocket: the frame loop, the outbox, rooms and keep-alive. */
@NullMarked
package dev.loomsocket.session;

import org.jspecify.annotations.NullMarked;
