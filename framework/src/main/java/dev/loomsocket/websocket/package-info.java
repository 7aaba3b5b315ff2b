/**
 * What endpoint authors see: the annotations, {@link dev.loomsocket.websocket.Session}, {@link
 * dev.loomsocket.websocket.Room} and what they carry.
 */
@NullMarked
package dev.loomsocket.websocket;

import org.jspecify.annotations.NullMarked;
