package dev.loomsocket.session;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What most sessions go without: the rooms that a session has joined, the user whose it is, its
 * attributes and asks. Thread-safe.
 */
final class Belongings {
  private final LiveSession session;
  private final Facilities shared;

  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final Set<String> joined = new LinkedHashSet<>();
  private @Nullable Map<String, Object> attributes;
  private volatile @Nullable Asks asks; // looked at for each text
  private @Nullable String user;
  private boolean retired; // joins no room any more

  Belongings(LiveSession session, Facilities shared) {
    this.session = session;
    this.shared = shared;
  }

  void join(String room) {
    lock.lock();
    try {
      if (!retired && session.isOpen() && joined.add(room)) {
        shared.rooms().join(room, session);
      }
    } finally {
      lock.unlock();
    }
  }

  void leave(String room) {
    lock.lock();
    try {
      if (joined.remove(room)) {
        shared.rooms().leave(room, session);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Is one of this user's sessions from now on; called once. */
  void belongTo(String name) {
    lock.lock();
    try {
      user = name;
      shared.users().add(name, session);
    } finally {
      lock.unlock();
    }
  }

  /** Leaves all rooms, and its user, for good. */
  void retire() {
    lock.lock();
    try {
      retired = true;
      joined.forEach(room -> shared.rooms().leave(room, session));
      joined.clear();
      if (user != null) {
        shared.users().remove(user, session);
        user = null;
      }
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

  /** What has been asked, once anything was. */
  Asks asks() {
    lock.lock();
    try {
      Asks present = asks;
      if (present == null) {
        asks = present = new Asks(session);
      }
      return present;
    } finally {
      lock.unlock();
    }
  }

  /** The same, or null. */
  @Nullable Asks asked() {
    return asks;
  }
}
