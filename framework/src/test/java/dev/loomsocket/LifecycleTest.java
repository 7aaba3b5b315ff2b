package dev.loomsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application is given to keep: services, which end with it, and periodic tasks. */
@Timeout(60)
class LifecycleTest {
  private static final Duration OFTEN = Duration.ofMillis(1);

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  private List<String> events() {
    return new ArrayList<>(events);
  }

  /** Tells when it is closed. */
  private AutoCloseable service(String name) {
    return () -> events.add(name);
  }

  /** Tells of its last connection, and when it is closed itself. */
  @WebSocketEndpoint("/shared")
  private final class Shared implements AutoCloseable {
    @OnOpen
    String open() {
      return "open";
    }

    @OnClose
    void left(CloseStatus status) {
      events.add("left " + status.code());
    }

    @Override
    public void close() {
      events.add("endpoint");
    }
  }

  // ---- services

  @Test
  void servicesAreClosedLastFirstWhenEverythingElseHasEnded() {
    AutoCloseable twice = service("twice");
    RunningApp app =
        Loomsocket.app()
            .add(service("first"))
            .add("not closeable")
            .add(twice)
            .add(new Shared())
            .add(twice)
            .add(service("last"))
            .port(0)
            .start();
    try (RawClient client = RawClient.webSocket(app.port(), "/shared")) {
      client.frame();
      client.send(RawClient.close(1000)); // so that stopping need not wait for it
      client.frame();
    }
    app.close();
    app.close();
    assertEquals(List.of("left 1000", "last", "twice", "endpoint", "first"), events());
  }

  @Test
  void oneThatFailsIsLoggedAndTheOthersAreClosedToo() {
    AutoCloseable failing =
        () -> {
          throw new IOException("on purpose");
        };
    RunningApp app =
        Loomsocket.app().add(service("a")).add(failing).add(service("b")).port(0).start();
    try (Warnings warnings = Warnings.take()) {
      app.close();
      assertEquals(1, warnings.thrown().size());
      String message = warnings.messages().getFirst();
      assertTrue(message.endsWith(" could not be closed java.io.IOException: on purpose"), message);
    }
    assertEquals(List.of("b", "a"), events());
  }

  @Test
  void whatCouldNotStartIsClosedToo() {
    App app = Loomsocket.app("--port=none").add(service("a")).add(service("b"));
    assertThrows(StartupException.class, app::start);
    assertEquals(List.of("b", "a"), events());
  }

  @Test
  void aPortInUseClosesThemToo() {
    try (RunningApp other = Loomsocket.app().port(0).start()) {
      App app = Loomsocket.app().port(other.port()).add(service("a"));
      assertThrows(StartupException.class, app::start);
    }
    assertEquals(List.of("a"), events());
  }

  @Test
  void aServiceMayCloseTheApplicationItself() throws Exception {
    CompletableFuture<RunningApp> running = new CompletableFuture<>();
    AutoCloseable service =
        () -> {
          running.join().close();
          events.add("closed");
        };
    RunningApp app = Loomsocket.app().add(service).port(0).start();
    running.complete(app);
    app.close();
    app.await();
    assertEquals(List.of("closed"), events());
  }

  @Test
  void whoWaitsForTheEndWaitsForTheServicesToo() throws Exception {
    RunningApp app = Loomsocket.app().add(service("closed")).port(0).start();
    CompletableFuture<List<String>> seen = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        app.await();
        seen.complete(events());
      } catch (InterruptedException e) {
        seen.completeExceptionally(e);
      }
    });
    app.close();
    assertEquals(List.of("closed"), seen.get(20, TimeUnit.SECONDS));
  }

  // ---- periodic tasks

  /** Runs the tasks for as long as it takes. */
  private static void doing(App app, Semaphore until, int runs) throws InterruptedException {
    RunningApp running = app.port(0).start();
    try {
      assertTrue(until.tryAcquire(runs, 20, TimeUnit.SECONDS));
    } finally {
      running.close();
    }
  }

  @Test
  void aTaskRunsAgainAndAgainOnAVirtualThread() throws Exception {
    Semaphore runs = new Semaphore(0);
    AtomicBoolean virtual = new AtomicBoolean();
    PeriodicTask task =
        () -> {
          virtual.set(Thread.currentThread().isVirtual());
          runs.release();
        };
    doing(Loomsocket.app().every(OFTEN, task), runs, 5);
    assertTrue(virtual.get());
  }

  @Test
  void aRunThatFailsIsLoggedAndTheNextOneComes() throws Exception {
    Semaphore runs = new Semaphore(0);
    AtomicInteger count = new AtomicInteger();
    PeriodicTask task =
        () -> {
          runs.release();
          switch (count.incrementAndGet()) {
            case 1 -> throw new IOException("on purpose");
            case 2 -> throw new AssertionError("on purpose");
            default -> {}
          }
        };
    try (Warnings warnings = Warnings.take()) {
      doing(Loomsocket.app().every(OFTEN, task), runs, 3);
      String failed = "the task of app.every(PT0.001S, ...) failed and will run again ";
      assertEquals(
          List.of(
              failed + "java.io.IOException: on purpose",
              failed + "java.lang.AssertionError: on purpose"),
          warnings.messages().stream().filter(line -> line.contains("app.every")).toList());
    }
  }

  @Test
  void thereAreNeverTwoRunsOfATaskAtOnce() throws Exception {
    Semaphore runs = new Semaphore(0);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Semaphore other = new Semaphore(0);
    PeriodicTask task =
        () -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          other.acquire(3); // others run meanwhile
          running.decrementAndGet();
          runs.release();
        };
    App app = Loomsocket.app("--stop-timeout=300ms");
    doing(app.every(OFTEN, task).every(OFTEN, other::release), runs, 5);
    assertEquals(1, most.get());
  }

  @Test
  void theFirstRunComesWhenThePeriodHasPassed() {
    Loomsocket.app()
        .every(Duration.ofDays(365), () -> events.add("too early"))
        .port(0)
        .start()
        .close();
    assertEquals(List.of(), events());
  }

  @Test
  void aRunThatIsUnderWayMayEndBeforeTheServicesDo() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    RunningApp app =
        Loomsocket.app()
            .add(service("service"))
            .every(
                OFTEN,
                () -> {
                  entered.countDown();
                  go.await();
                  events.add("run");
                })
            .port(0)
            .start();
    assertTrue(entered.await(20, TimeUnit.SECONDS));
    CompletableFuture<Void> closing = CompletableFuture.runAsync(app::close);
    go.countDown();
    closing.get(20, TimeUnit.SECONDS);
    assertEquals("service", events().getLast());
    assertEquals("run", events().getFirst());
  }

  @Test
  void aRunThatTakesTooLongIsInterrupted() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    RunningApp app =
        Loomsocket.app("--stop-timeout=300ms")
            .add(service("service"))
            .every(
                OFTEN,
                () -> {
                  entered.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    events.add("interrupted");
                  }
                })
            .port(0)
            .start();
    assertTrue(entered.await(20, TimeUnit.SECONDS));
    app.close();
    assertEquals(List.of("interrupted", "service"), events());
  }

  @Test
  void aTaskMayStopTheApplication() throws Exception {
    CompletableFuture<RunningApp> running = new CompletableFuture<>();
    RunningApp app = Loomsocket.app().every(OFTEN, () -> running.join().close()).port(0).start();
    running.complete(app);
    app.await();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT8760H1S"})
  void aPeriodThatIsNoneIsInTheReport(String period) {
    App app = Loomsocket.app().every(Duration.parse(period), () -> {}).port(0);
    StartupException e = assertThrows(StartupException.class, app::start);
    assertEquals(
        List.of("app.every(" + period + ", ...): it takes a time above zero, up to a year."),
        e.problems());
  }
}
