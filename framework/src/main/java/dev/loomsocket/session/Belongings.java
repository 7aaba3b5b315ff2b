package dev.loomsocket.session;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What most sessions go without: the rooms that a session has joined, and its attributes.
 * Thread-safe.
 */
final class Belongings {
  private final LiveSession session;
  private final Rooms rooms;

  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final Set<String> joined = new LinkedHashSet<>();
  private @Nullable Map<String, Object> attributes;
  private boolean retired; // joins no room any more

  Belongings(LiveSession session, Rooms rooms) {
    this.session = session;
    this.rooms = rooms;
  }

  void join(String room) {
    lock.lock();
    try {
      if (!retired && session.isOpen() && joined.add(room)) {
        rooms.join(room, session);
      }
    } finally {
      lock.unlock();
    }
  }

  void leave(String room) {
    lock.lock();
    try {
      if (joined.remove(room)) {
        rooms.leave(room, session);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Leaves all rooms for good. */
  void retire() {
    lock.lock();
    try {
      retired = true;
      joined.forEach(room -> rooms.leave(room, session));
      joined.clear();
    } finally {
      lock.unlock();
    }
  }

  Map<String, Object> attributes() {
    lock.lock();
    try {
      Map<String, Object> map = attributes;
      if (map == null) {
        attributes = map = new ConcurrentHashMap<>();
      }
      return map;
    } finally {
      lock.unlock();
    }
  }
}
