package dev.loomsocket.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.Eventually;
import dev.loomsocket.Warnings;
import dev.loomsocket.http.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a connection ends. */
class ConnectionTest {
  private static final String NONSENSE = "nonsense\r\n\r\n";

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private ServedInMemory served;

  @BeforeEach
  void serve() throws IOException {
    served =
        new ServedInMemory(request -> {
          entered.countDown();
          try {
            return Response.text("never " + new CountDownLatch(1).await(1, TimeUnit.HOURS));
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
        });
  }

  @AfterEach
  void end() {
    served.close();
  }

  @Test
  void thePeerMayReadTheLastWordBeforeTheConnectionIsClosed() {
    served.run().peer.send(NONSENSE.getBytes(US_ASCII));
    assertTrue(served.allReceived().startsWith("HTTP/1.1 400 "));
    served.send("and more that nobody looks at").after(Duration.ofSeconds(4));
    assertTrue(served.peer.isOpen());
    served.peer.end();
    served.peer.awaitClosed();
  }

  @Test
  void aPeerThatDoesNotCloseIsNotWaitedForForEver() {
    served.run().peer.send(NONSENSE.getBytes(US_ASCII));
    served.allReceived();
    served.send("more").after(Duration.ofSeconds(4)).send("and more");
    served.peer.advance(Duration.ofSeconds(2));
    served.peer.awaitClosed();
  }

  @Test
  void theLastWordCanBeReadAlsoWhenTheServerStops() {
    served.run().peer.send(NONSENSE.getBytes(US_ASCII));
    served.allReceived();
    served.peer.awaitIdle();
    served.connection.stop();
    served.peer.awaitIdle();
    assertTrue(served.peer.isOpen());
    served.peer.end();
    served.peer.awaitClosed();
  }

  @Test
  void oneTooManyIsToldSoBeforeItSaysAnything() {
    served.peer.start(new Connection(served.server, served.peer)::refuse, () -> {});
    String answer = served.allReceived();
    assertTrue(answer.startsWith("HTTP/1.1 503 Service Unavailable\r\n"), answer);
    assertTrue(answer.contains("\r\nRetry-After: 5\r\n"), answer);
    assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
  }

  @Test
  void abortingInterruptsTheHandlerAndCloses() throws InterruptedException {
    try (Warnings warnings = Warnings.take()) {
      served.run().peer.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
      entered.await();
      served.connection.abort();
      assertTrue(interrupted.await(20, TimeUnit.SECONDS));
      Eventually.holds("the handler's end is logged", () -> !warnings.thrown().isEmpty());
    }
    served.peer.awaitClosed();
    assertEquals("", served.received());
  }

  @Test
  void aResetOfThePeersEndsItQuietly() {
    served.run().peer.reset();
    served.peer.awaitClosed();
    assertEquals("", served.received());
  }
}
