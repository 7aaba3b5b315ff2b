package dev.loomsocket.session;

import dev.loomsocket.websocket.Overflow;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whole messages that wait in line, some of which may be taken out of its middle. Not thread-safe.
 */
final class WaitingLine {
  private @Nullable Waiting first;
  private @Nullable Waiting last;
  private @Nullable Waiting oldest; // that may be dropped
  private @Nullable Map<Object, Waiting> byKey; // of those that newer ones replace
  private int number; // of the last one that came

  /** A message in line. */
  static final class Waiting {
    private final PreparedMessage message;
    private final boolean free;
    private final @Nullable Overflow overflow;
    private final int number;
    private boolean isGone; // a key that is no longer equal to itself may leave it in the map
    private @Nullable Waiting before;
    private @Nullable Waiting after;

    private Waiting(
        PreparedMessage message, boolean free, @Nullable Overflow overflow, int number) {
      this.message = message;
      this.free = free;
      this.overflow = overflow;
      this.number = number;
    }

    PreparedMessage message() {
      return message;
    }

    /** True if it does not count for the limit of the queue. */
    boolean isFree() {
      return free;
    }

    /** The bytes of its frame without compression. */
    long size() {
      return SendQueue.frameSize(message.length());
    }

    /** True if it may be dropped for a newer one. */
    boolean mayBeDropped() {
      return overflow == Overflow.DROP_OLDEST;
    }
  }

  boolean isEmpty() {
    return first == null;
  }

  /** The number of the last one that came. */
  int lastNumber() {
    return number;
  }

  /** True if nobody waits any more who came with this number or before. */
  boolean hasPassed(int number) {
    return first == null || first.number - number > 0;
  }

  /**
   * Puts a message at the end.
   *
   * @param overflow which may take it out again; null: nothing does
   */
  Waiting add(PreparedMessage message, boolean free, @Nullable Overflow overflow) {
    Waiting next = new Waiting(message, free, overflow, ++number);
    if (last == null) {
      first = next;
    } else {
      last.after = next;
      next.before = last;
    }
    last = next;
    if (oldest == null && next.mayBeDropped()) {
      oldest = next;
    }
    Object key = message.fate().key();
    if (overflow == Overflow.CONFLATE && key != null) {
      if (byKey == null) {
        byKey = new HashMap<>();
      }
      byKey.put(key, next);
    }
    return next;
  }

  /** Takes the one out that has waited longest, if there is one. */
  @Nullable Waiting poll() {
    return first == null ? null : remove(first);
  }

  /** Takes the oldest out that may be dropped, if there is one. */
  @Nullable Waiting pollOldest() {
    return oldest == null ? null : remove(oldest);
  }

  /** Takes out the one that a message with this key replaces, if there is one. */
  @Nullable Waiting poll(Object key) {
    Waiting replaced = byKey == null ? null : byKey.get(key);
    return replaced == null || replaced.isGone ? null : remove(replaced);
  }

  private Waiting remove(Waiting gone) {
    gone.isGone = true;
    Waiting before = gone.before;
    Waiting after = gone.after;
    if (before == null) {
      first = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.before = before;
    }
    if (gone == oldest) { // each one is passed over once
      do {
        oldest = oldest.after;
      } while (oldest != null && !oldest.mayBeDropped());
    }
    if (byKey != null && gone.overflow == Overflow.CONFLATE && gone.message.fate().key() != null) {
      byKey.remove(gone.message.fate().key(), gone);
    }
    return gone;
  }

  void clear() {
    first = null;
    last = null;
    oldest = null;
    byKey = null;
  }
}
