package dev.loomsocket;

import dev.loomsocket.server.Server;
import dev.loomsocket.session.LiveSessions;
import dev.loomsocket.session.Rooms;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Users;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** A started application. Thread-safe. */
public final class RunningApp implements AutoCloseable {
  private final Server server;
  private final LiveSessions sessions;
  private final Rooms rooms;
  private final Users users;
  private final PeriodicTasks tasks;
  private final Duration stopTimeout;
  private final Closeables closeables;
  private final List<String> banner;
  private final Runnable carriersEnd;

  private final ReentrantLock closing = new ReentrantLock();
  private boolean closed; // guarded by closing
  private final CountDownLatch stopped = new CountDownLatch(1);

  RunningApp(
      App app,
      Server server,
      LiveSessions sessions,
      Duration stopTimeout,
      Runnable carriersEnd,
      List<String> serves) {
    this.server = server;
    this.sessions = sessions;
    this.rooms = app.rooms;
    this.users = app.users;
    this.tasks = new PeriodicTasks(app.schedules);
    this.stopTimeout = stopTimeout;
    this.closeables = new Closeables(app.added);
    this.carriersEnd = carriersEnd;
    this.banner = new ArrayList<>(serves);
    banner.add("Loomsocket is listening on " + uri());
  }

  /** How many connections are open, those included that are just ending. */
  int connections() {
    return server.connections();
  }

  /** What it serves, a line for each, and last where it listens. */
  List<String> banner() {
    return banner;
  }

  /** The port on which it listens: the one that was free if it was started with port 0. */
  public int port() {
    return server.address().getPort();
  }

  /** Where a browser on this machine finds it, for example {@code http://127.0.0.1:8080/}. */
  public URI uri() {
    InetSocketAddress address = server.address();
    String host = address.getAddress().isAnyLocalAddress() ? "localhost" : address.getHostString();
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + literal + ":" + address.getPort() + "/");
  }

  /** The room of that name; the same as {@link App#room}. */
  public Room room(String name) {
    return rooms.lasting(name);
  }

  /** The users whose sessions are open, by name. */
  public Users users() {
    return users;
  }

  /**
   * How it is doing. It looks at every open session: good for once a second, not for every message.
   */
  public Stats stats() {
    LiveSessions.Messages messages = sessions.messages();
    return new Stats(
        server.connections(),
        sessions.size(),
        messages.received(),
        messages.sent(),
        sessions.queuedBytes(),
        rooms.size());
  }

  /** Blocks until the application has stopped. */
  public void await() throws InterruptedException {
    stopped.await();
  }

  /**
   * Stops: new connections are refused, every WebSocket is closed with 1001, requests that are
   * being answered get their answer, no periodic task begins another run; what is left when nine
   * tenths of the setting {@code stop-timeout} have passed (9 s by default) is cut off, and its
   * threads are interrupted. Then what was handed over to {@link App#add} and is AutoCloseable is
   * closed, the last first. Blocks until then: for the whole of the stop timeout at most, and as
   * long as those take. Stopping a stopped one does nothing; a second call meanwhile waits for the
   * first.
   */
  @Override
  public void close() {
    try {
      if (!closing.tryLock()) {
        closing.lockInterruptibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      if (!closed) { // also by what is being closed here, and closes this in turn
        closed = true;
        stop();
      }
    } finally {
      closing.unlock();
    }
  }

  private void stop() {
    tasks.stop();
    Thread closer = Thread.currentThread();
    Thread tasksEnd = Thread.startVirtualThread(() -> tasks.end(stopTimeout, closer));
    try {
      server.close();
      if (closer.isInterrupted()) { // whoever stops the application has no time
        tasksEnd.interrupt();
      } else {
        tasksEnd.join();
      }
    } catch (InterruptedException e) {
      tasksEnd.interrupt();
      closer.interrupt();
    } finally {
      closeables.close();
      carriersEnd.run();
      stopped.countDown();
    }
  }
}
