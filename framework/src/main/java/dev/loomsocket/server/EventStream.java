package dev.loomsocket.server;

import dev.loomsocket.http.Events;
import dev.loomsocket.http.EventsWriter;
import dev.loomsocket.net.ReadBuffer;
import dev.loomsocket.net.Transport;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events to one client. The application's writer has a thread of its own, which sends;
 * the connection's waits for the client to leave, for the server to stop and for events that others
 * have queued, and says something now and then.
 */
final class EventStream implements Events {
  private static final Logger LOG = System.getLogger("dev.loomsocket.server");
  private static final long HEARTBEAT = TimeUnit.SECONDS.toNanos(15);
  private static final int MOST_QUEUED = 1 << 20; // bytes
  private static final int FULL = 1 << 30; // more than is ever sent of what is queued
  private static final int MOST_INPUT = 16 * 1024; // bytes that a client sends ahead

  private final Transport transport;
  private final ReadBuffer in;
  private final StreamedOutput out; // guarded by lock
  private final String lastSeen;
  private final Server server;

  private final ReentrantLock lock = new ReentrantLock(); // held while something is written
  private final ConcurrentLinkedQueue<byte[]> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger(); // bytes; FULL: nothing more is taken
  private final CountDownLatch over = new CountDownLatch(1); // nothing more is sent

  private volatile boolean returned; // the writer has
  private volatile boolean forgotten; // what is queued
  private volatile boolean broken; // the client is lost
  private volatile long lastWritten;
  private volatile @Nullable Throwable failure; // of the writer

  /**
   * A stream on a connection.
   *
   * @param lastSeen the id of the last event that the client knows, or empty
   */
  EventStream(
      Transport transport, ReadBuffer in, StreamedOutput out, String lastSeen, Server server) {
    this.transport = transport;
    this.in = in;
    this.out = out;
    this.lastSeen = lastSeen;
    this.server = server;
  }

  /**
   * Runs the writer until it returns, the client leaves or the server stops; in the connection's
   * thread.
   *
   * @throws IOException if the connection is of no use any more
   */
  void run(EventsWriter writer, String about) throws IOException {
    try {
      send(writer, about);
    } finally {
      forget();
    }
  }

  private void send(EventsWriter writer, String about) throws IOException {
    out.flush(); // the client learns that it is connected
    lastWritten = transport.now();
    Thread thread = Thread.ofVirtual().name("loomsocket-events").start(() -> write(writer));
    boolean left = true;
    try {
      left = !stay();
    } finally {
      over.countDown();
      if (!returned) {
        thread.interrupt();
      }
    }
    join(thread);
    Throwable e = failure;
    if (e != null) {
      LOG.log(Level.WARNING, "the writer of events for " + about + " failed", e);
    }
    if (left || broken || e != null) {
      throw new IOException("a stream of events has ended");
    }
    end();
  }

  /** Sends the last of it. Others may still be sending, and those that come behind are refused. */
  private void end() throws IOException {
    lock.lock();
    try {
      putQueued();
      out.end();
    } finally {
      lock.unlock();
    }
  }

  private void write(EventsWriter writer) {
    try {
      writer.write(this);
    } catch (Throwable e) {
      if (isOpen()) {
        failure = e;
      }
    } finally {
      returned = true;
      transport.wake();
    }
  }

  private static void join(Thread thread) throws IOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IOException("the server waits no longer", e);
    }
  }

  /** Stays until there is a reason to end; false if the client has left. */
  private boolean stay() throws IOException {
    while (!returned && isOpen() && !server.isStopping()) {
      pump();
      long silent = transport.now() - lastWritten;
      // after that time somebody is writing, whose end may take its time
      int n = in.fill(silent < HEARTBEAT ? HEARTBEAT - silent : HEARTBEAT);
      if (n < 0 || in.available() > MOST_INPUT) {
        return false;
      }
      if (transport.now() - lastWritten >= HEARTBEAT && lock.tryLock()) {
        try {
          put(EventText.comment());
        } finally {
          lock.unlock();
        }
      }
    }
    return true;
  }

  /** Sends what has been queued. */
  private void pump() throws IOException {
    while (!queue.isEmpty()) {
      lock.lock();
      try {
        putQueued();
      } finally {
        lock.unlock();
      }
    }
  }

  private void putQueued() throws IOException {
    for (byte[] event; (event = queue.poll()) != null; ) {
      try {
        put(event);
      } finally { // until then it is held
        queued.addAndGet(-event.length);
        server.outgoing().giveBack(event.length);
      }
    }
  }

  private void put(byte[] event) throws IOException {
    try {
      out.write(event);
      out.flush();
      lastWritten = transport.now();
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  @Override
  public void send(Object data) throws IOException {
    send("", "", data);
  }

  @Override
  public void send(String name, Object data) throws IOException {
    send(name, "", data);
  }

  @Override
  public void send(String name, String id, Object data) throws IOException {
    byte[] event = encode(name, id, data);
    lock.lock();
    try {
      if (!isOpen()) {
        throw new IOException("the stream of events has ended");
      }
      putQueued();
      put(event);
    } finally {
      lock.unlock();
      if (broken) {
        transport.wake();
      }
    }
  }

  @Override
  public boolean offer(Object data) {
    return offer("", data);
  }

  @Override
  public boolean offer(String id, Object data) {
    byte[] event = encode("", id, data);
    if (!isOpen()) {
      return false;
    }
    boolean fits = server.outgoing().tryTake(event.length, 0);
    int sum = queued.accumulateAndGet(fits ? event.length : FULL, EventStream::add);
    if (fits && sum <= MOST_QUEUED) {
      queue.add(event);
      if (forgotten) {
        forget(); // nobody else comes by any more
      }
    } else if (fits) {
      server.outgoing().giveBack(event.length);
    }
    transport.wake();
    return fits && sum <= MOST_QUEUED;
  }

  /** Nothing is sent any more of what is queued. */
  private void forget() {
    forgotten = true;
    for (byte[] event; (event = queue.poll()) != null; ) {
      server.outgoing().giveBack(event.length);
    }
  }

  private static int add(int queued, int event) {
    return queued > MOST_QUEUED || event > MOST_QUEUED - queued ? FULL : queued + event;
  }

  private byte[] encode(String name, String id, Object data) {
    return EventText.of(name, id, data, server.site().encoder()::json);
  }

  @Override
  public String lastSeen() {
    return lastSeen;
  }

  @Override
  public boolean isOpen() {
    return over.getCount() > 0 && !broken && queued.get() <= MOST_QUEUED;
  }

  @Override
  public void await() throws InterruptedException {
    try {
      over.await();
    } catch (InterruptedException e) {
      if (isOpen()) {
        throw e;
      }
    }
  }
}
