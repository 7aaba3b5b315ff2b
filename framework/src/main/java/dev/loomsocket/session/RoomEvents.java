package dev.loomsocket.session;

import dev.loomsocket.websocket.Presence;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.wire.Opcode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of one room, the log among them, and what has happened that they have not been told
 * yet.
 *
 * <p>Everything is done under the room's lock, which makes the order, but for {@link #tell}: that
 * calls the listeners, without any lock and by one thread at a time.
 */
final class RoomEvents {
  private static final Logger LOG = System.getLogger("dev.loomsocket.session");

  /** So many things in a row are told by a thread that has something else to do. */
  private static final int TURN = 100;

  private final String room;
  // Guarded by the room's lock.
  private List<Consumer<Presence>> onJoin = List.of();
  private List<Consumer<Presence>> onLeave = List.of();
  private List<ObjIntConsumer<Session>> onDrop = List.of();
  private List<BiConsumer<String, String>> followers = List.of();
  private boolean hasDropped;

  private final Queue<Runnable> noted = new ConcurrentLinkedQueue<>();
  private final Map<Session, Integer> dropped = new ConcurrentHashMap<>(); // not told of yet
  private final Set<Session> slow = ConcurrentHashMap.newKeySet(); // for whom that is noted
  private volatile @Nullable Thread teller; // while a listener is called
  private final AtomicInteger calls = new AtomicInteger(); // of tell(), that are not seen to yet

  RoomEvents(String room) {
    this.room = room;
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

  /** Lets a listener have each text from now on, and its position. */
  void follow(BiConsumer<String, String> listener) {
    followers = and(followers, listener);
  }

  void unfollow(BiConsumer<String, String> listener) {
    followers = followers.stream().filter(each -> each != listener).toList();
  }

  boolean isFollowed() {
    return !followers.isEmpty();
  }

  /** A message is sent; it has no position if the room has no history. */
  void sent(Optional<Position> position, Message message) {
    followers.forEach(listener -> sent(position, message, listener));
  }

  /** A message is for this one follower. */
  void sent(Optional<Position> position, Message message, BiConsumer<String, String> listener) {
    if (message.opcode() == Opcode.TEXT) {
      noted.add(() -> listener.accept(position.map(Position::toString).orElse(""), text(message)));
    }
  }

  private static String text(Message message) {
    return new String(message.payload(), StandardCharsets.UTF_8);
  }

  private static <T> List<T> and(List<T> present, T another) {
    return Stream.concat(present.stream(), Stream.of(another)).toList();
  }

  void joined(Presence presence) {
    note(onJoin, presence);
  }

  void left(Presence presence) {
    note(onLeave, presence);
  }

  private void note(List<Consumer<Presence>> listeners, Presence presence) {
    listeners.forEach(listener -> noted.add(() -> listener.accept(presence)));
  }

  /**
   * So many messages are not sent to a member. Noted once until it is told; what a listener has
   * sent itself is told with the next, for it would be told of that without end.
   */
  void dropped(Session session, int messages) {
    if (!hasDropped) {
      hasDropped = true;
      noted.add(() -> LOG.log(Level.WARNING, warning(session)));
    }
    List<ObjIntConsumer<Session>> listeners = onDrop;
    if (!listeners.isEmpty()) {
      dropped.merge(session, messages, Integer::sum);
      if (teller != Thread.currentThread() && slow.add(session)) {
        noted.add(() -> tellOfDropped(session, listeners));
      }
    }
  }

  private void tellOfDropped(Session session, List<ObjIntConsumer<Session>> listeners) {
    slow.remove(session);
    Integer all = dropped.remove(session);
    if (all != null) { // else it was told with what came just before
      listeners.forEach(listener -> call(() -> listener.accept(session, all)));
    }
  }

  private String warning(Session session) {
    return session
        + " is too slow for the room "
        + room
        + ", which drops messages. This is told once a room; onDrop tells of each member.";
  }

  /**
   * Tells the listeners what has happened. If another thread is about it, that one tells it too:
   * perhaps this one, further down its stack. While more and more happens, a thread of its own goes
   * on: whoever joined or sent is not held up for as long as others do.
   */
  void tell() {
    if (calls.getAndIncrement() == 0) {
      tell(TURN);
    }
  }

  /** The same for who has nothing else to do: tells everything there is to tell by itself. */
  void tellAll() {
    if (calls.getAndIncrement() == 0) {
      tell(Integer.MAX_VALUE);
    }
  }

  private void tell(int most) {
    int left = most;
    int seen;
    do {
      seen = calls.get();
      for (Runnable next = noted.poll(); next != null; next = noted.poll()) {
        teller = Thread.currentThread();
        call(next);
        teller = null;
        if (--left == 0) {
          Thread.startVirtualThread(() -> tell(Integer.MAX_VALUE));
          return;
        }
      }
    } while (calls.addAndGet(-seen) > 0);
  }

  private void call(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, () -> "a listener of the room " + room + " failed", e);
    }
  }
}
