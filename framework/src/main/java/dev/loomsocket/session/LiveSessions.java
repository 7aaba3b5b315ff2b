package dev.loomsocket.session;

import dev.loomsocket.websocket.CloseStatus;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All open sessions of a server, of all its endpoints, and how many messages they and those before
 * them had. Thread-safe; nothing waits for a client.
 */
public final class LiveSessions {
  private final Set<LiveSession> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicLong numbers = new AtomicLong();
  private final ReentrantLock counting = new ReentrantLock();
  private Messages ofTheEnded = new Messages(0, 0); // guarded by counting
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

  /** The session has ended: its messages are counted for good. */
  void remove(LiveSession session) {
    counting.lock();
    try {
      if (sessions.remove(session)) {
        ofTheEnded = ofTheEnded.and(session.messages());
      }
    } finally {
      counting.unlock();
    }
  }

  /**
   * Numbers of messages.
   *
   * @param received whole ones that came
   * @param sent whole ones that were queued
   */
  public record Messages(long received, long sent) {
    Messages and(Messages others) {
      return new Messages(received + others.received, sent + others.sent);
    }
  }

  /** Of all sessions that there have been; a session that ends meanwhile waits for this. */
  public Messages messages() {
    counting.lock();
    try {
      return sessions.stream().map(LiveSession::messages).reduce(ofTheEnded, Messages::and);
    } finally {
      counting.unlock();
    }
  }

  /** How many bytes wait for clients. */
  public long queuedBytes() {
    return sessions.stream().mapToLong(LiveSession::queuedBytes).sum();
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
