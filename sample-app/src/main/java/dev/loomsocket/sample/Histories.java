package dev.loomsocket.sample;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The histories of the rooms that were used last. An empty room keeps its lines, so that whoever
 * comes back finds them; beyond {@value #MAX_ROOMS} rooms the one that was not used for the longest
 * time is forgotten.
 */
final class Histories {
  static final int MAX_ROOMS = 200;

  private final ReentrantLock lock = new ReentrantLock();
  private final SequencedMap<String, History> byRoom =
      new LinkedHashMap<>(); // guarded by lock; last used comes last

  /** The history of a room; asking for it is what counts as use. */
  History of(String room) {
    lock.lock();
    try {
      History known = byRoom.remove(room);
      History history = known == null ? new History() : known;
      byRoom.put(room, history);
      if (byRoom.size() > MAX_ROOMS) {
        byRoom.pollFirstEntry();
      }
      return history;
    } finally {
      lock.unlock();
    }
  }
}
