package dev.loomsocket.websocket;

import java.util.Collection;

/**
 * A named group of sessions that receive the same messages.
 *
 * <p>Every method may be called from any thread and none waits for a client. All members receive a
 * room's messages in one common order. A member whose queue is full is closed with 1013; the others
 * do not notice. A session leaves its rooms by itself when it ends, and a room without members is
 * forgotten.
 */
public interface Room {
  /** The name under which sessions join. */
  String name();

  /**
   * Adds a session; a closed one is not added. Joining twice changes nothing.
   *
   * @throws IllegalArgumentException if the session is none of this server's, a test's stand-in for
   *     example
   */
  void join(Session session);

  /**
   * Takes a session out; it receives nothing of this room that is sent after this method has
   * returned. Taking out one that is not in it changes nothing.
   *
   * @throws IllegalArgumentException as {@link #join} does
   */
  void leave(Session session);

  /**
   * Sends one message to every member. The caller's thread does all the work: it encodes the
   * message once, compresses it once for all members that agreed on the same, queues it for each
   * and writes to each socket as much as that takes at once. What a member is too slow for is
   * written later, by another thread. Members that are closing are left out without a word.
   *
   * @param message as {@link Session#send(Object)} takes it
   * @throws IllegalArgumentException if the message cannot be encoded, be there members or none
   * @throws NullPointerException if the message is null
   */
  void send(Object message);

  /** Sends one message as {@link #send} does, to every member but one; who need not be a member. */
  void sendExcept(Session except, Object message);

  /**
   * The members of this moment, in the order in which they joined: a snapshot that does not change
   * any more.
   */
  Collection<Session> members();

  /** The number of members of this moment. */
  int size();
}
