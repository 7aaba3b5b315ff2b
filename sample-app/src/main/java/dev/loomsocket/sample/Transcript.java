package dev.loomsocket.sample;

import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/** What happened in a room lately, as markup: who enters sees each line once, old or new. */
final class Transcript {
  private static final int MOST_LINES = 100;
  private static final Template HISTORY = Template.of("history.html");

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<String> lines = new ArrayDeque<>(); // guarded by lock
  private final Room room;

  Transcript(Room room) {
    this.room = room;
  }

  /** Sends the history, and from then on what is added. */
  void enter(Session session) {
    lock.lock();
    try {
      session.send(HISTORY.withMarkup("lines", String.join("", lines)).toString());
      room.join(session);
    } finally {
      lock.unlock();
    }
  }

  /** Adds a line and sends it to everybody. */
  void add(Template filled) {
    String line = filled.toString();
    lock.lock();
    try {
      lines.addLast(line);
      if (lines.size() > MOST_LINES) {
        lines.removeFirst();
      }
      room.send(line);
    } finally {
      lock.unlock();
    }
  }
}
