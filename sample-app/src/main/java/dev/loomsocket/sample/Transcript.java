package dev.loomsocket.sample;

import dev.loomsocket.http.Templates;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What was said in a room lately: who enters sees each line once, old or new. Who comes and goes is
 * told to those who are there, and not kept.
 */
final class Transcript {
  private static final int MOST_LINES = 100;

  /** Something that was said. */
  record Line(String id, String text) {}

  /** What the template of the history shows. */
  record Past(List<Line> lines, boolean some) {}

  /** Somebody who joined or left. */
  record Move(String id, boolean joined) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Line> lines = new ArrayDeque<>(); // guarded by lock
  private final Room room;

  Transcript(Room room) {
    this.room = room;
  }

  /** Sends the history, and from then on what happens; the others are told. */
  void enter(Session session, String id, Templates templates) throws Exception {
    String joined = templates.render("move", new Move(id, true));
    lock.lock();
    try {
      session.send(templates.render("history", new Past(List.copyOf(lines), !lines.isEmpty())));
      room.send(joined);
      room.join(session);
    } finally {
      lock.unlock();
    }
  }

  /** Tells those who are there that somebody has gone. */
  void leave(String id, Templates templates) throws Exception {
    room.send(templates.render("move", new Move(id, false)));
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
