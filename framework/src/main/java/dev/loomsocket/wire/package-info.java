/**
 * RFC 6455 and RFC 7692 as pure functions and small state machines over byte arrays: no sockets, no
 * threads, no reflection.
 */
@NullMarked
package dev.loomsocket.wire;

import org.jspecify.annotations.NullMarked;
