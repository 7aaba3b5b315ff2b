package dev.loomsocket.session;

import dev.loomsocket.websocket.Room;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * Somebody who follows a room without being a member, and how much waits for it. What is said while
 * too much waits cannot be told, and nothing is left out in silence: so the following ends.
 * Thread-safe.
 */
final class Follower {
  /** So many bytes of what is said may wait for it. */
  static final long MOST = 1 << 20;

  /** What a text counts for besides its bytes. */
  private static final int PLACE = 100;

  private final BiConsumer<String, String> listener;
  private final AtomicLong waiting = new AtomicLong(); // bytes
  private final CountDownLatch ended = new CountDownLatch(1);

  Follower(BiConsumer<String, String> listener) {
    this.listener = listener;
  }

  /** Notes a text that the room remembers anyway, and says all at once: it does not count. */
  void replay(String position, Message text, Telling telling) {
    telling.note(() -> listener.accept(position, string(text)));
  }

  /**
   * Notes a text that is just being said.
   *
   * @return false if too much waits already
   */
  boolean hear(String position, Message text, Telling telling) {
    int size = text.payload().length + PLACE;
    long before = waiting.getAndAdd(size);
    if (before > 0 && before + size > MOST) {
      return false;
    }
    telling.note(() -> {
      waiting.addAndGet(-size);
      listener.accept(position, string(text));
    });
    return true;
  }

  private static String string(Message text) {
    return new String(text.payload(), StandardCharsets.UTF_8);
  }

  /** The room has ended the following. */
  void end() {
    ended.countDown();
  }

  /** The following of this one, as its user holds it. */
  Room.Following following(Rooms rooms, String room) {
    return new Room.Following() {
      @Override
      public void close() {
        rooms.set(room, false, live -> live.events().unfollow(Follower.this));
      }

      @Override
      public void await() throws InterruptedException {
        ended.await();
      }
    };
  }
}
