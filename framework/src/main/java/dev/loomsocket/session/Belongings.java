package dev.loomsocket.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What most sessions go without: the rooms that a session has joined, the positions that its client
 * came with, the user whose it is, its attributes and asks. Thread-safe.
 */
final class Belongings implements Resumption {
  private final LiveSession session;
  private final Facilities shared;

  private final Guard lock = new Guard();
  // Guarded by lock.
  private final Set<String> joined = new LinkedHashSet<>();
  private @Nullable Map<String, Object> attributes;
  private @Nullable Map<String, Long> seen; // offsets, by epoch; once a room has asked
  private volatile @Nullable Asks asks; // looked at for each text
  private @Nullable String user;
  private boolean retired; // joins no room any more

  Belongings(LiveSession session, Facilities shared) {
    this.session = session;
    this.shared = shared;
  }

  /** The room that was joined; null if none was. */
  @Nullable LiveRoom join(String room, @Nullable Object meta) {
    return lock.with(() -> {
      boolean may = !retired && session.isOpen() && (joined.add(room) || meta != null);
      return may ? shared.rooms().join(room, session, meta, this) : null;
    });
  }

  /** The room that was left; null if none was. */
  @Nullable LiveRoom leave(String room) {
    return lock.with(() -> joined.remove(room) ? shared.rooms().leave(room, session) : null);
  }

  /** Is one of this user's sessions from now on; called once. */
  void belongTo(String name) {
    lock.with(() -> {
      user = name;
      return shared.users().add(name, session, this);
    });
  }

  /** Leaves all rooms, and its user, for good, and returns the rooms. */
  List<LiveRoom> retire() {
    return lock.with(() -> {
      retired = true;
      List<LiveRoom> left = new ArrayList<>(joined.size());
      for (String room : joined) {
        LiveRoom live = shared.rooms().leave(room, session);
        if (live != null) {
          left.add(live);
        }
      }
      joined.clear();
      if (user != null) {
        shared.users().remove(user, session);
        user = null;
      }
      return left;
    });
  }

  @Override
  public OptionalLong seen(String epoch) {
    Long offset = seen().get(epoch);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  @Override
  public OptionalLong takeSeen(String epoch) {
    OptionalLong offset = seen(epoch);
    seen().remove(epoch);
    return offset;
  }

  private Map<String, Long> seen() {
    Map<String, Long> present = seen;
    if (present == null) {
      Map<String, Long> first = new HashMap<>(2);
      session.queryParams().getOrDefault("resume", List.of()).stream()
          .flatMap(text -> Position.parse(text).stream())
          .forEach(position -> first.putIfAbsent(position.epoch(), position.offset()));
      seen = present = first;
    }
    return present;
  }

  Map<String, Object> attributes() {
    return lock.with(() -> {
      Map<String, Object> map = attributes;
      if (map == null) {
        attributes = map = new ConcurrentHashMap<>();
      }
      return map;
    });
  }

  /** What has been asked, once anything was. */
  Asks asks() {
    return lock.with(() -> {
      Asks present = asks;
      if (present == null) {
        asks = present = new Asks(session);
      }
      return present;
    });
  }

  /** The same, or null. */
  @Nullable Asks asked() {
    return asks;
  }
}
