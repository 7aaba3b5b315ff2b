package dev.loomsocket.net;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Buffers that nobody uses at the moment. Thread-safe; nothing blocks. The one that was put here
 * last is taken first, while it is still in the cache; two lie at hand, so that a message that
 * comes and goes allocates nothing here.
 */
final class Shelf {
  private static final int AT_HAND = 2; // one to read to, one to write from

  private final AtomicReferenceArray<@Nullable ByteBuffer> atHand;
  private final ConcurrentLinkedDeque<ByteBuffer> others = new ConcurrentLinkedDeque<>();
  private final AtomicInteger count = new AtomicInteger(); // of the others
  private final int capacity; // for them

  /** One with room for so many. */
  Shelf(int capacity) {
    this.atHand = new AtomicReferenceArray<>(Math.min(AT_HAND, capacity));
    this.capacity = capacity - atHand.length();
  }

  /** An empty buffer; null if there is none. */
  @Nullable ByteBuffer take() {
    for (int i = atHand.length() - 1; i >= 0; i--) {
      ByteBuffer near = atHand.get(i) == null ? null : atHand.getAndSet(i, null);
      if (near != null) {
        return near.clear();
      }
    }
    ByteBuffer buffer = others.pollFirst();
    if (buffer == null) {
      return null;
    }
    count.decrementAndGet();
    return buffer.clear();
  }

  /** Puts a buffer here; false if there is no room, and it is left to the collector. */
  boolean put(ByteBuffer buffer) {
    for (int i = 0; i < atHand.length(); i++) {
      if (atHand.get(i) == null && atHand.compareAndSet(i, null, buffer)) {
        return true;
      }
    }
    if (count.incrementAndGet() > capacity) {
      count.decrementAndGet();
      return false;
    }
    others.addFirst(buffer);
    return true;
  }
}
