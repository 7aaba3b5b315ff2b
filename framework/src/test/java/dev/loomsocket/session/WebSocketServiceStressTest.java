package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.binding.Binder;
import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Doing;
import dev.loomsocket.net.Loopback;
import dev.loomsocket.net.ReadBuffer;
import dev.loomsocket.net.Transport;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Hundreds of real connections that talk in one room, are closed by others, and end in every way
 * that there is, all at once. Each must be told of its end once, and nothing may be left.
 */
@Timeout(120)
class WebSocketServiceStressTest {
  private static final int CLIENTS = 12;
  private static final int LIVES = 25; // of each client
  private static final Logger LOG = Logger.getLogger("dev.loomsocket.session");

  private final LiveSessions sessions = new LiveSessions();
  private final Rooms rooms = new Rooms();
  private final BufferPool pool = new BufferPool(16);
  private final Counts counts = new Counts();
  private final WebSocketService service =
      new WebSocketService(
          new Binder(List.of(counts)).bind(List.of(Talker.class), List.of()).getFirst(),
          Settings.closing(Duration.ofMillis(200)),
          new Facilities(sessions, rooms, pool, (session, payload) -> payload));

  /** How many sessions were opened and ended, and with what. */
  static final class Counts {
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();
  }

  /** Talks to everybody. */
  @WebSocketEndpoint(value = "/test", maxQueueSize = 20_000)
  static class Talker {
    private static final Set<Integer> CODES = Set.of(1000, 1002, 1006, 1011, 1013, 4000, 4001);

    private final Counts counts;
    private Room room;
    private boolean ended;

    Talker(Counts counts) {
      this.counts = counts;
    }

    @OnOpen
    void open(Session session) {
      counts.opened.incrementAndGet();
      room = session.join("hall");
    }

    @OnMessage
    Object text(Session session, String text) {
      switch (text) {
        case "close" -> session.close(new CloseStatus(4001, "asked for"));
        case "fail" -> throw new IllegalStateException("on purpose");
        case "echo" -> session.send(text);
        default -> room.sendExcept(session, text);
      }
      return text;
    }

    @OnClose
    void close(Session session, CloseStatus status) {
      counts.closed.incrementAndGet();
      if (ended || !CODES.contains(status.code()) || room.members().contains(session)) {
        counts.wrong.incrementAndGet();
      }
      ended = true;
    }
  }

  @BeforeEach
  void silence() {
    LOG.setLevel(Level.OFF);
  }

  @AfterEach
  void endSilence() {
    LOG.setLevel(null);
  }

  @Test
  void everySessionIsToldOfItsEndOnceAndNothingIsLeft() throws IOException {
    try (Loopback loopback = new Loopback()) {
      List<Doing> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(i);
        clients.add(
            Doing.start(() -> {
              for (int life = 0; life < LIVES; life++) {
                live(loopback.dial(), random);
              }
            }));
      }
      List<Doing> served = new ArrayList<>();
      for (int i = 0; i < CLIENTS * LIVES; i++) {
        served.add(serve(loopback.listener().accept()));
        closeOne(new Random(i));
      }
      awaitAll(clients);
      awaitAll(served);
    }
    assertEquals(CLIENTS * LIVES, counts.opened.get());
    assertEquals(CLIENTS * LIVES, counts.closed.get());
    assertEquals(0, counts.wrong.get());
    assertEquals(0, sessions.size());
    assertEquals(0, rooms.room("hall").size());
  }

  /** Serves a connection to its end, as the server does, but for the handshake. */
  private Doing serve(Transport transport) {
    CompletableFuture<Void> served = new CompletableFuture<>();
    transport.start(
        () -> {
          ReadBuffer in = new ReadBuffer(transport, pool);
          try {
            Served.live(service.open(Served.request(Map.of()).target()), transport, in);
            served.complete(null);
          } catch (Throwable failure) {
            served.completeExceptionally(failure);
          } finally {
            in.release();
            transport.close();
          }
        },
        () -> served.completeExceptionally(new AssertionError("no thread")));
    return Doing.start(served::get);
  }

  /** Another thread closes somebody, now and then. */
  private void closeOne(Random random) {
    List<LiveSession> members = rooms.members("hall");
    if (!members.isEmpty() && random.nextInt(3) == 0) {
      members.get(random.nextInt(members.size())).close(CloseStatus.of(4000));
    }
  }

  private static void live(Socket socket, Random random) throws IOException {
    try (socket) {
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      for (int i = random.nextInt(20); i > 0; i--) {
        out.write(Frames.text(random.nextBoolean() ? "echo" : "x".repeat(random.nextInt(2_000))));
      }
      switch (random.nextInt(8)) {
        case 0 -> out.write(Frames.close(1000));
        case 1 -> out.write(Frames.text("close"));
        case 2 -> out.write(Frames.text("fail"));
        case 3 -> out.write(Frames.hex("ff ff"));
        case 4 -> socket.shutdownOutput();
        case 5 ->
            out.write(Frames.join(Frames.text("close"), Frames.close(4001), Frames.text("late")));
        case 6 -> {
          socket.setSoLinger(true, 0);
          return; // reset
        }
        default -> {
          out.write(Frames.hex("81 85 37"));
          return;
        }
      }
      in.readAllBytes();
    } catch (IOException e) {
      // the server was faster
    }
  }

  private static void awaitAll(List<Doing> all) throws IOException {
    for (Doing each : all) {
      each.await();
    }
  }
}
