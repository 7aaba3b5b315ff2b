package dev.loomsocket.session;

import dev.loomsocket.net.BufferPool;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A session without a connection's thread, and the peer at its other end. */
record Member(LiveSession session, Peer peer) {
  private static final BufferPool POOL = new BufferPool(100);

  static Member of(Rooms rooms, String id) {
    return of(rooms, id, Settings.DEFAULT);
  }

  static Member of(Rooms rooms, String id, SessionSettings settings) {
    Peer peer = new Peer();
    Thread owner = Thread.ofVirtual().unstarted(() -> {}); // every other thread writes at once
    Outbox outbox = new Outbox(peer.transport(), POOL, settings, null, owner);
    Facilities shared =
        new Facilities(new LiveSessions(), rooms, POOL, (session, payload) -> payload);
    OpeningTarget target = Served.request(Map.of("a", List.of("1", "2"))).target();
    return new Member(
        new LiveSession(number(id), target, Optional.empty(), Optional.of("v1"), outbox, shared),
        peer);
  }

  /** Such that {@link LiveSession#id()} is the name, without spaces. */
  private static long number(String name) {
    return Long.parseLong(name.replace(" ", ""), Character.MAX_RADIX);
  }
}
