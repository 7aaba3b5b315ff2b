package dev.loomsocket.session;

import dev.loomsocket.websocket.Person;
import dev.loomsocket.websocket.Presence;
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

  /** The people of this moment. */
  List<Person> people() {
    Map<Object, List<Presence>> people = new LinkedHashMap<>();
    all.forEach((session, meta) -> {
      Object who = session.user().<Object>map(Principal::getName).orElse(session);
      people.computeIfAbsent(who, first -> new ArrayList<>()).add(new Presence(session, meta));
    });
    return people.values().stream()
        .map(presences -> new Person(presences.getFirst().session().user(), presences))
        .toList();
  }
}
