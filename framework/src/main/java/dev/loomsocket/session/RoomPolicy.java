package dev.loomsocket.session;

import dev.loomsocket.session.PreparedMessage.Fate;
import dev.loomsocket.websocket.Keyed;
import dev.loomsocket.websocket.Overflow;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a room says of messages that do not fit into a member's queue.
 *
 * @param overflow null: the endpoint of each member decides
 * @param keys of the types that have one beside their own
 */
record RoomPolicy(@Nullable Overflow overflow, Map<Class<?>, Function<Object, ?>> keys) {
  private static final Logger LOG = System.getLogger("dev.loomsocket.session");

  /** A room that says nothing. */
  static final RoomPolicy RECEIVERS = new RoomPolicy(null, Map.of());

  /**
   * A key that is equal in one room only. It is looked for under locks and in the threads of
   * others, so its hash is asked for once, in the sender's thread, and an {@code equals} that fails
   * is no.
   */
  private static final class RoomKey {
    private final LiveRoom room;
    private final Object key;
    private final int hash;

    RoomKey(LiveRoom room, Object key) {
      this.room = room;
      this.key = key;
      this.hash = key.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof RoomKey that
          && that.room == room
          && that.hash == hash
          && isEqual(key, that.key);
    }

    private static boolean isEqual(Object key, Object other) {
      try {
        return key.equals(other);
      } catch (RuntimeException | Error e) {
        LOG.log(Level.DEBUG, "a key failed to say whether it equals another", e);
        return false;
      }
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  RoomPolicy with(Overflow another) {
    return new RoomPolicy(another, keys);
  }

  RoomPolicy conflating(Class<?> type, Function<Object, ?> key) {
    Map<Class<?>, Function<Object, ?>> more = new LinkedHashMap<>(keys);
    more.put(type, key);
    return new RoomPolicy(Overflow.CONFLATE, more);
  }

  /** What holds for one message. Asks users for its key, and that for its hash. */
  Fate fate(LiveRoom room, Object message) {
    Object key = key(message);
    return overflow == null && key == null
        ? Fate.RECEIVERS
        : new Fate(overflow, key == null ? null : new RoomKey(room, key));
  }

  private @Nullable Object key(Object message) {
    for (Map.Entry<Class<?>, Function<Object, ?>> each : keys.entrySet()) {
      if (each.getKey().isInstance(message)) {
        return each.getValue().apply(message);
      }
    }
    return message instanceof Keyed keyed ? keyed.conflationKey() : null;
  }
}
