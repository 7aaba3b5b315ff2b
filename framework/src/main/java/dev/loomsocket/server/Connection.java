package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.Response;
import dev.loomsocket.net.ReadBuffer;
import dev.loomsocket.net.Transport;
import dev.loomsocket.net.WriteBuffer;
import dev.loomsocket.session.FrameLoop;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection's life, from its first byte to its last, in its own virtual thread: HTTP, perhaps
 * a WebSocket, and an end that lets the peer read the last word. {@link #stop} and {@link #abort}
 * may be called by any thread.
 */
final class Connection implements Runnable {
  private static final Logger LOG = System.getLogger("dev.loomsocket.server");

  private final Server server;
  private final Transport transport;
  private final boolean welcome; // else the peer is told that there are too many
  private volatile @Nullable Thread thread; // the one that runs it, while it runs

  Connection(Server server, Transport transport, boolean welcome) {
    this.server = server;
    this.transport = transport;
    this.welcome = welcome;
  }

  /**
   * Serves the peer until either side ends the connection. All that an idle connection has on its
   * stack is kept as long as it is idle: so between this method and the wait for input there are as
   * few others as can be.
   */
  @Override
  public void run() {
    thread = Thread.currentThread();
    ReadBuffer in = new ReadBuffer(transport, server.pool());
    try {
      if (welcome) {
        HttpLoop http = new HttpLoop(server, transport, in);
        while (http.advance()) {
          http.endWait(in.fill(http.beginWait()));
        }
        if (http.opening().isPresent()) {
          FrameLoop webSocket = http.opening().get().begin(transport, in);
          try {
            webSocket.open();
            while (webSocket.advance()) {
              webSocket.endWait(in.fill(webSocket.beginWait()));
            }
          } finally {
            webSocket.end();
          }
        }
      } else {
        refuse();
      }
      end(in);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, () -> transport.remoteAddress() + ": " + e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, () -> "a connection failed for a reason that is ours", e);
    } finally {
      thread = null;
      in.release();
      transport.close();
      server.ended(this);
    }
  }

  /** The thread that runs it, while it runs. */
  Optional<Thread> thread() {
    return Optional.ofNullable(thread);
  }

  private void refuse() throws IOException {
    WriteBuffer out =
        new WriteBuffer(transport, server.pool(), server.settings().sendTimeout().toNanos());
    Response response =
        ResponseEncoder.error(new HttpException(503, "too many connections"))
            .header("Retry-After", "5");
    EncodedResponse encoded = server.site().encoder().encode(response, "GET", 1, false);
    out.write(encoded.head());
    out.write(encoded.body());
    out.flush();
  }

  /**
   * Says that nothing more comes and reads on until the peer says so too: closing with unread bytes
   * would reset the connection, and the peer would lose the last thing it was told.
   */
  private void end(ReadBuffer in) throws IOException {
    transport.shutdownOutput();
    long deadline = transport.now() + server.settings().closeTimeout().toNanos();
    long left;
    do {
      in.consume(in.available());
      left = deadline - transport.now();
    } while (left > 0 && in.fill(left) >= 0); // 0 may be the server's stop: the peer still reads
  }

  /** The server stops: whoever waits for a next request ends. */
  void stop() {
    transport.wake();
  }

  /** The server waits no longer. */
  void abort() {
    transport.close();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
