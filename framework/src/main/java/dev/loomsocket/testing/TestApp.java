package dev.loomsocket.testing;

import dev.loomsocket.App;
import dev.loomsocket.RunningApp;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An application that runs for a test, on a free port of this machine, and the clients that the
 * test has connected to it. Thread-safe.
 *
 * <pre>{@code
 * try (TestApp app = TestApp.start(Loomsocket.app().scan(Chat.class))) {
 *   TestClient ann = app.connect("/chat/lobby?name=Ann");
 *   ann.send(new Line("hello"));
 *   assertEquals("hello", ann.expect(Line.class).text());
 *   assertEquals(401, app.connectRefused("/chat/lobby?name="));
 * }
 * }</pre>
 */
public final class TestApp implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RunningApp running;
  private final Queue<TestClient> clients = new ConcurrentLinkedQueue<>();
  private final Queue<TroublesomePeer> peers = new ConcurrentLinkedQueue<>();
  private volatile Duration patience = PATIENCE;

  private TestApp(RunningApp running) {
    this.running = running;
  }

  /**
   * Starts an application on a free port, whatever port it has been given before.
   *
   * @throws dev.loomsocket.StartupException with everything that is to be mended
   */
  public static TestApp start(App app) {
    return new TestApp(app.port(0).start());
  }

  /**
   * Sets how long clients that are connected from now on wait for anything before that is an {@link
   * AssertionError}; 10 s without any call. A test that succeeds never waits that long.
   */
  public TestApp patience(Duration patience) {
    this.patience = patience;
    return this;
  }

  /** The application itself. */
  public RunningApp running() {
    return running;
  }

  /** Where it listens, for example {@code http://127.0.0.1:43210/}, for clients of other kinds. */
  public URI uri() {
    return running.uri();
  }

  /** The port on which it listens. */
  public int port() {
    return running.port();
  }

  /**
   * Connects a client that behaves well.
   *
   * @param path with its query, already percent-encoded: {@code /chat/lobby?name=Ann}
   * @param headers whole lines to send besides the usual ones: {@code "Cookie: id=7"}
   * @throws AssertionError if the application refuses; it says with what
   */
  public TestClient connect(String path, String... headers) {
    PeerSocket socket = PeerSocket.connect(uri(), patience);
    TestClient client = new TestClient(opened(socket, path, headers), patience);
    clients.add(client);
    return client;
  }

  /**
   * Connects a client that knows no manners.
   *
   * @param path and headers as {@link #connect} takes them
   * @throws AssertionError if the application refuses; it says with what
   */
  public TroublesomePeer connectTroublesome(String path, String... headers) {
    PeerSocket socket = PeerSocket.connectNarrow(uri(), patience);
    TroublesomePeer peer = new TroublesomePeer(opened(socket, path, headers));
    peers.add(peer);
    return peer;
  }

  /** Connects a peer that has not said anything yet, not even an opening handshake. */
  public TroublesomePeer connectSilent() {
    TroublesomePeer peer = new TroublesomePeer(PeerSocket.connectNarrow(uri(), patience));
    peers.add(peer);
    return peer;
  }

  /**
   * The status with which an opening handshake is refused, 401 for example.
   *
   * @param path and headers as {@link #connect} takes them
   * @throws AssertionError if it is not refused
   */
  public int connectRefused(String path, String... headers) {
    try (PeerSocket socket = PeerSocket.connect(uri(), patience)) {
      int status = socket.open(path, List.of(headers)).status();
      if (status == PeerSocket.SWITCHING) {
        throw new AssertionError("expected that " + path + " is refused, but it was accepted");
      }
      return status;
    }
  }

  private static PeerSocket opened(PeerSocket socket, String path, String... headers) {
    boolean opened = false;
    try {
      PeerSocket.Answer answer = socket.open(path, List.of(headers));
      opened = answer.status() == PeerSocket.SWITCHING;
      if (!opened) {
        throw new AssertionError(
            "expected that " + path + " is a WebSocket, but it was refused: " + answer);
      }
      return socket;
    } finally {
      if (!opened) {
        socket.reset();
      }
    }
  }

  /**
   * Ends the connections of peers that know no manners, stops the application as {@link
   * RunningApp#close()} does, and ends what is left.
   */
  @Override
  public void close() {
    try {
      peers.forEach(TroublesomePeer::reset); // or the application would wait for their Close
    } finally {
      try {
        running.close();
      } finally {
        clients.forEach(TestClient::abandon);
      }
    }
  }
}
