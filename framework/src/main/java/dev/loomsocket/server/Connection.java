package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.Response;
import dev.loomsocket.net.BusyException;
import dev.loomsocket.net.ReadBuffer;
import dev.loomsocket.net.Transport;
import dev.loomsocket.net.WriteBuffer;
import dev.loomsocket.session.FrameLoop;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * One connection's life, from its first byte to its last: HTTP, perhaps a WebSocket, and an end
 * that lets the peer read the last word. It has a virtual thread of its own, but for a WebSocket
 * that has been silent for a while: then there is none until something comes or is due, so that a
 * silent peer costs no stack. {@link #stop} and {@link #abort} may be called by any thread.
 */
final class Connection implements Runnable {
  private static final Logger LOG = System.getLogger("dev.loomsocket.server");

  /** A WebSocket that is silent for so many nanoseconds does without a thread. */
  private static final long LULL = 500_000_000L;

  private final Server server;
  private final Transport transport;
  private final ReadBuffer in;
  private @Nullable FrameLoop webSocket; // once it has become one
  private volatile @Nullable Thread thread; // the one that runs it, while it runs

  Connection(Server server, Transport transport) {
    this.server = server;
    this.transport = transport;
    this.in = new ReadBuffer(transport, server.pool());
  }

  /** Serves the peer until the connection ends, or has fallen silent. */
  @Override
  public void run() {
    live(this::serve);
  }

  /** Serves a peer that is one too many: tells it so. */
  void refuse() {
    live(this::sayThatThereAreTooMany);
  }

  /** What one thread does for it. */
  private interface Part {
    /** True if the connection rests: another thread will go on, or does so already. */
    boolean play() throws IOException;
  }

  private void live(Part part) {
    thread = Thread.currentThread();
    boolean rests = false;
    try {
      rests = part.play();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, () -> transport.remoteAddress() + ": " + e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, () -> "a connection failed for a reason that is ours", e);
    } finally {
      if (!rests) {
        thread = null;
        in.release();
        transport.close();
        server.ended(this);
      }
    }
  }

  private boolean serve() throws IOException {
    if (webSocket == null) {
      HttpLoop http = new HttpLoop(server, transport, in);
      while (http.advance()) {
        try {
          http.endWait(in.fill(http.beginWait()));
        } catch (BusyException e) {
          return sayThatThereAreTooMany();
        }
      }
      webSocket = http.opening().map(opening -> opening.begin(transport, in)).orElse(null);
    }
    boolean rests = webSocket != null && converse(webSocket);
    if (!rests) {
      end();
    }
    return rests;
  }

  private boolean converse(FrameLoop webSocket) throws IOException {
    boolean rests = false;
    try {
      boolean silent = webSocket.enter();
      while (webSocket.advance()) {
        long wait = webSocket.beginWait();
        if (silent && wait > LULL) {
          webSocket.leave();
          thread = null;
          in.rest(wait);
          rests = true;
          return true;
        }
        int bytes = in.fill(Math.min(wait, LULL));
        silent = bytes == 0;
        webSocket.endWait(bytes);
      }
      return false;
    } finally {
      if (!rests) {
        webSocket.end();
      }
    }
  }

  private boolean sayThatThereAreTooMany() throws IOException {
    WriteBuffer out =
        new WriteBuffer(transport, server.pool(), server.settings().sendTimeout().toNanos());
    Response response =
        ResponseEncoder.error(new HttpException(503, "too many connections"))
            .header("Retry-After", "5");
    EncodedResponse encoded = server.site().encoder().encode(response, "GET", 1, false);
    out.write(encoded.head());
    out.write(encoded.body());
    out.flush();
    in.release();
    end();
    return false;
  }

  /**
   * Says that nothing more comes and reads on until the peer says so too: closing with unread bytes
   * would reset the connection, and the peer would lose the last thing it was told.
   */
  private void end() throws IOException {
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
