package dev.loomsocket.net;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection has input, and the thread that waits for it, or is made when it comes.
 *
 * <p>Read interest stands all the time. A connection that is told of input a second time before it
 * has read is busy: its interest is taken away until it waits again, so that the poller does not
 * spin on it.
 *
 * <p>What says that it is the poller's is called in its thread; {@link #wake} and {@link #closed}
 * by anybody; all else by the reader.
 */
final class Readiness {
  private static final VarHandle RESTING;

  static {
    try {
      RESTING = MethodHandles.lookup().findVarHandle(Readiness.class, "resting", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Input that waits so many nanoseconds is neglected. */
  private static final long NEGLECT = 200_000_000L;

  /**
   * So many reads may follow each other without a word of the poller. Then the reader waits for it,
   * however much input there is: one that never waited would keep everybody else, and the poller,
   * from its carrier. (To yield is not enough: a carrier may find enough to do among those that do
   * nothing else.)
   */
  private static final int MOST_UNTOLD = 8;

  private final Poller poller;
  private final SocketChannel channel;

  // Written by the poller and the reader, each as the comments in disarm() and await() tell.
  private volatile boolean readable;
  private volatile boolean disarmed;
  private volatile boolean woken;
  private volatile long deadline = Transport.FOREVER;
  private volatile @Nullable Thread reader; // the thread that waits for input, while it waits

  private Runnable task = () -> {}; // of the connection's threads
  private volatile boolean resting; // there is no such thread; cleared by who makes one

  private long disarmedAt; // owner: the poller
  private long unreadSince; // 0: none; owner: the reader; the poller may see it late
  private int untold; // reads since the last wait; owner: the reader

  Readiness(Poller poller, SocketChannel channel) {
    this.poller = poller;
    this.channel = channel;
  }

  /** What the connection's threads run, from now on. */
  void task(Runnable task) {
    this.task = task;
  }

  /** The poller's: there is input. */
  void ready(SelectionKey key) {
    if (readable) {
      disarm(key);
    } else {
      readable = true;
      LockSupport.unpark(reader);
      resume();
    }
  }

  /**
   * The reader clears {@code readable} before it reads and looks at {@code disarmed} before it
   * waits; here it is the other way round. So at least one of the two sees what the other did, and
   * interest is never lost.
   */
  private void disarm(SelectionKey key) {
    key.interestOpsAnd(~SelectionKey.OP_READ);
    disarmedAt = poller.now();
    disarmed = true;
    if (!readable) {
      disarmed = false;
      key.interestOpsOr(SelectionKey.OP_READ);
    }
  }

  /** The poller's: ends a wait whose deadline has passed. */
  void expire() {
    resume();
    Thread waiting = reader;
    if (waiting != null && poller.passed(deadline)) {
      LockSupport.unpark(waiting);
    }
  }

  /** The poller's: true if input has been waiting for long, in the socket or behind it. */
  boolean isNeglected(long now) {
    return disarmed && now - disarmedAt >= NEGLECT
        || unreadSince != 0 && now - unreadSince >= NEGLECT;
  }

  /** True if the next read may find something, and it is not somebody else's turn. */
  boolean isThere() {
    if (!readable) {
      return false;
    }
    if (++untold < MOST_UNTOLD) {
      return true;
    }
    readable = false; // until the poller says so again
    return false;
  }

  /** Waits until there is input, or the end of it; false after the timeout or a {@link #wake}. */
  boolean await(long timeout) {
    expectInput(timeout);
    reader = Thread.currentThread();
    try {
      while (!readable && channel.isOpen()) {
        if (woken) {
          woken = false;
          return false;
        }
        if (poller.passed(deadline)) {
          return false;
        }
        LockSupport.park();
        Thread.interrupted(); // meant for a handler; left set it would turn this into a spin
      }
    } finally {
      reader = null;
    }
    return true;
  }

  private void expectInput(long timeout) {
    untold = 0;
    if (disarmed) {
      disarmed = false;
      poller.interest(channel, SelectionKey.OP_READ);
    }
    deadline = poller.deadline(timeout);
  }

  /** Lets go of the reader's thread: where {@link #await} would have ended another one is made. */
  void rest(long timeout) {
    expectInput(timeout);
    poller.execute(() -> { // from here on: another thread may have the connection at once
      resting = true;
      resume();
    });
  }

  /**
   * Gives a resting connection its thread, if there is something for it. Without memory for one it
   * rests on until the next look.
   */
  private void resume() {
    if (resting
        && (readable || woken || !channel.isOpen() || poller.passed(deadline))
        && RESTING.compareAndSet(this, true, false)) {
      try {
        Thread.startVirtualThread(task);
      } catch (RuntimeException | Error e) {
        resting = true;
        throw e;
      }
    }
  }

  /** All that there is is about to be read. */
  void reads() {
    readable = false;
  }

  /** There was as much as there was room for: more may be waiting. */
  void mayHaveMore() {
    readable = true;
  }

  /** Whether bytes that were read wait to be dealt with. */
  void unread(boolean bytes) {
    unreadSince = bytes ? poller.now() : 0;
  }

  /** Ends the present wait or the next one. */
  void wake() {
    woken = true;
    LockSupport.unpark(reader);
    if (resting) {
      poller.execute(this::resume);
    }
  }

  /** The channel is closed: nobody has to wait. */
  void closed() {
    LockSupport.unpark(reader);
    poller.execute(this::resume); // and a selector lets go of a closed channel in its next round
  }
}
