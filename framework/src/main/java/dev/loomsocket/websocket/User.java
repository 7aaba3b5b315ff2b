package dev.loomsocket.websocket;

import java.util.Collection;

/**
 * Somebody who may have several sessions, or none at the moment; what {@link Users} finds by name.
 * Thread-safe; nothing blocks.
 */
public interface User {
  /** The name of the {@link java.security.Principal}. */
  String name();

  /** True while at least one of this user's sessions is open. */
  boolean isPresent();

  /** This user's sessions of this moment, in the order in which they opened: a snapshot. */
  Collection<Session> sessions();

  /**
   * Sends one message to each of this user's sessions, as {@link Room#send} does to the members of
   * a room: encoded once, never waiting for a client. Without a session it is not sent to anybody.
   *
   * @param message as {@link Session#send(Object)} takes it
   * @throws IllegalArgumentException if the message cannot be encoded
   */
  void send(Object message);
}
