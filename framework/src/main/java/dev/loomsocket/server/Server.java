package dev.loomsocket.server;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Listener;
import dev.loomsocket.net.Transport;
import dev.loomsocket.session.Facilities;
import dev.loomsocket.wire.MemoryBudget;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A running server: it accepts connections, gives each one a virtual thread, and ends them all when
 * it is closed. Thread-safe.
 */
public final class Server implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.loomsocket.server");
  private static final int BACKLOG = 1024;
  private static final long ACCEPT_PAUSE = 50; // milliseconds, while no file descriptor is left
  private static final long QUIET = TimeUnit.MINUTES.toNanos(1); // after a warning of that
  private static final int REFUSALS = 16; // that may be under way at least, whatever the limit

  private final Listener listener;
  private final ServerSettings settings;
  private final Site site;
  private final Facilities shared;

  /** A platform thread that is no daemon: it keeps the JVM alive when main returns. */
  private final Thread acceptor =
      Thread.ofPlatform().name("loomsocket-accept").unstarted(this::accept);

  private long quietUntil = System.nanoTime(); // owner: the acceptor

  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition(); // a connection ended while the server stops

  private Server(Listener listener, ServerSettings settings, Site site, Facilities shared) {
    this.listener = listener;
    this.settings = settings;
    this.site = site;
    this.shared = shared;
  }

  /**
   * Binds a port and serves the site from now on.
   *
   * @param address where to listen; port 0 takes a free one
   * @param shared with the site's endpoints; closed when the server has stopped
   * @throws IOException if the port cannot be bound
   */
  public static Server start(
      InetSocketAddress address, ServerSettings settings, Site site, Facilities shared)
      throws IOException {
    Listener listener = Listener.bind(address, BACKLOG);
    Server server = new Server(listener, settings, site, shared);
    server.acceptor.start();
    return server;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return listener.address();
  }

  /** How many connections are open, those included that are just ending. */
  public int connections() {
    return connections.size();
  }

  /** Waits until the server has stopped. */
  public void await() throws InterruptedException {
    stopped.await();
  }

  /** True if only programs of this machine can reach it. */
  boolean isLocal() {
    return address().getAddress().isLoopbackAddress();
  }

  /** The memory for bodies on their way in. */
  MemoryBudget incoming() {
    return shared.incoming();
  }

  /** The memory for what clients do not take. */
  MemoryBudget outgoing() {
    return shared.outgoing();
  }

  boolean isStopping() {
    return stopping.get();
  }

  Site site() {
    return site;
  }

  ServerSettings settings() {
    return settings;
  }

  BufferPool pool() {
    return shared.buffers();
  }

  private void accept() {
    // The time zones are in a file, which the first warning needs: perhaps when none can be opened
    // any more.
    LOG.log(
        Level.DEBUG, "accepting connections since " + ZonedDateTime.now(ZoneId.systemDefault()));
    while (!stopping.get()) {
      try {
        serve(listener.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | RuntimeException | Error e) {
        report(e);
        pause();
      }
    }
  }

  /**
   * Tells it once a minute. Even for that memory or file descriptors may be short; accepting goes
   * on.
   */
  private void report(Throwable failure) {
    if (System.nanoTime() - quietUntil < 0) {
      return;
    }
    try {
      LOG.log(Level.WARNING, "connections cannot be accepted at the moment", failure);
      quietUntil = System.nanoTime() + QUIET;
    } catch (RuntimeException | Error unreportable) {
      // the next time, then
    }
  }

  private static void pause() {
    try {
      Thread.sleep(ACCEPT_PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts the life of a connection that was accepted; in the acceptor's thread. */
  void serve(Transport transport) {
    int open = connections.size();
    int most = settings.maxConnections();
    if (open - most >= Math.max(REFUSALS, most / 20)) {
      transport.close(); // even saying no would take more descriptors than there are
      return;
    }
    Connection connection = new Connection(this, transport);
    Runnable life = open < most ? connection : connection::refuse;
    try {
      connections.add(connection);
      transport.start(life, () -> ended(connection));
    } catch (RuntimeException | Error e) {
      transport.close();
      ended(connection);
      throw e;
    }
  }

  /** Tells that a connection is over. */
  void ended(Connection connection) {
    connections.remove(connection);
    if (stopping.get()) {
      lock.lock();
      try {
        ended.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Stops: gives the port back, closes every WebSocket with 1001, lets running requests end, and
   * when nine tenths of the stop timeout have passed cuts off what is left. Blocks until then; a
   * second call waits for the first.
   */
  @Override
  public void close() {
    if (!stopping.compareAndSet(false, true)) {
      awaitStopped();
      return;
    }
    try {
      refuse();
      shared.sessions().closeAll();
      connections.forEach(Connection::stop);
      long nanos = settings.stopTimeout().toNanos();
      acceptor.join(Duration.ofNanos(nanos / 10)); // while it is in accept() the port is not free
      awaitEnd(nanos - nanos / 10);
      connections.forEach(Connection::abort);
      awaitEnd(nanos / 10);
    } catch (InterruptedException e) {
      connections.forEach(Connection::abort); // whoever stops the server has no time
      Thread.currentThread().interrupt();
    } finally {
      release();
      stopped.countDown();
    }
  }

  private void refuse() {
    try {
      listener.refuse();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the port could not be closed", e);
    }
  }

  private void release() {
    try {
      listener.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the pollers could not be stopped", e);
    }
    shared.close();
  }

  private void awaitStopped() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd(long nanos) throws InterruptedException {
    lock.lock();
    try {
      while (!connections.isEmpty() && nanos > 0) {
        nanos = ended.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
