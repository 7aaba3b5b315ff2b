package dev.loomsocket;

import static dev.loomsocket.RawClient.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes on few cores, in which somebody holds carriers; a JVM of its own for each. */
@Timeout(120)
class CarrierReserveTest {
  private static final String NO_PINNING = "nothing holds a carrier from Java 24 on";
  private static final List<String> ONE_CORE = List.of("-XX:ActiveProcessorCount=1");
  private static final String WATCH = "loomsocket-carriers";

  @ParameterizedTest
  @ValueSource(strings = {"wait", "read", "enter"})
  @EnabledForJreRange(maxVersion = 23, disabledReason = NO_PINNING)
  void handlersThatHoldTheirCarrierStopNobodyElse(String how) throws Exception {
    try (Child child = Child.start(ONE_CORE, Holding.class, "--port=0")) {
      int port = child.awaitPort();
      List<RawClient> holders = new ArrayList<>();
      for (int i = 0; i < Holding.HOLDERS; i++) {
        holders.add(RawClient.webSocket(port, "/hold").send(text(how)));
      }
      assertEchoes(port);
      Eventually.holds("it is told", () -> told(port) == 1);
      get(port, "/go");
      for (RawClient holder : holders) {
        assertEquals(how, holder.frame().text());
        holder.close();
      }
      assertEchoes(port);
    }
  }

  @Test
  @EnabledForJreRange(maxVersion = 23, disabledReason = NO_PINNING)
  void theApplicationsOwnThreadsDoNotStopItEither() throws Exception {
    try (Child child = Child.start(ONE_CORE, Holding.class, "--port=0")) {
      int port = child.awaitPort();
      assertEquals("they do", get(port, "/aside"));
      assertEchoes(port);
      get(port, "/go");
      assertEchoes(port);
    }
  }

  @Test
  @EnabledForJreRange(maxVersion = 23, disabledReason = NO_PINNING)
  void whoeverComputesHoldsNone() throws Exception {
    try (Child child = Child.start(ONE_CORE, Holding.class, "--port=0")) {
      int port = child.awaitPort();
      assertEquals("done", get(port, "/compute"));
      assertEquals(0, told(port));
    }
  }

  private static void assertEchoes(int port) {
    try (RawClient client = RawClient.webSocket(port, "/echo")) {
      for (int i = 0; i < 100; i++) {
        assertEquals("message " + i, client.send(text("message " + i)).frame().text());
      }
    }
  }

  private static long told(int port) {
    return get(port, "/warnings")
        .lines()
        .filter(line -> line.startsWith("A virtual thread blocks"))
        .count();
  }

  private static String get(int port, String path) {
    try (RawClient client = RawClient.connect(port)) {
      return new String(client.get(path).body(), UTF_8);
    }
  }

  /** Starts and stops applications, and looks what there is meanwhile. */
  static final class Several {
    private Several() {}

    public static void main(String[] args) throws InterruptedException {
      for (int i = 0; i < 3; i++) {
        try (RunningApp first = Loomsocket.app().port(0).start()) {
          try (RunningApp second = Loomsocket.app().port(0).start()) {
            assertNotEquals(first.port(), second.port());
            assertEquals(1, watches());
            assertAnotherThreadRuns();
          }
          assertEquals(1, watches());
          assertAnotherThreadRuns();
        }
        Eventually.holds("nobody watches", () -> watches() == 0);
        assertAnotherThreadRuns();
      }
    }
  }

  /** Has no reserve. */
  static final class None {
    private None() {}

    public static void main(String[] args) throws InterruptedException {
      if (args.length > 0) {
        Thread.ofVirtual().start(() -> {}).join();
      }
      try (RunningApp app = Loomsocket.app().port(0).start()) {
        assertEquals(0, app.connections());
        assertAnotherThreadRuns();
        assertEquals(0, watches());
      }
    }
  }

  /** While all pollers wait and have no connection. */
  private static void assertAnotherThreadRuns() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      CountDownLatch ran = new CountDownLatch(1);
      Thread.ofVirtual().start(ran::countDown);
      assertTrue(ran.await(20, TimeUnit.SECONDS));
    }
  }

  private static long watches() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(WATCH))
        .count();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  @EnabledForJreRange(maxVersion = 23, disabledReason = NO_PINNING)
  void applicationsShareItAndTheLastOneLeavesNothing(int cores) throws Exception {
    assertEnds(List.of("-XX:ActiveProcessorCount=" + cores), Several.class);
  }

  @ParameterizedTest
  @EnabledForJreRange(maxVersion = 23, disabledReason = NO_PINNING)
  @ValueSource(strings = {"parallelism=2", "maxPoolSize=8", "minRunnable=1"})
  void whoSetsTheSizeOfTheSchedulerHasNone(String size) throws Exception {
    assertEnds(List.of("-Djdk.virtualThreadScheduler." + size), None.class);
  }

  @Test
  @EnabledForJreRange(maxVersion = 23, disabledReason = NO_PINNING)
  void whoHasStartedAVirtualThreadBeforeHasNone() throws Exception {
    assertEnds(ONE_CORE, None.class, "before");
  }

  @Test
  @EnabledForJreRange(minVersion = 24, disabledReason = "before Java 24 there is more")
  void whereNothingHoldsACarrierThereIsNothingOfAllThis(@TempDir Path temp) throws Exception {
    Path log = temp.resolve("classes");
    assertEnds(List.of("-Xlog:class+load:file=" + log), Idle.class);
    List<String> classes = Files.readAllLines(log);
    assertTrue(isLoaded(Carriers.class, classes));
    for (Class<?> type : List.of(CarrierReserve.class, CarrierThreads.class)) {
      assertFalse(isLoaded(type, classes), type.getName());
    }
  }

  private static boolean isLoaded(Class<?> type, List<String> classes) {
    return classes.stream().anyMatch(line -> line.contains(" " + type.getName() + " "));
  }

  /** Starts and stops. */
  static final class Idle {
    private Idle() {}

    public static void main(String[] args) {
      Loomsocket.app().port(0).start().close();
    }
  }

  private static void assertEnds(List<String> options, Class<?> main, String... arguments)
      throws Exception {
    try (Child child = Child.start(options, main, arguments)) {
      int status = child.awaitExit();
      assertEquals(0, status, child.errors().toString());
    }
  }
}
