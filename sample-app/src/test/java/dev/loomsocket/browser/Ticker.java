package dev.loomsocket.browser;

import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** A room that remembers all it has said: numbers, one after the other. */
@WebSocketEndpoint(value = "/ticks", allowedOrigins = "*")
final class Ticker {
  private static final String EPOCH = "e0p0c4";

  private final ReentrantLock turn = new ReentrantLock();
  private final List<Session> members = new ArrayList<>(); // guarded by turn
  private int said; // guarded by turn

  @OnOpen
  void join(Session session) {
    turn.lock();
    try {
      int seen = seen(session);
      session.send(
          "{\"type\":\"joined\",\"room\":\"ticks\",\"@position\":\"%s.%d\",\"resumed\":%b}"
              .formatted(EPOCH, Math.max(seen, 0), seen >= 0));
      for (int n = Math.max(seen, 0) + 1; n <= said; n++) {
        session.send(tick(n));
      }
      members.add(session);
    } finally {
      turn.unlock();
    }
  }

  /** -1: nothing. */
  private static int seen(Session session) {
    return session.queryParams().getOrDefault("resume", List.of()).stream()
        .filter(position -> position.startsWith(EPOCH + "."))
        .mapToInt(position -> Integer.parseInt(position.substring(EPOCH.length() + 1)))
        .findFirst()
        .orElse(-1);
  }

  @OnClose
  void leave(Session session) {
    turn.lock();
    try {
      members.remove(session);
    } finally {
      turn.unlock();
    }
  }

  /** Says the next numbers. */
  void tick(int from, int to) {
    for (int n = from; n <= to; n++) {
      turn.lock();
      try {
        said = n;
        String message = tick(n);
        members.removeIf(member -> !isSent(member, message));
      } finally {
        turn.unlock();
      }
    }
  }

  private static boolean isSent(Session member, String message) {
    try {
      member.send(message);
      return true;
    } catch (SessionClosedException e) {
      return false;
    }
  }

  private static String tick(int n) {
    return "{\"type\":\"tick\",\"n\":%d,\"@position\":\"%s.%d\"}".formatted(n, EPOCH, n);
  }
}
