package dev.loomsocket.browser;

import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.Handshake;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The server's side of one connection in the hands of a test: it says what it is told to, and keeps
 * what it hears.
 */
@WebSocketEndpoint("/peer")
final class Counterpart {
  private static final int PATIENCE = 20; // seconds

  private final All all;
  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>(); // String or byte[]
  private final CompletableFuture<CloseStatus> closed = new CompletableFuture<>();
  private Session session; // handed over by the queue of all
  private Handshake handshake;

  Counterpart(All all) {
    this.all = all;
  }

  /** Those whose connection no test has taken yet. */
  static final class All {
    private final BlockingQueue<Counterpart> open = new LinkedBlockingQueue<>();

    /** The next one, once it is connected. */
    Counterpart next() throws InterruptedException {
      return taken("connection", open);
    }
  }

  @OnOpen
  void open(Session session, Handshake handshake) {
    this.session = session;
    this.handshake = handshake;
    all.open.add(this);
  }

  @OnMessage
  void text(String message) {
    heard.add(message);
  }

  @OnMessage
  void binary(byte[] message) {
    heard.add(message);
  }

  @OnClose
  void close(CloseStatus status) {
    closed.complete(status);
  }

  void say(Object message) {
    session.send(message);
  }

  <T> T ask(Object message, Class<T> reply) {
    return session.ask(message, reply, Duration.ofSeconds(PATIENCE));
  }

  void close(int code) {
    session.close(CloseStatus.of(code));
  }

  Object hear() throws InterruptedException {
    return taken("message", heard);
  }

  /** What the client said in its Close; 1006 if it said none. */
  int closedWith() {
    return closed.orTimeout(PATIENCE, TimeUnit.SECONDS).join().code();
  }

  List<String> subprotocols() {
    return handshake.subprotocols();
  }

  Optional<String> token() {
    return handshake.bearerToken();
  }

  List<String> resumes() {
    return handshake.queryParams().getOrDefault("resume", List.of());
  }

  private static <T> T taken(String what, BlockingQueue<T> queue) throws InterruptedException {
    T taken = queue.poll(PATIENCE, TimeUnit.SECONDS);
    if (taken == null) {
      throw new AssertionError("no " + what + " came");
    }
    return taken;
  }
}
