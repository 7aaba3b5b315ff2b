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
  static final int MAX_TEXT = 32 * 1024; // characters of all lines together

  private final ReentrantLock turn = new ReentrantLock();
  // Guarded by turn.
  private final Deque<Event.Line> lines = new ArrayDeque<>();
  private int text; // characters of all lines

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
   * Keeps a line and forgets the oldest ones beyond the bounds; false: its id is known, so it came
   * twice. In turn only.
   */
  boolean add(Event.Line line) {
    if (lines.stream().anyMatch(known -> known.id().equals(line.id()))) {
      return false;
    }
    lines.addLast(line);
    text += line.text().length();
    while (lines.size() > MAX_LINES || text > MAX_TEXT) {
      text -= lines.removeFirst().text().length();
    }
    return true;
  }

  /** What was said, oldest first. In turn only. */
  List<Event.Line> lines() {
    return List.copyOf(lines);
  }
}
