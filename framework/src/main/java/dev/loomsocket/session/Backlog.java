package dev.loomsocket.session;

import dev.loomsocket.session.WaitingLine.Waiting;
import dev.loomsocket.websocket.Overflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a session that wait as a whole, behind its {@link SendQueue}: they are neither
 * frames nor compressed in their turn yet, so they may be dropped still. Most sessions have none.
 *
 * <p>They wait here while a message is being sent in fragments, while the client is slow and the
 * policy may drop what waits, and when a room replays more than a queue takes; and whatever is sent
 * then waits behind them. Guarded by the {@link SendLock}.
 */
final class Backlog {
  /** The bytes that go to the queue at a time: they cannot be dropped any more. */
  private static final int BATCH = 16 * 1024;

  /** What a message counts for at least: its place in line takes so many bytes. */
  private static final int PLACE = 40;

  private final SendLock lock;
  private final SendQueue queue;
  private final QueueWriter writer;
  private final OutgoingFrames frames;
  private final WaitingLine line = new WaitingLine();
  private long bytes; // of all that wait
  private long charged; // what those count for that do for the limit
  private long droppable; // of that
  private long free; // what those would count for that do not
  private long freeInQueue; // bytes of these, of the last ones that went there
  private long dropped; // messages, since the session began

  private Backlog(SendLock lock, SendQueue queue, QueueWriter writer, OutgoingFrames frames) {
    this.lock = lock;
    this.queue = queue;
    this.writer = writer;
    this.frames = frames;
  }

  /** The backlog of this queue, which gets one if it has none. */
  static Backlog of(SendQueue queue, SendLock lock, QueueWriter writer, OutgoingFrames frames) {
    Backlog present = queue.backlog();
    if (present == null) {
      present = new Backlog(lock, queue, writer, frames);
      queue.backlog(present);
    }
    return present;
  }

  boolean isEmpty() {
    return line.isEmpty();
  }

  /** How many bytes wait here. */
  long bytes() {
    return bytes;
  }

  /** How much of the queue's limit is taken by what waits here. */
  long charged() {
    return charged - freeInQueue;
  }

  /** How many messages have been dropped so far. */
  long dropped() {
    return dropped;
  }

  /** The number of the last message that came, for {@link #hasPassed}. */
  int lastNumber() {
    return line.lastNumber();
  }

  /** True if the messages up to that one do not wait here any more. */
  boolean hasPassed(int number) {
    return line.hasPassed(number);
  }

  /** Puts a message at the end that is not dropped. */
  void add(PreparedMessage message) {
    add(message, false, null);
  }

  private void add(PreparedMessage message, boolean isFree, @Nullable Overflow overflow) {
    Waiting waiting = line.add(message, isFree, overflow);
    bytes += waiting.size();
    count(waiting, 1);
  }

  private void count(Waiting waiting, int sign) {
    long cost = sign * Math.max(PLACE, waiting.size());
    if (waiting.isFree()) {
      free += cost;
    } else {
      charged += cost;
      droppable += waiting.mayBeDropped() ? cost : 0;
    }
  }

  /** True if this policy drops messages that wait: they must not go to the queue before time. */
  static boolean holdsBack(Overflow overflow) {
    return overflow == Overflow.DROP_OLDEST || overflow == Overflow.CONFLATE;
  }

  /**
   * Takes a room's message, or drops it or others, as the policy says.
   *
   * @return false if the session has to be closed
   */
  boolean offer(PreparedMessage message, Overflow overflow) {
    Object key = message.fate().key();
    if (overflow == Overflow.CONFLATE && key != null) {
      drop(line.poll(key));
    } else if (overflow == Overflow.DROP_OLDEST) {
      dropFor(message);
    }
    if (fits(message)) {
      take(message, overflow);
      return true;
    }
    if (overflow == Overflow.DROP_NEWEST || overflow == Overflow.DROP_OLDEST) {
      dropped++;
      return true;
    }
    return false;
  }

  /** Drops the oldest until the message fits, and none if that would be in vain. */
  private void dropFor(PreparedMessage message) {
    if (writer.fits(message.length(), charged() - droppable)) {
      while (!fits(message)) {
        drop(line.pollOldest());
      }
    }
  }

  private boolean fits(PreparedMessage message) {
    return writer.fits(message.length(), charged());
  }

  private void drop(@Nullable Waiting old) {
    if (old != null) {
      bytes -= old.size();
      count(old, -1);
      dropped++;
    }
  }

  private void take(PreparedMessage message, Overflow overflow) {
    boolean holdsBack = holdsBack(overflow);
    if (!line.isEmpty() || lock.stream() != null || holdsBack && writer.isDraining()) {
      add(message, false, holdsBack ? overflow : null);
    } else {
      frames.message(message, writer);
    }
  }

  /**
   * Takes what a room replays. The first does not count for the limit, however large it is: it
   * comes all at once, so that the client is not slow for it, and its messages are the history's.
   * More at the same time may be as large as the queue; beyond that they count.
   *
   * @return false if the session has to be closed
   */
  boolean replay(List<PreparedMessage> messages) {
    long size = messages.stream().mapToLong(each -> SendQueue.frameSize(each.length())).sum();
    int limit = writer.settings().maxQueueSize();
    boolean isFree = free == 0 || free + size <= limit;
    if (!isFree && queue.size() + charged() + size > limit) {
      return false;
    }
    messages.forEach(message -> add(message, isFree, null));
    return true;
  }

  /**
   * Lets the next messages go to the queue, which is empty, unless they would land between the
   * fragments of another one.
   *
   * @return false if none went
   */
  boolean feed() {
    freeInQueue = 0;
    Waiting next = lock.stream() == null ? line.poll() : null;
    boolean fed = next != null;
    while (next != null) {
      bytes -= next.size();
      count(next, -1);
      freeInQueue += next.isFree() ? next.size() : 0;
      frames.message(next.message(), writer);
      next = queue.size() < BATCH ? line.poll() : null;
    }
    return fed;
  }

  /** Forgets what waits. */
  void clear() {
    line.clear();
    bytes = 0;
    charged = 0;
    droppable = 0;
    free = 0;
    freeInQueue = 0;
  }
}
