package dev.loomsocket;

import static dev.loomsocket.RawClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.scanned.Main;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application as a process: what it prints, what it ends with, and what a signal does to it. */
class ProcessTest {

  /** Has a handler that does not end. */
  public static final class Stubborn {
    private Stubborn() {}

    @WebSocketEndpoint("/stubborn")
    static class Never {
      @OnMessage
      String text(String text) {
        CountDownLatch never = new CountDownLatch(1);
        while (!text.equals("hello")) {
          try {
            never.await();
          } catch (InterruptedException e) {
            // on purpose
          }
        }
        return text;
      }
    }

    public static void main(String[] args) {
      Loomsocket.app(args).endpoint(Never.class).run();
    }
  }

  @Test
  void mainServesItsPackageUntilItIsToldToStop() throws Exception {
    try (Child child = Child.start(List.of(), Main.class, "--port=0")) {
      int port = child.awaitPort();
      try (RawClient client = RawClient.webSocket(port, "/upper");
          RawClient idle = RawClient.connect(port)) {
        assertEquals("HELLO", client.send(text("hello")).frame().text());
        child.terminate();
        assertEquals(1001, client.frame().closeCode());
        client.send(RawClient.close(1001));
        assertTrue(client.isEnded());
        assertTrue(idle.isEnded());
      }
      child.awaitExit();
      assertEquals(List.of("Loomsocket has stopped"), child.output());
      assertEquals(List.of(), child.errors());
    }
  }

  @Test
  void aHandlerThatIgnoresEverythingDoesNotKeepTheProcess() throws Exception {
    try (Child child =
        Child.start(List.of("-Dloomsocket.stop-timeout=1s"), Stubborn.class, "--port=0")) {
      try (RawClient client = RawClient.webSocket(child.awaitPort(), "/stubborn")) {
        client.send(text("hello"), text("stay"));
        assertEquals("hello", client.frame().text());
        child.terminate();
        assertEquals(1001, client.frame().closeCode());
        child.awaitExit();
      }
      assertEquals(List.of("Loomsocket has stopped"), child.output());
    }
  }

  @Test
  void aPortInUseIsOneLineAndStatus1() throws Exception {
    try (RunningApp app = Loomsocket.app().port(0).start();
        Child child = Child.start(List.of(), Main.class, "--port", Integer.toString(app.port()))) {
      assertEquals(1, child.awaitExit());
      assertEquals(List.of(), child.output());
      assertEquals(1, child.errors().size(), child.errors().toString());
      assertTrue(
          child.errors().getFirst().startsWith("Port " + app.port() + " on 127.0.0.1 is in use: "),
          child.errors().toString());
    }
  }

  @Test
  void everyProblemIsPrintedAndTheStatusIs1() throws Exception {
    try (Child child =
        Child.start(List.of(), Main.class, "--port=http", "--max-queue-size=", "--host")) {
      assertEquals(1, child.awaitExit());
      assertEquals(List.of(), child.output());
      assertEquals(
          List.of(
              "--host is \"\"; it takes an address.",
              "--port is \"http\"; it takes 0 to 65535.",
              "--max-queue-size is \"\"; it takes a size such as 65536, 64KiB or 16MiB, below 2 GiB."),
          child.errors());
    }
  }

  @Test
  void helpPrintsTheSettingsAndTheStatusIs0() throws Exception {
    try (Child child = Child.start(List.of(), Main.class, "--port=http", "--help")) {
      assertEquals(0, child.awaitExit());
      assertEquals(Setting.help(), child.output());
      assertEquals(List.of(), child.errors());
    }
  }

  /** Starts when its process is about to end already. */
  public static final class Late {
    private Late() {}

    public static void main(String[] args) throws InterruptedException {
      CountDownLatch ending = new CountDownLatch(1);
      CountDownLatch started = new CountDownLatch(1);
      Thread hook =
          new Thread(() -> {
            ending.countDown();
            try {
              started.await();
            } catch (InterruptedException e) {
              // it ends all the same
            }
          });
      Runtime.getRuntime().addShutdownHook(hook);
      new Thread(() -> System.exit(0)).start();
      ending.await();
      try {
        Loomsocket.app(args).run();
      } finally {
        started.countDown();
      }
    }
  }

  @Test
  void whoIsToldToStopWhileStartingStopsWithoutAWord() throws Exception {
    try (Child child = Child.start(List.of(), Late.class, "--port=0")) {
      assertEquals(0, child.awaitExit());
      assertEquals(List.of(), child.output());
      assertEquals(List.of(), child.errors());
    }
  }

  @ParameterizedTest
  @CsvSource({"''", "--max-connections=1000"})
  void aCrowdThatTakesAllFileDescriptorsIsSurvived(String argument) throws Exception {
    try (Child child = Child.startWithFiles(160, Main.class, "--port=0", argument)) {
      int port = child.awaitPort();
      try (RawClient before = RawClient.webSocket(port, "/upper")) {
        loadClasses(port);
        assertEquals("HELLO", before.send(text("hello")).frame().text());
        List<RawClient> crowd = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
          crowd.add(RawClient.connect(port));
        }
        assertEquals("STILL HERE", before.send(text("still here")).frame().text());
        crowd.forEach(RawClient::close);
        Eventually.holds("others may come again", () -> isServed(port));
        assertEquals("AND NOW", before.send(text("and now")).frame().text());
      }
      child.terminate();
      child.awaitExit();
      long warnings = child.errors().stream().filter(line -> line.startsWith("WARNING")).count();
      assertTrue(warnings <= (argument.isEmpty() ? 0 : 1), warnings + " warnings");
    }
  }

  /** To load one needs a descriptor, too: none should be missing later. */
  private static void loadClasses(int port) {
    assertTrue(isServed(port));
    try (RawClient client = RawClient.connect(port)) {
      assertEquals(404, client.get("/nowhere").status());
    }
  }

  private static boolean isServed(int port) {
    try (RawClient client = RawClient.connect(port)) {
      return client.send(RawClient.handshake("/upper")).head().startsWith("HTTP/1.1 101 ");
    } catch (UncheckedIOException e) {
      return false;
    }
  }
}
