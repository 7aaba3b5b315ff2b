package dev.loomsocket.websocket;

import java.util.Collection;

/**
 * A named group of sessions that receive the same messages.
 *
 * <p>Every method may be called from any thread and none blocks. All members receive a room's
 * messages in one common order. A member whose queue is full is closed with 1013; the others do not
 * notice. A session leaves its rooms by itself when it ends, and a room without members is
 * forgotten.
 */
public interface Room {
  /** The name under which sessions join. */
  String name();

  /** Adds a session; a closed one is not added. Joining twice changes nothing. */
  void join(Session session);

  /**
   * Takes a session out; it receives nothing of this room that is sent after this method has
   * returned.
   */
  void leave(Session session);

  /**
   * Sends one message, encoded once, to every member.
   *
   * @param message as {@link Session#send(Object)} takes it
   * @throws IllegalArgumentException if the message cannot be encoded
   */
  void send(Object message);

  /** Sends one message to every member but one. */
  void sendExcept(Session except, Object message);

  /**
   * The members of this moment, in the order in which they joined: a snapshot that does not change
   * any more.
   */
  Collection<Session> members();

  /** The number of members of this moment. */
  int size();
}
