package dev.loomsocket.net;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A selector loop that is itself a virtual thread: it marks the connections that have become ready,
 * unparks their threads and yields to them, so that under load everything happens on one carrier
 * without a context switch.
 *
 * <p>It blocks in {@code select} only after two rounds without work. Four times a second it looks
 * over all its connections for deadlines that have passed; no connection has a timer of its own.
 *
 * <p>A carrier turns to the threads that were submitted from outside (new ones, and those that the
 * JDK's own pollers and timers woke) only when its own queue is empty. With a poller that always
 * yields it never would be under full load, so a poller that has had no rest steps aside now and
 * then.
 */
final class Poller implements Runnable, Closeable {
  /** Deadlines are observed to this many nanoseconds. */
  static final long SWEEP = 250_000_000L;

  private static final int IDLE_ROUNDS = 2;

  /** So many nanoseconds of work without rest are enough. */
  private static final long SHIFT = 2_000_000L;

  private static final Logger LOG = System.getLogger("dev.loomsocket.net");

  private final Selector selector;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile boolean asleep;
  private volatile long now = System.nanoTime();
  private long nextSweep = now + SWEEP; // owner: the loop
  private long rested = now; // owner: the loop

  Poller() throws IOException {
    selector = Selector.open();
  }

  /** The time at which the present round began. */
  long now() {
    return now;
  }

  /**
   * Runs a task that does not block in the loop's thread; after the loop's end in one of its own.
   */
  void execute(Runnable task) {
    tasks.add(task);
    if (asleep) {
      selector.wakeup();
    }
    if (!selector.isOpen()) {
      runLeftTasks();
    }
  }

  /** Not in the caller's thread, which may hold locks. */
  private void runLeftTasks() {
    Thread.startVirtualThread(this::runTasks);
  }

  private boolean runTasks() {
    boolean any = false;
    for (Runnable task; (task = tasks.poll()) != null; any = true) {
      task.run();
    }
    return any;
  }

  /** When a wait that begins now is over. */
  long deadline(long timeout) {
    return timeout == Transport.FOREVER ? Transport.FOREVER : now + timeout;
  }

  /** True once it is too late. */
  boolean passed(long deadline) {
    return deadline != Transport.FOREVER && now - deadline >= 0;
  }

  /** Adds a connection whose reads are watched from now on; in the loop's thread only. */
  SelectionKey register(SocketTransport transport) throws IOException {
    return transport.channel().register(selector, SelectionKey.OP_READ, transport);
  }

  /** Watches a connection for this too, from the next round on. */
  void interest(SocketChannel channel, int op) {
    execute(() -> {
      SelectionKey key = channel.keyFor(selector);
      try {
        if (key != null && key.isValid()) {
          key.interestOpsOr(op);
        }
      } catch (CancelledKeyException e) {
        // closed meanwhile, which lets its threads go on
      }
    });
  }

  @Override
  public void run() {
    int idle = 0;
    while (selector.isOpen()) {
      try {
        letOthersRun(); // first of all, so also after a round that failed
        idle = round() ? 0 : idle + 1;
        if (idle >= IDLE_ROUNDS) {
          sleep();
          idle = 0;
        }
      } catch (ClosedSelectorException e) {
        return;
      } catch (IOException | RuntimeException | Error e) {
        report(e);
      }
    }
  }

  private void letOthersRun() {
    if (now - rested < SHIFT) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(this, 1); // comes back from outside, behind all who wait there
      rested = System.nanoTime();
    }
  }

  /** Whatever happens here, memory that is short even for this included, the loop goes on. */
  private static void report(Throwable failure) {
    try {
      LOG.log(Level.ERROR, "the poller goes on after an unexpected failure", failure);
    } catch (RuntimeException | Error unreportable) {
      // the next round is more important
    }
  }

  /** Does what is to be done now; false if that was nothing. In the loop's thread only. */
  boolean round() throws IOException {
    boolean busy = runTasks();
    busy |= selector.selectNow(Poller::ready) > 0;
    now = System.nanoTime();
    if (now - nextSweep >= 0) {
      sweep();
    }
    return busy;
  }

  private void sleep() throws IOException {
    asleep = true;
    try {
      if (tasks.isEmpty()) {
        if (selector.keys().isEmpty()) {
          selector.select(Poller::ready);
        } else {
          selector.select(Poller::ready, 1 + Math.max(0, nextSweep - now) / 1_000_000);
        }
      }
    } finally {
      asleep = false;
      now = System.nanoTime();
      rested = now;
    }
  }

  private void sweep() {
    nextSweep = now + SWEEP;
    for (SelectionKey key : selector.keys()) {
      try {
        ((SocketTransport) key.attachment()).expire(now);
      } catch (RuntimeException | Error e) { // of a hook of one connection; the others are waiting
        report(e);
      }
    }
  }

  private static void ready(SelectionKey key) {
    ((SocketTransport) key.attachment()).ready(key);
  }

  @Override
  public void close() throws IOException {
    selector.close();
    runLeftTasks();
  }
}
