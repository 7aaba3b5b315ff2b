package dev.loomsocket.session;

import dev.loomsocket.net.BufferPool;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session without a connection's thread, and the peer at its other end. */
record Member(LiveSession session, Peer peer) {
  private static final BufferPool POOL = new BufferPool(100);

  static Member of(Rooms rooms, String id) {
    return of(rooms, id, Settings.DEFAULT);
  }

  static Member of(Rooms rooms, String id, SessionSettings settings) {
    return of(rooms, id, settings, Map.of("a", List.of("1", "2")), Optional.empty(), null);
  }

  /** One whose client comes with these positions. */
  static Member resuming(Rooms rooms, String id, String... positions) {
    Map<String, List<String>> query = Map.of("resume", List.of(positions));
    return of(rooms, id, Settings.DEFAULT, query, Optional.empty(), null);
  }

  /** One that is this user's. */
  static Member user(Rooms rooms, String id, Principal user) {
    return of(rooms, id, Settings.DEFAULT, Map.of(), Optional.of(user), null);
  }

  /** One that gets compressed messages. */
  static Member compressing(Rooms rooms, String id, Compressor compressor) {
    return of(rooms, id, Settings.DEFAULT, Map.of(), Optional.empty(), compressor);
  }

  private static Member of(
      Rooms rooms,
      String id,
      SessionSettings settings,
      Map<String, List<String>> query,
      Optional<Principal> user,
      @Nullable Compressor compressor) {
    Peer peer = new Peer();
    Thread owner = Thread.ofVirtual().unstarted(() -> {}); // every other thread writes at once
    Outbox outbox =
        new Outbox(peer.transport(), POOL, settings, compressor, owner, Settings.MEMORY);
    Facilities shared =
        new Facilities(new LiveSessions(), rooms, POOL, (session, payload) -> payload);
    OpeningTarget target = Served.request(query).target();
    return new Member(
        new LiveSession(number(id), target, user, Optional.of("v1"), outbox, shared), peer);
  }

  /** Such that {@link LiveSession#id()} is the name, without spaces. */
  private static long number(String name) {
    return Long.parseLong(name.replace(" ", ""), Character.MAX_RADIX);
  }
}
