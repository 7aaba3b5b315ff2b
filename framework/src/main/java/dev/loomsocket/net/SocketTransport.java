package dev.loomsocket.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A TCP connection whose readiness comes from a {@link Poller}. */
final class SocketTransport implements Transport {
  /**
   * What one call reads or writes at most; the JDK copies it through a direct buffer of that size,
   * one for each carrier. An eighth of it costs a message of 1 MiB half as much again.
   */
  private static final int CHUNK = 1 << 20;

  /** So many bytes in a row are enough for one thread. */
  private static final int SHIFT = 1 << 20;

  private final Poller poller;
  private final SocketChannel channel;
  private final InetSocketAddress remoteAddress;

  private final Readiness input;
  private volatile @Nullable Watch watch; // set once
  private int worked; // bytes without a wait; several threads may add, and lose a few

  private volatile @Nullable WriteWait writing; // while somebody waits for room

  SocketTransport(Poller poller, SocketChannel channel) throws IOException {
    this.poller = poller;
    this.channel = channel;
    this.input = new Readiness(poller, channel);
    this.remoteAddress = (InetSocketAddress) channel.getRemoteAddress();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
  }

  SocketChannel channel() {
    return channel;
  }

  @Override
  public void start(Runnable task, Runnable otherwise) {
    input.task(task);
    poller.execute(() -> {
      try {
        try {
          poller.register(this);
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
        input.ready(ready);
      }
    } catch (CancelledKeyException e) {
      // closed meanwhile: close() unparks
    }
  }

  /** In the poller's thread: lets somebody look, and ends waits whose deadline has passed. */
  void expire(long now) {
    Watch looks = watch;
    if (looks != null) {
      looks.look(input.isNeglected(now));
    }
    input.expire();
    WriteWait forRoom = writing;
    if (forRoom != null && poller.passed(forRoom.deadline())) {
      forRoom.look();
    }
  }

  @Override
  public boolean awaitReadable(long timeout) {
    if (input.isThere()) {
      return true;
    }
    worked = 0;
    return input.await(timeout);
  }

  @Override
  public void rest(long timeout) {
    worked = 0;
    input.rest(timeout);
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    int limit = to.limit();
    int room = Math.min(CHUNK, to.remaining());
    to.limit(to.position() + room);
    try {
      input.reads();
      int n = channel.read(to);
      if (n == room) {
        input.mayHaveMore();
      }
      return n;
    } finally {
      to.limit(limit);
    }
  }

  @Override
  public void wake() {
    input.wake();
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
    WriteWait wait = new WriteWait(Thread.currentThread(), poller.deadline(timeout));
    boolean interrupted = false;
    writing = wait;
    poller.interest(channel, SelectionKey.OP_WRITE);
    try {
      while (!wait.isOver() && channel.isOpen()) {
        if (poller.passed(wait.deadline())) {
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
    input.unread(bytes);
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
    input.closed();
    WriteWait waiting = writing;
    if (waiting != null) {
      waiting.look();
    }
  }
}
