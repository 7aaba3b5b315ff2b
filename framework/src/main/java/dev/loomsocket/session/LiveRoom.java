package dev.loomsocket.session;

import dev.loomsocket.session.RoomMessage.Fate;
import dev.loomsocket.websocket.Person;
import dev.loomsocket.websocket.Presence;
import dev.loomsocket.websocket.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A room while there is something to know of it: members, a history, or what the application has
 * set for good. One lock gives its joins, replays and messages their common order. It is held while
 * they are queued, not while they are encoded, written, or told to listeners: {@link #tell}.
 */
final class LiveRoom {
  private final Rooms rooms;
  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
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

  private <T> T locked(Supplier<T> step) {
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }

  List<LiveSession> members() {
    return locked(members::snapshot);
  }

  List<Person> people() {
    return Members.people(locked(members::presences));
  }

  // ---- coming and going

  /**
   * Takes a session in.
   *
   * @param meta what is said of it; null: nothing
   * @param client knows where the session's client has come with
   * @return false if the room has been forgotten meanwhile
   */
  boolean add(LiveSession session, @Nullable Object meta, Belongings client) {
    List<RoomMessage> ahead = locked(() -> welcome(client::seen));
    ahead.forEach(session.outbox().frames()::prepare); // not under the lock
    return locked(() -> {
      Presence presence = forgotten ? null : members.add(session, meta);
      if (presence != null) {
        List<RoomMessage> welcome = welcome(client::takeSeen);
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
  private List<RoomMessage> welcome(Function<String, OptionalLong> seen) {
    RoomHistory remembered = history;
    if (remembered == null) {
      return List.of();
    }
    remembered.trim(rooms.now());
    return remembered.welcome(name, seen.apply(remembered.epoch()));
  }

  /** Takes a session out. */
  void remove(LiveSession session) {
    locked(() -> {
      Presence presence = members.remove(session);
      if (presence != null && events != null) {
        events.left(presence);
      }
      return forgetIfOver();
    });
  }

  /** Forgets what is too old, and the room if nothing is left; true if there is more to forget. */
  boolean sweep() {
    return locked(() -> !forgetIfOver());
  }

  private boolean forgetIfOver() {
    RoomHistory remembered = history;
    if (remembered != null) {
      remembered.trim(rooms.now());
    }
    if (members.isEmpty() && !lasting && (remembered == null || remembered.isEmpty())) {
      forgotten = true;
      rooms.forget(name, this);
    }
    return forgotten;
  }

  /** Calls the listeners for what has happened; without any lock. */
  void tell() {
    RoomEvents present = events;
    if (present != null) {
      present.tell();
    }
  }

  /** The same for who has nothing else to do. */
  void tellAll() {
    RoomEvents present = events;
    if (present != null) {
      present.tellAll();
    }
  }

  // ---- sending

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
      session.outbox().flushOrOwe();
    }
    tell();
  }

  /** Queues it for all; null if that has to be done anew, as the room has begun to remember. */
  private @Nullable List<LiveSession> queue(
      Object value, Message message, Fate fate, @Nullable Session except) {
    Audience to = locked(() -> new Audience(members.snapshot(), history != null));
    Draft draft = to.remembers ? new Draft(value, message, fate) : null;
    RoomMessage whole = new RoomMessage(message, fate);
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
      offer(remembered == null ? whole : remembered.add(draft, rooms.now()), receivers, except);
      return receivers;
    } finally {
      lock.unlock();
    }
  }

  private void offer(RoomMessage message, List<LiveSession> receivers, @Nullable Session except) {
    for (LiveSession session : receivers) {
      int dropped = session == except ? 0 : session.outbox().offer(message);
      if (dropped > 0) {
        events().dropped(session, dropped);
      }
    }
  }

  // ---- settings

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
        locked(() -> {
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
    told.forEach(session -> session.outbox().flushOrOwe());
    return isSet;
  }

  /** Remembers from now on; those who are here are told. */
  void history(int messages, long ttl) {
    RoomHistory present = history;
    if (present == null) {
      RoomHistory first = new RoomHistory(messages, ttl);
      history = first;
      for (LiveSession session : members.snapshot()) {
        session.outbox().replay(first.welcome(name, OptionalLong.empty()));
      }
      rooms.sweepLater(this);
    } else {
      present.limit(messages, ttl);
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
