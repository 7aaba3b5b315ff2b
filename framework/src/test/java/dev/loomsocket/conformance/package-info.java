/**
 * The conformance table: what a client sends and what must come back, byte for byte, over a socket
 * and through the pure core alike.
 */
@NullMarked
package dev.loomsocket.conformance;

import org.jspecify.annotations.NullMarked;
