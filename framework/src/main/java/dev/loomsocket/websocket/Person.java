package dev.loomsocket.websocket;

import java.security.Principal;
import java.util.List;
import java.util.Optional;

/**
 * Somebody in a room, with as many sessions as there are: two tabs of one user are one person. A
 * session without a user is a person of its own. A snapshot: it does not change any more.
 *
 * @param user who it is, if its sessions have one: users with the same {@link Principal#getName()}
 *     are the same person
 * @param presences its sessions, in the order in which they joined; at least one
 */
public record Person(Optional<Principal> user, List<Presence> presences) {

  /** A person whose list does not change any more. */
  public Person {
    presences = List.copyOf(presences);
  }

  /** The sessions, in the order in which they joined. */
  public List<Session> sessions() {
    return presences.stream().map(Presence::session).toList();
  }

  /** What was said last when one of the sessions joined. */
  public Optional<Object> meta() {
    return presences.reversed().stream().flatMap(each -> each.meta().stream()).findFirst();
  }
}
