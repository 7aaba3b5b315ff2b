package dev.loomsocket.session;

import dev.loomsocket.websocket.Presence;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.wire.Opcode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of one room, the log among them, and what of its doings each of them is to be told.
 *
 * <p>Everything is done under the room's lock, which makes the order; the listeners are called
 * without it: {@link #telling}.
 *
 * <p>What waits for them is bounded. Texts: see {@link Follower}. Joins and leaves: beyond so many
 * the next are left out, and the log says so. Drops: one notice for each member.
 */
final class RoomEvents {
  private static final Logger LOG = System.getLogger("dev.loomsocket.session");

  /** So many joins and leaves may wait: each is small, but keeps a session that may have ended. */
  static final int MOST_PRESENCES = 10_000;

  private final String room;
  private final Telling telling;
  // Guarded by the room's lock.
  private List<Consumer<Presence>> onJoin = List.of();
  private List<Consumer<Presence>> onLeave = List.of();
  private List<ObjIntConsumer<Session>> onDrop = List.of();
  private List<Follower> followers = List.of();
  private boolean hasDropped;
  private boolean hasLeftOut;

  private final AtomicInteger presences = new AtomicInteger(); // joins and leaves that wait
  private final Map<Session, Integer> dropped = new ConcurrentHashMap<>(); // not told of yet
  private final Set<Session> slow = ConcurrentHashMap.newKeySet(); // for whom that is noted
  private volatile @Nullable Thread teller; // while a listener is told of what was dropped

  RoomEvents(String room) {
    this.room = room;
    this.telling = new Telling(room);
  }

  /** Calls the listeners. */
  Telling telling() {
    return telling;
  }

  void onJoin(Consumer<Presence> listener) {
    onJoin = and(onJoin, listener);
  }

  void onLeave(Consumer<Presence> listener) {
    onLeave = and(onLeave, listener);
  }

  void onDrop(ObjIntConsumer<Session> listener) {
    onDrop = and(onDrop, listener);
  }

  /** Lets somebody have each text from now on, and its position. */
  void follow(Follower follower) {
    followers = and(followers, follower);
  }

  void unfollow(Follower follower) {
    followers = followers.stream().filter(each -> each != follower).toList();
  }

  boolean isFollowed() {
    return !followers.isEmpty();
  }

  private static <T> List<T> and(List<T> present, T another) {
    return Stream.concat(present.stream(), Stream.of(another)).toList();
  }

  /**
   * A message is sent; it has no position if the room has no history.
   *
   * @return false if somebody does not follow the room any more because of it
   */
  boolean sent(Optional<Position> position, Message message) {
    if (followers.isEmpty() || message.opcode() != Opcode.TEXT) {
      return true;
    }
    String at = position.map(Position::toString).orElse("");
    List<Follower> behind = new ArrayList<>(0);
    for (Follower follower : followers) {
      if (!follower.hear(at, message, telling)) {
        behind.add(follower);
      }
    }
    behind.forEach(this::end);
    return behind.isEmpty();
  }

  private void end(Follower follower) {
    unfollow(follower);
    warn("somebody who follows the room " + room + " is too slow, and follows it no longer");
    telling.note(follower::end);
  }

  private void warn(String warning) {
    telling.note(() -> LOG.log(Level.WARNING, warning));
  }

  /** A message that is remembered is for this one follower. */
  void replayed(Position position, Message message, Follower follower) {
    if (message.opcode() == Opcode.TEXT) {
      follower.replay(position.toString(), message, telling);
    }
  }

  void joined(Presence presence) {
    note(onJoin, presence);
  }

  /** A session is no member any more; what it has not been sent before is told before that. */
  void left(Presence presence) {
    Session session = presence.session();
    if (dropped.containsKey(session)) {
      noteDropped(session);
    }
    note(onLeave, presence);
  }

  private void note(List<Consumer<Presence>> listeners, Presence presence) {
    for (Consumer<Presence> listener : listeners) {
      if (presences.get() < MOST_PRESENCES) {
        presences.incrementAndGet();
        telling.note(() -> {
          presences.decrementAndGet();
          listener.accept(presence);
        });
      } else if (!hasLeftOut) {
        hasLeftOut = true;
        warn(
            "the listeners of the room "
                + room
                + " are too slow: they are not told of all who join and leave. This is told once a"
                + " room; its members() are right.");
      }
    }
  }

  /**
   * So many messages are not sent to a member. Noted once until it is told; what a listener has
   * sent that was being told of such is told with the next, or when the member leaves, for it would
   * be told of that without end.
   */
  void dropped(Session session, int messages) {
    if (!hasDropped) {
      hasDropped = true;
      warn(
          session
              + " is too slow for the room "
              + room
              + ", which drops messages. This is told once a room; onDrop tells of each member.");
    }
    if (!onDrop.isEmpty()) {
      dropped.merge(session, messages, Integer::sum);
      if (teller != Thread.currentThread()) {
        noteDropped(session);
      }
    }
  }

  private void noteDropped(Session session) {
    List<ObjIntConsumer<Session>> listeners = onDrop;
    if (slow.add(session)) {
      telling.note(() -> tellOfDropped(session, listeners));
    }
  }

  private void tellOfDropped(Session session, List<ObjIntConsumer<Session>> listeners) {
    slow.remove(session);
    Integer all = dropped.remove(session);
    if (all != null) { // else it was told with what came just before
      teller = Thread.currentThread();
      try {
        listeners.forEach(listener -> telling.call(() -> listener.accept(session, all)));
      } finally {
        teller = null;
      }
    }
  }
}
