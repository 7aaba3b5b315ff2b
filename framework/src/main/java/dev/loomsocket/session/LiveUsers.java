package dev.loomsocket.session;

import dev.loomsocket.json.JsonEncoder;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.User;
import dev.loomsocket.websocket.Users;
import java.util.Collection;

/**
 * The users of all open sessions. Each is a room of a kind: its members are the user's sessions,
 * which come and go by themselves, so it exists while it has any. Thread-safe; nothing blocks.
 */
public final class LiveUsers implements Users {
  private final Rooms sessions; // by the user's name

  /** Nobody is there yet. */
  public LiveUsers(JsonEncoder json) {
    sessions = new Rooms(json);
  }

  @Override
  public User user(String name) {
    return new NamedUser(sessions, name);
  }

  LiveRoom add(String name, LiveSession session, Resumption client) {
    return sessions.join(name, session, null, client);
  }

  void remove(String name, LiveSession session) {
    sessions.leave(name, session);
  }

  /** A user as others hold it. */
  private record NamedUser(Rooms all, String name) implements User {
    @Override
    public boolean isPresent() {
      return all.room(name).size() > 0;
    }

    @Override
    public Collection<Session> sessions() {
      return all.room(name).members();
    }

    @Override
    public void send(Object message) {
      all.room(name).send(message);
    }

    @Override
    public String toString() {
      return "User[" + name + "]";
    }
  }
}
