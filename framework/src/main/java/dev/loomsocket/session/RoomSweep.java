package dev.loomsocket.session;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets the rooms that remember something forget what is too old, once a second and all of them in
 * one virtual thread, which is there while such rooms are. Thread-safe.
 */
final class RoomSweep {
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();

  private final Set<LiveRoom> rooms = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

  /** From now on this room too, until it is forgotten. */
  void add(LiveRoom room) {
    rooms.add(room);
    start();
  }

  private void start() {
    if (thread.get() == null) {
      Thread sweeper = Thread.ofVirtual().name("loomsocket-rooms").unstarted(this::run);
      if (thread.compareAndSet(null, sweeper)) {
        sweeper.start();
      }
    }
  }

  private void run() {
    while (!rooms.isEmpty()) {
      LockSupport.parkNanos(PAUSE);
      sweep();
    }
    thread.set(null);
    if (!rooms.isEmpty()) {
      start(); // one came just now
    }
  }

  /** Sweeps once. */
  void sweep() {
    rooms.removeIf(room -> !room.sweep());
  }

  /** How many rooms there are to be swept. */
  int size() {
    return rooms.size();
  }

  /** Lets all rooms be that there are. */
  void close() {
    rooms.clear();
    LockSupport.unpark(thread.get());
  }
}
