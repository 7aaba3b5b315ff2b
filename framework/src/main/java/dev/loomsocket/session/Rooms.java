package dev.loomsocket.session;

import dev.loomsocket.json.JsonEncoder;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All rooms of an application, by name. A room exists while it has members; a {@link Room} that
 * users hold is only its name and looks up the members of the moment. Thread-safe; nothing blocks.
 */
public final class Rooms {
  private final JsonEncoder json;
  private final ConcurrentHashMap<String, Members> rooms = new ConcurrentHashMap<>();

  /** No room has members yet, and messages have no type names. */
  public Rooms() {
    this(new JsonEncoder());
  }

  /** No room has members yet. */
  public Rooms(JsonEncoder json) {
    this.json = json;
  }

  /** The room of that name. */
  public Room room(String name) {
    return new NamedRoom(this, name);
  }

  void join(String name, LiveSession session) {
    boolean joined;
    do {
      joined = rooms.computeIfAbsent(name, Members::new).add(session);
    } while (!joined); // the last one has just left: there will be another room of that name
  }

  void leave(String name, LiveSession session) {
    Members members = rooms.get(name);
    if (members != null) {
      members.remove(session);
    }
  }

  void send(String name, @Nullable Session except, Object message) {
    RoomMessage encoded = new RoomMessage(Message.of(message, json));
    Members members = rooms.get(name);
    if (members != null) {
      members.send(encoded, except);
    }
  }

  List<LiveSession> members(String name) {
    Members members = rooms.get(name);
    return members == null ? List.of() : members.snapshot();
  }

  /** The members of one room, under a lock that gives its messages their common order. */
  private final class Members {
    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<LiveSession> sessions = new LinkedHashSet<>(); // guarded by lock
    private @Nullable List<LiveSession> snapshot; // of sessions; guarded by lock
    private boolean forgotten; // nobody joins any more; guarded by lock

    Members(String name) {
      this.name = name;
    }

    /** Takes a session in; false if the room has been forgotten meanwhile. */
    boolean add(LiveSession session) {
      lock.lock();
      try {
        if (!forgotten) {
          sessions.add(session);
          snapshot = null;
        }
        return !forgotten;
      } finally {
        lock.unlock();
      }
    }

    /** Takes a session out; where nobody is left, the room is forgotten. */
    void remove(LiveSession session) {
      lock.lock();
      try {
        sessions.remove(session);
        snapshot = null;
        if (sessions.isEmpty()) {
          forgotten = true;
          rooms.remove(name, this);
        }
      } finally {
        lock.unlock();
      }
    }

    List<LiveSession> snapshot() {
      lock.lock();
      try {
        List<LiveSession> present = snapshot;
        if (present == null) {
          snapshot = present = List.copyOf(sessions);
        }
        return present;
      } finally {
        lock.unlock();
      }
    }

    /** Queues for all under the lock, which makes the order, and writes without it. */
    void send(RoomMessage message, @Nullable Session except) {
      List<LiveSession> receivers = snapshot();
      receivers.forEach(session -> session.outbox().encode(message)); // not under the lock
      lock.lock();
      try {
        receivers = snapshot();
        for (LiveSession session : receivers) {
          if (session != except) {
            session.outbox().offer(message);
          }
        }
      } finally {
        lock.unlock();
      }
      for (LiveSession session : receivers) {
        session.outbox().flushOrOwe();
      }
    }
  }

  /** A room as users hold it. */
  private record NamedRoom(Rooms rooms, String name) implements Room {
    @Override
    public void join(Session session) {
      live(session).join(name);
    }

    @Override
    public void leave(Session session) {
      live(session).leave(name);
    }

    @Override
    public void send(Object message) {
      rooms.send(name, null, message);
    }

    @Override
    public void sendExcept(Session except, Object message) {
      rooms.send(name, except, message);
    }

    @Override
    public Collection<Session> members() {
      return List.copyOf(rooms.members(name));
    }

    @Override
    public int size() {
      return rooms.members(name).size();
    }

    @Override
    public String toString() {
      return "Room[" + name + "]";
    }

    private static LiveSession live(Session session) {
      if (session instanceof LiveSession live) {
        return live;
      }
      throw new IllegalArgumentException("not a session of this server: " + session);
    }
  }
}
