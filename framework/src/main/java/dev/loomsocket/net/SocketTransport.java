package dev.loomsocket.net;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection whose readiness comes from a {@link Poller}.
 *
 * <p>Read interest stands all the time. A connection that is told of input a second time before it
 * has read is busy: its interest is taken away until it waits again, so that the poller does not
 * spin on it.
 */
final class SocketTransport implements Transport {
  private static final VarHandle RESTING;

  static {
    try {
      RESTING =
          MethodHandles.lookup().findVarHandle(SocketTransport.class, "resting", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What one call reads or writes at most; the JDK copies it through a direct buffer of that size.
   */
  private static final int CHUNK = 128 * 1024;

  /** Input that waits so many nanoseconds is neglected. */
  private static final long NEGLECT = 200_000_000L;

  /**
   * So many reads may follow each other without a word of the poller. Then the reader waits for it,
   * however much input there is: one that never waited would keep everybody else, and the poller,
   * from its carrier. (To yield is not enough: a carrier may find enough to do among those that do
   * nothing else.)
   */
  private static final int MOST_UNTOLD = 8;

  /** So many bytes in a row are enough for one thread. */
  private static final int SHIFT = 1 << 20;

  private final Poller poller;
  private final SocketChannel channel;
  private final InetSocketAddress remoteAddress;

  // Written by the poller and the reader, each as the comments in ready() and awaitReadable() tell.
  private volatile boolean readable;
  private volatile boolean disarmed;
  private volatile boolean woken;
  private volatile long readDeadline = FOREVER;
  private volatile @Nullable Thread reader; // the thread that waits for input, while it waits

  private Runnable task = () -> {}; // of the connection's threads
  private volatile boolean resting; // there is no such thread; cleared by who makes one

  private long disarmedAt; // owner: the poller
  private volatile @Nullable Watch watch; // set once
  private long unreadSince; // 0: none; owner: the reader; the poller may see it late

  private int untold; // reads since the last wait; owner: the reader
  private int worked; // bytes without a wait; several threads may add, and lose a few

  private volatile @Nullable WriteWait writing; // while somebody waits for room

  private volatile @Nullable SelectionKey key; // set once, by the poller

  SocketTransport(Poller poller, SocketChannel channel) throws IOException {
    this.poller = poller;
    this.channel = channel;
    this.remoteAddress = (InetSocketAddress) channel.getRemoteAddress();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
  }

  SocketChannel channel() {
    return channel;
  }

  @Override
  public void start(Runnable task, Runnable otherwise) {
    this.task = task;
    poller.execute(() -> {
      try {
        try {
          key = poller.register(this);
        } catch (IOException | ClosedSelectorException e) {
          close(); // the task finds out with its first read
        }
        Thread.startVirtualThread(task);
      } catch (RuntimeException | Error e) {
        close();
        otherwise.run();
        throw e;
      }
    });
  }

  /** In the poller's thread: the channel has input or room. */
  void ready(SelectionKey ready) {
    if (!ready.isValid()) {
      return;
    }
    try {
      int ops = ready.readyOps();
      if ((ops & SelectionKey.OP_WRITE) != 0) {
        ready.interestOpsAnd(~SelectionKey.OP_WRITE);
        WriteWait waiting = writing;
        if (waiting != null) {
          waiting.end();
        }
      }
      if ((ops & SelectionKey.OP_READ) != 0) {
        if (readable) {
          disarm(ready);
        } else {
          readable = true;
          LockSupport.unpark(reader);
          resume();
        }
      }
    } catch (CancelledKeyException e) {
      // closed meanwhile: close() unparks
    }
  }

  /**
   * The reader clears {@code readable} before it reads and looks at {@code disarmed} before it
   * waits; here it is the other way round. So at least one of the two sees what the other did, and
   * interest is never lost.
   */
  private void disarm(SelectionKey ready) {
    ready.interestOpsAnd(~SelectionKey.OP_READ);
    disarmedAt = poller.now();
    disarmed = true;
    if (!readable) {
      disarmed = false;
      ready.interestOpsOr(SelectionKey.OP_READ);
    }
  }

  /** In the poller's thread: lets somebody look, and ends waits whose deadline has passed. */
  void expire(long now) {
    Watch looks = watch;
    if (looks != null) {
      looks.look(
          disarmed && now - disarmedAt >= NEGLECT
              || unreadSince != 0 && now - unreadSince >= NEGLECT);
    }
    resume();
    Thread waiting = reader;
    if (waiting != null && passed(readDeadline)) {
      LockSupport.unpark(waiting);
    }
    WriteWait forRoom = writing;
    if (forRoom != null && passed(forRoom.deadline())) {
      forRoom.look();
    }
  }

  @Override
  public boolean awaitReadable(long timeout) {
    if (readable) {
      if (++untold < MOST_UNTOLD) {
        return true;
      }
      readable = false; // until the poller says so again
    }
    expectInput(timeout);
    reader = Thread.currentThread();
    try {
      while (!readable && channel.isOpen()) {
        if (woken) {
          woken = false;
          return false;
        }
        if (passed(readDeadline)) {
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
    worked = 0;
    if (disarmed) {
      disarmed = false;
      interest(SelectionKey.OP_READ);
    }
    readDeadline = deadline(timeout);
  }

  @Override
  public void rest(long timeout) {
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
        && (readable || woken || !channel.isOpen() || passed(readDeadline))
        && RESTING.compareAndSet(this, true, false)) {
      try {
        Thread.startVirtualThread(task);
      } catch (RuntimeException | Error e) {
        resting = true;
        throw e;
      }
    }
  }

  private long deadline(long timeout) {
    return timeout == FOREVER ? FOREVER : poller.now() + timeout;
  }

  private boolean passed(long deadline) {
    return deadline != FOREVER && poller.now() - deadline >= 0;
  }

  private void interest(int op) {
    poller.execute(() -> {
      SelectionKey k = key;
      try {
        if (k != null && k.isValid()) {
          k.interestOpsOr(op);
        }
      } catch (CancelledKeyException e) {
        // closed meanwhile: close() unparks
      }
    });
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    int limit = to.limit();
    int room = Math.min(CHUNK, to.remaining());
    to.limit(to.position() + room);
    try {
      readable = false;
      int n = channel.read(to);
      if (n == room) {
        readable = true; // more may be waiting
      }
      return n;
    } finally {
      to.limit(limit);
    }
  }

  @Override
  public void wake() {
    woken = true;
    LockSupport.unpark(reader);
    if (resting) {
      poller.execute(this::resume);
    }
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int limit = bytes.limit();
    int total = 0;
    try {
      while (bytes.position() < limit) {
        int size = Math.min(CHUNK, limit - bytes.position());
        bytes.limit(bytes.position() + size);
        int n = channel.write(bytes);
        total += n;
        if (n < size) {
          break;
        }
      }
    } finally {
      bytes.limit(limit);
    }
    return total;
  }

  @Override
  public boolean awaitWritable(long timeout) {
    WriteWait wait = new WriteWait(Thread.currentThread(), deadline(timeout));
    boolean interrupted = false;
    writing = wait;
    interest(SelectionKey.OP_WRITE);
    try {
      while (!wait.isOver() && channel.isOpen()) {
        if (passed(wait.deadline())) {
          return false;
        }
        LockSupport.park();
        interrupted |= Thread.interrupted(); // left set it would turn this into a spin
      }
    } finally {
      writing = null;
      if (interrupted) { // it is meant for what this thread does next
        Thread.currentThread().interrupt();
      }
    }
    return true;
  }

  @Override
  public void soon(Runnable task) {
    poller.execute(task);
  }

  /**
   * To yield, or to park for a moment, would not be enough: a carrier may find enough to do among
   * those who do nothing else, and never come to the poller. So it is the poller that ends the
   * wait: it has had its turn then, and the others get theirs through it.
   */
  @Override
  public void worked(int bytes) {
    worked += bytes;
    if (worked >= SHIFT) {
      worked = 0;
      Thread thread = Thread.currentThread();
      poller.execute(() -> LockSupport.unpark(thread));
      LockSupport.park(); // too short now and then, which does no harm
    }
  }

  @Override
  public void watch(Watch watch) {
    this.watch = watch;
  }

  @Override
  public void unread(boolean bytes) {
    unreadSince = bytes ? poller.now() : 0;
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public long now() {
    return poller.now();
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return remoteAddress;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void cut() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // it is lost already
    }
    close();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // nothing is left to be done for it
    }
    LockSupport.unpark(reader);
    WriteWait waiting = writing;
    if (waiting != null) {
      waiting.look();
    }
    poller.execute(this::resume); // and a selector lets go of a closed channel in its next round
  }
}
