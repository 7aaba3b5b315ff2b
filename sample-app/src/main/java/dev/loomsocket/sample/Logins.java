package dev.loomsocket.sample;

import dev.loomsocket.http.Cookie;
import dev.loomsocket.http.Request;
import dev.loomsocket.http.Response;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/** Who is logged in: the names behind the random ids in cookies, for the newest logins. */
final class Logins {
  private static final String COOKIE = "session";
  private static final int MOST = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final SequencedMap<String, Principal> users = new LinkedHashMap<>(); // guarded by lock

  /** The answer with a cookie that tells who this is from now on. */
  Response login(String name, Response answer) {
    String id = UUID.randomUUID().toString();
    lock.lock();
    try {
      users.putLast(id, () -> name);
      if (users.size() > MOST) {
        users.pollFirstEntry();
      }
    } finally {
      lock.unlock();
    }
    return answer.cookie(Cookie.of(COOKIE, id));
  }

  /** Who sends a request. */
  Optional<Principal> user(Request request) {
    lock.lock();
    try {
      return request.cookie(COOKIE).map(users::get);
    } finally {
      lock.unlock();
    }
  }
}
