package dev.loomsocket.sample;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest lines of one room, and the turn-taking of the connections in it: who joins sees each
 * line once, either in the history or as it is said.
 */
final class History {
  static final int MAX_LINES = 100;

  private final ReentrantLock turn = new ReentrantLock();
  private final Deque<Event.Line> lines = new ArrayDeque<>(); // guarded by turn

  /** Runs what must not mix with another connection's turn in the same room. */
  void inTurn(Runnable change) {
    turn.lock();
    try {
      change.run();
    } finally {
      turn.unlock();
    }
  }

  /**
   * Keeps a line and forgets the oldest one beyond the bound; false: its id is known, so it came
   * twice. In turn only.
   */
  boolean add(Event.Line line) {
    if (lines.stream().anyMatch(known -> known.id().equals(line.id()))) {
      return false;
    }
    lines.addLast(line);
    if (lines.size() > MAX_LINES) {
      lines.removeFirst();
    }
    return true;
  }

  /** What was said, oldest first. In turn only. */
  List<Event.Line> lines() {
    return List.copyOf(lines);
  }
}
