package dev.loomsocket.websocket;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/**
 * A named group of sessions that receive the same messages.
 *
 * <pre>{@code
 * @OnOpen void open(Session session, @PathParam String name) {
 *   room = session.join(name).history(100, Duration.ofHours(1));
 * }
 *
 * app.post("/alarm", request -> {                     // from anywhere else
 *   app.room("news").send(new Alarm(request.text()));
 *   return Response.status(204);
 * });
 * }</pre>
 *
 * <p>Every method may be called from any thread and none waits for a client. All members receive a
 * room's messages in one common order. For a member whose queue is full the {@link Overflow} policy
 * decides; the others do not notice. A session leaves its rooms by itself when it ends.
 *
 * <p>A room without members costs nothing and is forgotten, with everything that was set for it,
 * unless it has a {@link #history}: then it lives on until its last message is too old. What is set
 * by {@code app.room(name)}, which names the rooms that an application has for good, is not
 * forgotten while the application runs.
 */
public interface Room {
  /** The name under which sessions join. */
  String name();

  /**
   * Adds a session; a closed one is not added. Joining twice changes nothing.
   *
   * <p>In a room with a history the new member gets what it has missed, or the history: {@link
   * #history}. A history that does not fit into the member's queue does no harm: it may wait beside
   * it.
   *
   * @throws IllegalArgumentException if the session is none of this server's, a test's stand-in for
   *     example
   */
  void join(Session session);

  /**
   * Adds a session as {@link #join(Session)} does, and says something of it that {@link #people}
   * and the listeners see: a name to be shown, a status. Where it is a member already, that takes
   * the place of what was said before.
   *
   * @throws IllegalArgumentException as {@link #join(Session)} does
   */
  void join(Session session, Object meta);

  /**
   * Takes a session out; it receives nothing of this room that is sent after this method has
   * returned. Taking out one that is not in it changes nothing.
   *
   * @throws IllegalArgumentException as {@link #join(Session)} does
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

  /**
   * Sends one message as {@link #send} does, to every member but one; who need not be a member. In
   * a room with a history the message is there for all: the client of that session gets it if it
   * comes back from before.
   *
   * @throws IllegalArgumentException if the message cannot be encoded, be there members or none
   * @throws NullPointerException if the message is null
   */
  void sendExcept(Session except, Object message);

  /**
   * The members of this moment, in the order in which they joined: a snapshot that does not change
   * any more.
   */
  Collection<Session> members();

  /** The number of members of this moment. */
  int size();

  /**
   * The people behind the members of this moment, in the order in which their first sessions
   * joined: a snapshot that does not change any more.
   */
  List<Person> people();

  /**
   * Lets the room remember its messages from now on: up to so many, none longer than a time.
   * Calling it again changes both; the room lives on without members until it has nothing left to
   * remember.
   *
   * <p>Each message then has a <em>position</em>, {@code <epoch>.<offset>}: the room's present life
   * in this process, and a number that counts from 1. A JSON object carries it as its last
   * property, {@code "@position"}; any other message follows one that says {@code
   * {"type":"@position","@position":"…"}}. Who joins is first told
   *
   * <pre>{@code
   * {"type":"@joined","room":"lobby","@position":"k3v0q8zr1m5x.17","resumed":true}
   * }</pre>
   *
   * and then gets, before anything newer, all messages behind that position. A client that comes
   * back with the last position it knows as a parameter of the handshake's query ({@code
   * ?resume=k3v0q8zr1m5x.17}, one for each room) gets exactly what it missed, in order and none
   * twice, if all of that is remembered: {@code resumed} is true. If not, or the position is of
   * another epoch, as after a restart, or none came, {@code resumed} is false and what is
   * remembered follows. A position is of use once; nobody gets anything of a room that {@link
   * #join} does not let it in. Offsets that a client does not see were sent except to it, or
   * dropped for it.
   *
   * <p>Those who are members already when the history begins are told that they have joined. All
   * rooms together remember as much as an eighth of the heap holds: beyond that the older messages
   * are forgotten before their time.
   *
   * @param messages how many at most, however large they are
   * @param ttl how long each at most
   * @return this room
   * @throws IllegalArgumentException if one of the two is not positive
   */
  Room history(int messages, Duration ttl);

  /**
   * Decides what becomes of this room's messages for members that are too slow, whatever their
   * endpoints say.
   *
   * @return this room
   */
  Room overflow(Overflow policy);

  /**
   * Sets {@link Overflow#CONFLATE} with a key for messages of a type: {@code
   * room.conflate(Price.class, Price::symbol)}. The key is asked for once for each message, in the
   * sender's thread. Called again for other types it has a key for all of them.
   *
   * @return this room
   */
  <T> Room conflate(Class<T> type, Function<? super T, ?> key);

  /**
   * Lets somebody know of each session that joins from now on, once.
   *
   * <p>A room's listeners of all kinds are called one after the other, in the order in which things
   * happened, with no lock held, in the thread of one of those who joined, left or sent: they may
   * use rooms and sessions, and whoever takes long holds up that thread; while more and more
   * happens a thread of their own takes over. What they throw is logged. While 10 000 joins and
   * leaves wait for them, they are not told of who joins then, nor that it has left, and the log
   * says so: {@link #members} is always right.
   *
   * @return this room
   */
  Room onJoin(Consumer<Presence> listener);

  /**
   * Lets somebody know of each session that leaves from now on, once, be it that it has ended; it
   * is no member any more. Called as {@link #onJoin} says, and for a session that has ended before
   * {@code close()} of the application returns.
   *
   * @return this room
   */
  Room onLeave(Consumer<Presence> listener);

  /**
   * Lets somebody know when messages are dropped for a member, and how many since the last call for
   * it. Called as {@link #onJoin} says; for what the listener itself sends it is not called again,
   * that counts the next time.
   *
   * @return this room
   * @see Overflow
   */
  Room onDrop(ObjIntConsumer<Session> listener);

  /**
   * Lets somebody follow the room's texts from now on, those that are JSON included, without being
   * a member: {@code room.follow(events::offer)} makes a stream of server-sent events of them. The
   * listener is called for each as members get it, in the room's order, as {@link #onJoin} says; it
   * must not block.
   *
   * <p>Up to 1 MiB of texts may wait for it and those who are called before it. What does not fit
   * any more ends the following: {@link Following#await}.
   *
   * @return ends it; the room lives on without members until then
   */
  Following follow(Consumer<String> listener);

  /**
   * The same for who comes back. With a {@link #history} the listener first gets what it has
   * missed, or else all that is remembered, as a client of the room does, and each text with its
   * position: {@code room.follow(events.lastSeen(), events::offer)}. Without one the positions are
   * empty.
   *
   * @param seen the last position that is known, whatever it looks like; empty: none
   * @param listener gets the position and the text
   * @return ends it; the room lives on without members until then
   */
  Following follow(String seen, BiConsumer<String, String> listener);

  /** Somebody follows a room. */
  interface Following extends AutoCloseable {

    /**
     * Blocks until the room ends this by itself, as the listener was too slow, and that has got its
     * last text. Who then follows the room again from the last position has missed nothing that is
     * remembered. The writer of server-sent events is interrupted when its client leaves:
     *
     * <pre>{@code
     * try (var following = room.follow(events.lastSeen(), events::offer)) {
     *   following.await();   // the client comes back
     * }
     * }</pre>
     *
     * @throws InterruptedException if this thread is interrupted
     */
    void await() throws InterruptedException;

    /** The listener is not called any more, but for texts that are on their way to it. */
    @Override
    void close();
  }
}
