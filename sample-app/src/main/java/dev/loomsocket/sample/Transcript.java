package dev.loomsocket.sample;

import dev.loomsocket.http.Templates;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** What happened in a room lately: who enters sees each line once, old or new. */
final class Transcript {
  private static final int MOST_LINES = 100;

  /** Something that was said, or that somebody left. */
  record Line(String id, String text, boolean left) {}

  /** What the template of the history shows. */
  record Past(List<Line> lines) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Line> lines = new ArrayDeque<>(); // guarded by lock
  private final Room room;

  Transcript(Room room) {
    this.room = room;
  }

  /** Sends the history, and from then on what is added. */
  void enter(Session session, Templates templates) throws Exception {
    lock.lock();
    try {
      session.send(templates.render("history", new Past(List.copyOf(lines))));
      room.join(session);
    } finally {
      lock.unlock();
    }
  }

  /** Adds a line and sends it to everybody. */
  void add(Line line, Templates templates) throws Exception {
    String markup = templates.render("line", line);
    lock.lock();
    try {
      lines.addLast(line);
      if (lines.size() > MOST_LINES) {
        lines.removeFirst();
      }
      room.send(markup);
    } finally {
      lock.unlock();
    }
  }
}
