package dev.loomsocket;

import static dev.loomsocket.RawClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.QueryParam;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten thousand connections that end in eight ways: each is told once to {@code @OnClose}, with the
 * right status, when it is in no room any more.
 */
@Timeout(180)
class EndingsTest {
  private static final Logger LOG = Logger.getLogger("dev.loomsocket.session");
  private static final int MOST = 10_000;

  /** Of each way; as many at a time as both of their ends have descriptors, with some to spare. */
  private static final int EACH =
      Math.min(MOST / Way.values().length, (FileDescriptors.forConnections() - 200) / 4);

  private static final int AT_A_TIME = 25; // that overflow: the system holds a megabyte for each

  /** What ends a connection. */
  enum Way {
    CLEAN(1000),
    RESET(1006),
    HALF_CLOSE(1006),
    PROTOCOL_ERROR(1002),
    EXCEPTION(1011),
    OVERFLOW(1013),
    PING_TIMEOUT(1006),
    STOP(1001);

    private final int code;

    Way(int code) {
      this.code = code;
    }
  }

  /** What the endpoint and its room have been told. */
  private static final class Told {
    private final CountDownLatch[] closed = new CountDownLatch[Way.values().length];
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger joins = new AtomicInteger();
    private final AtomicInteger leaves = new AtomicInteger();
    private final Map<String, CountDownLatch> overflown = new ConcurrentHashMap<>(); // by name
    private final AtomicInteger names = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    Told() {
      for (Way way : Way.values()) {
        closed[way.ordinal()] = new CountDownLatch(EACH);
      }
    }

    CountDownLatch overflown(String client) {
      return overflown.computeIfAbsent(client, name -> new CountDownLatch(1));
    }

    void await(Way way) throws InterruptedException {
      assertTrue(closed[way.ordinal()].await(60, TimeUnit.SECONDS), () -> way + ": " + wrong);
    }
  }

  @WebSocketEndpoint(value = "/end", maxQueueSize = 1)
  static class End {
    private final Told told;
    private Way way;
    private Room hall;

    End(Told told) {
      this.told = told;
    }

    @OnOpen
    String open(Session session, @QueryParam Way way) {
      this.way = way;
      hall = session.join("hall");
      return "in";
    }

    @OnMessage
    void text(Session session, String text) {
      if (way == Way.EXCEPTION) {
        throw new IllegalStateException("on purpose");
      }
      Room own = session.join("own " + session.id());
      byte[] message = new byte[64 * 1024];
      while (session.isOpen()) {
        own.send(message);
      }
      told.overflown(text).countDown();
    }

    @OnClose
    void close(Session session, CloseStatus status) {
      told.calls.incrementAndGet();
      if (status.code() != way.code || hall.members().contains(session)) {
        told.wrong.add(way + ": " + status + ", " + hall.members().contains(session));
      }
      told.closed[way.ordinal()].countDown();
    }
  }

  private final Told told = new Told();

  @BeforeEach
  void silence() {
    LOG.setLevel(Level.OFF); // 1 250 exceptions
  }

  @AfterEach
  void endSilence() {
    LOG.setLevel(null);
  }

  @Test
  void eachIsToldOnceWithTheRightStatusAfterLeavingItsRooms() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try (RunningApp app = app()) {
        for (Way way : Way.values()) {
          if (way.ordinal() < Way.OVERFLOW.ordinal()) {
            awaitAll(start(threads, app, way));
            told.await(way);
          }
        }
        overflow(threads, app);
      }
      try (RunningApp app = app("--ping-after=1s", "--pong-within=1s")) {
        List<Future<?>> clients = start(threads, app, Way.PING_TIMEOUT);
        told.await(Way.PING_TIMEOUT);
        awaitAll(clients);
      }
      stop(threads);
    }
    assertEquals(List.of(), List.copyOf(told.wrong));
    int all = EACH * Way.values().length;
    assertEquals(all, told.calls.get());
    assertEquals(all, told.joins.get());
    assertEquals(all, told.leaves.get());
  }

  private RunningApp app(String... arguments) {
    App app = Loomsocket.app(arguments).endpoint(End.class).add(told).port(0);
    app.room("hall").onJoin(presence -> told.joins.incrementAndGet());
    app.room("hall").onLeave(presence -> told.leaves.incrementAndGet());
    return app.start();
  }

  private void overflow(ExecutorService threads, RunningApp app) throws Exception {
    Semaphore places = new Semaphore(AT_A_TIME);
    List<Future<?>> clients = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      places.acquire();
      clients.add(
          threads.submit(() -> {
            end(app, Way.OVERFLOW);
            places.release();
            return null;
          }));
    }
    awaitAll(clients);
    told.await(Way.OVERFLOW);
  }

  private void stop(ExecutorService threads) throws Exception {
    RunningApp app = app();
    List<Future<?>> clients = start(threads, app, Way.STOP);
    Eventually.holds("all are in", () -> app.room("hall").size() == EACH);
    app.close();
    told.await(Way.STOP);
    awaitAll(clients);
  }

  private List<Future<?>> start(ExecutorService threads, RunningApp app, Way way) {
    List<Future<?>> clients = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      clients.add(threads.submit(() -> end(app, way)));
    }
    return clients;
  }

  private static void awaitAll(List<Future<?>> clients) throws Exception {
    for (Future<?> each : clients) {
      each.get();
    }
  }

  /** One connection's life, as its client sees it. */
  private Void end(RunningApp app, Way way) throws InterruptedException {
    try (RawClient client = RawClient.webSocket(app.port(), "/end?way=" + way)) {
      assertEquals("in", client.frame().text());
      switch (way) {
        case CLEAN -> assertEquals(1000, client.send(RawClient.close(1000)).frame().closeCode());
        case RESET -> client.reset();
        case HALF_CLOSE -> assertTrue(client.halfClose().isEnded());
        case PROTOCOL_ERROR ->
            assertEquals(1002, client.send(RawClient.hex("ff ff")).frame().closeCode());
        case EXCEPTION -> assertEquals(1011, client.send(text("fail")).frame().closeCode());
        case OVERFLOW -> {
          String name = "client " + told.names.incrementAndGet();
          client.send(text(name));
          assertTrue(told.overflown(name).await(60, TimeUnit.SECONDS));
        }
        case PING_TIMEOUT -> {
          assertEquals(9, client.frame().opcode());
          assertTrue(client.isEnded());
        }
        case STOP -> {
          assertEquals(1001, client.frame().closeCode());
          client.send(RawClient.close(1001));
        }
      }
      return null;
    }
  }
}
