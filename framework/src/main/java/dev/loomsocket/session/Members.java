package dev.loomsocket.session;

import dev.loomsocket.websocket.Person;
import dev.loomsocket.websocket.Presence;
import dev.loomsocket.websocket.Session;
import java.security.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sessions in one room, in the order in which they joined, and what was said of each. Not
 * thread-safe: guarded by the lock of the room.
 */
final class Members {
  private final Map<LiveSession, Optional<Object>> all = new LinkedHashMap<>();
  private @Nullable List<LiveSession> snapshot;

  boolean isEmpty() {
    return all.isEmpty();
  }

  /**
   * Adds a session, or only says something else of it.
   *
   * @param meta null: nothing is said
   * @return the new presence; null if it was there
   */
  @Nullable Presence add(LiveSession session, @Nullable Object meta) {
    Optional<Object> said = Optional.ofNullable(meta);
    if (all.containsKey(session)) {
      said.ifPresent(something -> all.put(session, said));
      return null;
    }
    all.put(session, said);
    snapshot = null;
    return new Presence(session, said);
  }

  /** Takes a session out; null if it was not there. */
  @Nullable Presence remove(LiveSession session) {
    Optional<Object> said = all.remove(session);
    if (said == null) {
      return null;
    }
    snapshot = null;
    return new Presence(session, said);
  }

  /** The sessions of this moment; the list does not change any more. */
  List<LiveSession> snapshot() {
    List<LiveSession> present = snapshot;
    if (present == null) {
      snapshot = present = List.copyOf(all.keySet());
    }
    return present;
  }

  /** Who is here at this moment, and what was said of each. */
  List<Presence> presences() {
    return all.entrySet().stream()
        .map(each -> new Presence(each.getKey(), each.getValue()))
        .toList();
  }

  /** The people behind these sessions. Asks users for names: not for under a lock. */
  static List<Person> people(List<Presence> presences) {
    Map<Object, List<Presence>> people = new LinkedHashMap<>();
    for (Presence presence : presences) {
      Session session = presence.session();
      Object who = session.user().<Object>map(Principal::getName).orElse(session);
      people.computeIfAbsent(who, first -> new ArrayList<>()).add(presence);
    }
    return people.values().stream()
        .map(each -> new Person(each.getFirst().session().user(), each))
        .toList();
  }
}
