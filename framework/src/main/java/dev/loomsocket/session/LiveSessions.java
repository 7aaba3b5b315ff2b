package dev.loomsocket.session;

import dev.loomsocket.websocket.CloseStatus;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** All open sessions of a server, of all its endpoints. Thread-safe; nothing blocks. */
public final class LiveSessions {
  private final Set<LiveSession> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicLong numbers = new AtomicLong();
  private volatile boolean stopping;

  /** No session is open yet. */
  public LiveSessions() {}

  long nextNumber() {
    return numbers.incrementAndGet();
  }

  void add(LiveSession session) {
    sessions.add(session);
    if (stopping) {
      session.close(CloseStatus.GOING_AWAY);
    }
  }

  void remove(LiveSession session) {
    sessions.remove(session);
  }

  /** How many sessions are open. */
  public int size() {
    return sessions.size();
  }

  /** Starts to close every session, also those that are just opening, with 1001; waits for none. */
  public void closeAll() {
    stopping = true;
    sessions.forEach(session -> session.close(CloseStatus.GOING_AWAY));
  }
}
