package dev.loomsocket.session;

import dev.loomsocket.binding.Binder;
import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Doing;
import dev.loomsocket.net.ReadBuffer;
import dev.loomsocket.net.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An endpoint class whose connections have a test at their other end. It may ask for a {@link
 * Journal}.
 */
final class Served {
  private final Journal journal = new Journal();
  private final LiveSessions sessions = new LiveSessions();
  private final Rooms rooms = new Rooms();
  private final BufferPool pool = new BufferPool(16);
  private final WebSocketService service;

  Served(Class<?> endpoint) {
    this(endpoint, Settings.DEFAULT);
  }

  Served(Class<?> endpoint, SessionSettings settings) {
    var bound = new Binder(List.of(journal)).bind(List.of(endpoint), List.of());
    service =
        new WebSocketService(
            bound.getFirst(),
            settings,
            new Facilities(sessions, rooms, pool, (session, payload) -> payload));
  }

  Journal journal() {
    return journal;
  }

  LiveSessions sessions() {
    return sessions;
  }

  Rooms rooms() {
    return rooms;
  }

  WebSocketService service() {
    return service;
  }

  /** A request for this path, without anything that a test does not need. */
  static OpeningRequest request(Map<String, List<String>> queryParams) {
    return new OpeningRequest(
        new OpeningTarget(
            "/test",
            Map.of(),
            () -> queryParams,
            InetSocketAddress.createUnresolved("peer.test", 1)),
        "/test",
        name -> List.of(),
        name -> Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map::of);
  }

  /** Serves a connection to its end, as the server does. */
  static void live(WebSocketService.Opening opening, Transport transport, ReadBuffer in) {
    FrameLoop loop = opening.begin(transport, in);
    try {
      loop.enter();
      while (loop.advance()) {
        loop.endWait(in.fill(loop.beginWait()));
      }
    } catch (IOException e) {
      // the connection is lost, and its end says so
    } finally {
      loop.end();
    }
  }

  /** Opens a connection and serves it until its end. */
  Connection connect() {
    return new Connection(this);
  }

  /** One connection, seen from its client. */
  static final class Connection {
    private final Peer peer = new Peer();
    private final Doing serving;

    private Connection(Served served) {
      serving =
          Doing.start(() -> {
            WebSocketService.Opening opening;
            try {
              opening = served.service.open(request(Map.of()).target());
              opening.handshake(request(Map.of()));
            } catch (Throwable refused) {
              throw new AssertionError(refused);
            }
            ReadBuffer in = new ReadBuffer(peer.transport(), served.pool);
            live(opening, peer.transport(), in);
            in.release();
            peer.transport().close();
          });
    }

    Peer peer() {
      return peer;
    }

    Connection send(byte[]... pieces) {
      peer.send(pieces);
      return this;
    }

    Connection awaitFrames(String... expected) {
      peer.awaitFrames(expected);
      return this;
    }

    /** Waits until the connection's thread waits for the client. */
    Connection awaitIdle() {
      peer.transport().awaitIdle();
      return this;
    }

    /** Time passes, once the connection's thread waits for the client. */
    Connection advance(Duration time) {
      peer.transport().awaitIdle();
      peer.transport().advance(time);
      return this;
    }

    /** The thread that serves it. */
    Thread thread() {
      return serving.thread();
    }

    /** Waits until the connection has been served. */
    void awaitEnd() {
      try {
        serving.await();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
