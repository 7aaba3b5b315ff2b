package dev.loomsocket.session;

import dev.loomsocket.websocket.Pong;
import dev.loomsocket.wire.MemoryBudget;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Messages that a relief thread has read while a handler was busy, until the connection's thread
 * takes them. The relief waits when there are enough of them, so that TCP pushes back, and until
 * then only while the session is open: a Close of ours has its time, and its answer is behind them.
 *
 * <p>Guarded by the {@link SendLock}, whose progress whoever waits here waits for: the session's
 * end is that too.
 */
final class ReadAhead implements MessageSink {
  private static final int MAX_MESSAGES = 16;
  private static final int MAX_BEFORE_ANSWER = 1_000; // an answer may be behind so many messages
  private static final int MAX_PONGS = 16; // more are not worth the memory

  private final SendLock lock;
  private final Ending ending;
  private final int maxBytes;
  private final Answers answers;
  private final MemoryBudget memory;
  // Guarded by lock.
  private final Queue<Entry> entries = new ArrayDeque<>();
  private int pongs; // how many of them are
  private long bytes;
  private boolean stopping; // the connection's thread wants to read by itself again
  private boolean ended; // the relief reads no more

  /** A message, and about how many bytes it holds; or a Pong. */
  private record Entry(int bytes, boolean isPong, Delivery delivery) {}

  /** What is to be done with a message. */
  interface Delivery {
    void to(MessageSink sink);
  }

  /**
   * An empty one.
   *
   * @param maxBytes with so many there are enough, however few messages they are
   * @param answers takes what need not wait for the handler
   * @param memory for what all connections hold of what came in
   */
  ReadAhead(SendLock lock, Ending ending, int maxBytes, Answers answers, MemoryBudget memory) {
    this.lock = lock;
    this.ending = ending;
    this.maxBytes = maxBytes;
    this.answers = answers;
    this.memory = memory;
  }

  @Override
  public void text(String message) {
    if (answers.take(message)) {
      return;
    }
    put(new Entry(message.length(), false, sink -> sink.text(message)));
  }

  @Override
  public void binary(byte[] message) {
    put(new Entry(message.length, false, sink -> sink.binary(message)));
  }

  /** It waits for no room: the peer's Pings behind it would wait too. */
  @Override
  public void pong(Pong pong) {
    lock.lock();
    try {
      if (pongs < MAX_PONGS) {
        pongs++;
        add(new Entry(0, true, sink -> sink.pong(pong)));
      }
    } finally {
      lock.unlock();
    }
  }

  private void put(Entry entry) {
    lock.lock();
    try {
      while (!stopping && ending.isOpen() && isFull()) {
        lock.progress().awaitUninterruptibly();
      }
      if (!ending.isRefusing()) { // else no handler would be told
        add(entry);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    int most = answers.areAwaited() ? MAX_BEFORE_ANSWER : MAX_MESSAGES;
    return entries.size() - pongs >= most
        || bytes >= maxBytes
        || bytes > 0 && memory.isUsedUp(); // a first message is not left behind
  }

  /** An answer is awaited from now on: there may be more messages than before. */
  void answerAwaited() {
    lock.with(lock::signalProgress);
  }

  private void add(Entry entry) {
    entries.add(entry);
    bytes += entry.bytes;
    memory.take(entry.bytes);
    stopping = false; // the next handler may take as long as the last one
    lock.signalProgress();
  }

  /** Drops everything, and waits until the relief has ended. */
  void abandon(Runnable wake) {
    while (take(wake) != null) {}
  }

  /** True once the relief is to stop after the frame that it is at. */
  boolean isStopping() {
    return lock.with(() -> stopping);
  }

  /** The relief reads no more. */
  void end() {
    lock.with(() -> {
      ended = true;
      lock.signalProgress();
    });
  }

  /**
   * The next message; null when there is none and the relief has ended. With none at hand the
   * relief is asked to stop.
   *
   * @param wake ends the relief's wait for input
   */
  @Nullable Delivery take(Runnable wake) {
    lock.lock();
    try {
      while (entries.isEmpty() && !ended) {
        stopping = true;
        lock.signalProgress();
        wake.run();
        lock.progress().awaitUninterruptibly();
      }
      Entry entry = entries.poll();
      if (entry == null) {
        return null;
      }
      bytes -= entry.bytes;
      memory.giveBack(entry.bytes);
      pongs -= entry.isPong ? 1 : 0;
      lock.signalProgress();
      return entry.delivery;
    } finally {
      lock.unlock();
    }
  }
}
