package dev.loomsocket.session;

import dev.loomsocket.session.PreparedMessage.Fate;
import dev.loomsocket.websocket.Person;
import dev.loomsocket.websocket.Presence;
import dev.loomsocket.websocket.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A room while there is something to know of it: members, a history, or what the application has
 * set for good. One lock gives its joins, replays and messages their common order. It is held while
 * they are queued, not while they are encoded, written, or told to listeners: {@link #tell}. But
 * for a member that keeps its compression's context (context takeover) a message is compressed as
 * it is queued, so under the lock, and a few bytes are written where a queue is full.
 */
final class LiveRoom {
  private final Rooms rooms;
  private final String name;
  private final Guard lock = new Guard();
  // Guarded by lock.
  private final Members members = new Members();
  private @Nullable RoomHistory history;
  private boolean lasting; // the application has set something for good
  private boolean forgotten; // nobody joins any more

  // Written under lock.
  private volatile RoomPolicy policy = RoomPolicy.RECEIVERS;
  private volatile @Nullable RoomEvents events; // once there is a listener, or a message dropped

  LiveRoom(Rooms rooms, String name) {
    this.rooms = rooms;
    this.name = name;
  }

  List<LiveSession> members() {
    return lock.with(members::snapshot);
  }

  List<Person> people() {
    return Members.people(lock.with(members::presences));
  }

  /**
   * Takes a session in.
   *
   * @param meta what is said of it; null: nothing
   * @param client what the session's client has seen
   * @return false if the room has been forgotten meanwhile
   */
  boolean add(LiveSession session, @Nullable Object meta, Resumption client) {
    List<PreparedMessage> ahead = lock.with(() -> welcome(client::seen));
    ahead.forEach(session.outbox().frames()::prepare); // not under the lock
    return lock.with(() -> {
      Presence presence = forgotten ? null : members.add(session, meta);
      if (presence != null) {
        List<PreparedMessage> welcome = welcome(client::takeSeen);
        if (!welcome.isEmpty()) {
          session.outbox().replay(welcome);
        }
        if (events != null) {
          events.joined(presence);
        }
      }
      return !forgotten;
    });
  }

  /** What a session is sent that joins now; nothing without a history. */
  private List<PreparedMessage> welcome(Function<String, OptionalLong> seen) {
    RoomHistory remembered = history;
    if (remembered == null) {
      return List.of();
    }
    remembered.trim(rooms.now());
    return remembered.welcome(name, seen.apply(remembered.epoch()));
  }

  /** Takes a session out. */
  void remove(LiveSession session) {
    lock.with(() -> {
      Presence presence = members.remove(session);
      if (presence != null && events != null) {
        events.left(presence);
      }
      return forgetIfOver();
    });
  }

  /**
   * Forgets what is too old or too much, and the room if nothing is left; true if there is more to
   * forget.
   */
  boolean sweep() {
    return lock.with(() -> {
      if (history != null) {
        history.makeRoom();
      }
      return !forgetIfOver();
    });
  }

  private boolean forgetIfOver() {
    RoomHistory remembered = history;
    if (remembered != null) {
      remembered.trim(rooms.now());
    }
    boolean followed = events != null && events.isFollowed();
    boolean remembers = remembered != null && !remembered.isEmpty();
    if (members.isEmpty() && !lasting && !remembers && !followed) {
      forgotten = true;
      rooms.forget(name, this);
    }
    return forgotten;
  }

  /** Calls the listeners for what has happened; without any lock. */
  void tell() {
    RoomEvents present = events;
    if (present != null) {
      present.telling().tell();
    }
  }

  /** See {@link Telling#tellElsewhere}. */
  CountDownLatch tellElsewhere() {
    RoomEvents present = events;
    return present == null ? new CountDownLatch(0) : present.telling().tellElsewhere();
  }

  /** For whom a message is made, and how. */
  private record Audience(List<LiveSession> members, boolean remembers) {}

  /**
   * Sends a message.
   *
   * @param message what was made of the value
   */
  void send(Object value, Message message, @Nullable Session except) {
    Fate fate = policy.fate(this, value);
    List<LiveSession> receivers;
    do {
      receivers = queue(value, message, fate, except);
    } while (receivers == null);
    for (LiveSession session : receivers) {
      session.outbox().flushOffered();
    }
    tell();
  }

  /** Queues it for all; null if that has to be done anew, as the room has begun to remember. */
  private @Nullable List<LiveSession> queue(
      Object value, Message message, Fate fate, @Nullable Session except) {
    Audience to = lock.with(() -> new Audience(members.snapshot(), history != null));
    Draft draft = to.remembers ? new Draft(value, message, fate) : null;
    PreparedMessage whole = new PreparedMessage(message, fate);
    for (LiveSession session : to.members) { // not under the lock
      OutgoingFrames frames = session.outbox().frames();
      if (draft == null) {
        frames.prepare(whole);
      } else {
        frames.prepare(draft);
      }
    }
    lock.lock();
    try {
      RoomHistory remembered = history;
      if ((remembered == null) != (draft == null)) {
        return null;
      }
      List<LiveSession> receivers = members.snapshot();
      PreparedMessage placed = remembered == null ? whole : remembered.add(draft, rooms.now());
      offer(placed, receivers, except);
      if (events != null
          && !events.sent(
              Optional.ofNullable(remembered).map(RoomHistory::last), placed.message())) {
        forgetIfOver();
      }
      return receivers;
    } finally {
      lock.unlock();
    }
  }

  private void offer(
      PreparedMessage message, List<LiveSession> receivers, @Nullable Session except) {
    for (LiveSession session : receivers) {
      int dropped = session == except ? 0 : session.outbox().offer(message);
      if (dropped > 0) {
        events().dropped(session, dropped);
      }
    }
  }

  /** Something that is set, under the lock. */
  interface Setting {
    void set(LiveRoom room);
  }

  /**
   * Sets something.
   *
   * @param forGood whether the room lasts because of it
   * @return false if the room has been forgotten meanwhile
   */
  boolean set(boolean forGood, Setting setting) {
    List<LiveSession> told = new ArrayList<>();
    boolean isSet =
        lock.with(() -> {
          if (!forgotten) {
            boolean remembered = history != null;
            lasting |= forGood;
            setting.set(this);
            if (!remembered && history != null) {
              told.addAll(members.snapshot());
            }
            forgetIfOver();
            return true;
          }
          return false;
        });
    told.forEach(session -> session.outbox().flushOffered());
    return isSet;
  }

  /** Remembers from now on; those who are here are told. */
  void history(int messages, long ttl) {
    RoomHistory present = history;
    if (present == null) {
      RoomHistory first = new RoomHistory(messages, ttl, rooms.histories());
      history = first;
      for (LiveSession session : members.snapshot()) {
        session.outbox().replay(first.welcome(name, OptionalLong.empty()));
      }
      rooms.sweepLater(this);
    } else {
      present.limit(messages, ttl);
    }
  }

  /** Lets a follower have what came behind its last position, or else all that there is. */
  void replay(Optional<Position> seen, Follower follower) {
    RoomHistory remembered = history;
    if (remembered != null) {
      remembered.trim(rooms.now());
      RoomEvents present = events();
      remembered.behind(seen, (at, each) -> present.replayed(at, each.message(), follower));
    }
  }

  void policy(UnaryOperator<RoomPolicy> change) {
    policy = change.apply(policy);
  }

  RoomEvents events() {
    RoomEvents present = events;
    if (present == null) {
      events = present = new RoomEvents(name);
    }
    return present;
  }
}
