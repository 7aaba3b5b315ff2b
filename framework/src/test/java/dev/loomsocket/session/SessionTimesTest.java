package dev.loomsocket.session;

import static dev.loomsocket.session.Frames.client;
import static dev.loomsocket.session.Frames.close;
import static dev.loomsocket.session.Frames.hex;
import static dev.loomsocket.session.Frames.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.Eventually;
import dev.loomsocket.session.Served.Connection;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens while nothing, or not the right thing, comes; in the time of the test. */
@Timeout(60)
class SessionTimesTest {
  private static final byte[] PING = client(Frames.PING, new byte[0]);

  /** Its handler takes as long as the test wants. */
  @WebSocketEndpoint("/test")
  static class Slow {
    private static final BlockingQueue<String> GO = new LinkedBlockingQueue<>();
    private final Journal journal;

    Slow(Journal journal) {
      this.journal = journal;
    }

    @OnMessage
    void text(Session session, String text) throws InterruptedException {
      journal.add(text);
      switch (text) {
        case "close" -> {
          session.close(new CloseStatus(4000, ""));
          GO.take();
        }
        case "slow" -> session.send(GO.take());
        default -> {}
      }
    }

    @OnClose
    void close(CloseStatus status) {
      journal.add("close " + status.code());
    }
  }

  private Served served = new Served(Slow.class);

  @Test
  void aSilentPeerIsPingedAfter25Seconds() {
    Connection connection = served.connect();
    connection.advance(seconds(24)).advance(millis(999)).awaitIdle();
    assertEquals(List.of(), connection.peer().frames());
    connection.advance(millis(1)).awaitFrames("ping 00000001");
    end(connection, 1000);
  }

  @Test
  void aPeerThatDoesNotAnswerIsLostAfter20More() {
    Connection connection = served.connect();
    connection.advance(seconds(25)).awaitFrames("ping 00000001");
    connection.advance(seconds(19)).awaitIdle();
    connection.advance(seconds(1)).awaitEnd();
    connection.awaitFrames("ping 00000001");
    served.journal().await("close 1006");
  }

  @Test
  void aPeerThatAnswersIsPingedAgain() {
    Connection connection = served.connect();
    for (int i = 1; i <= 3; i++) {
      connection.advance(seconds(25));
      connection.peer().transport().awaitReceived(i * 6);
      connection.send(client(Frames.PONG, hex("00 00 00 0" + i)));
    }
    connection.awaitFrames("ping 00000001", "ping 00000002", "ping 00000003");
    end(connection, 1000);
  }

  @Test
  void aPieceOfAFrameIsASignOfLifeToo() {
    Connection connection = served.connect();
    connection.advance(seconds(25)).advance(seconds(19));
    connection.send(hex("81")).advance(seconds(24)).awaitIdle();
    connection.awaitFrames("ping 00000001");
    connection.advance(seconds(1)).awaitFrames("ping 00000001", "ping 00000002");
    connection.peer().transport().end();
    connection.awaitEnd();
  }

  @Test
  void aPeerThatIsBusyTakingADownloadIsNotLost() {
    Connection connection = downloading();
    for (int i = 1; i <= 12; i++) { // for a minute it says nothing
      connection.advance(seconds(5));
      connection.peer().transport().take(1_000);
      connection.peer().transport().awaitReceived(i * 1_000);
      connection.peer().transport().awaitStalled();
    }
    connection.peer().transport().take(Long.MAX_VALUE);
    connection.awaitFrames("text " + "x".repeat(100_000));
    end(connection, 1000);
  }

  @Test
  void aPeerThatHasTakenADownloadIsPingedAfterItsLastSignOfLife() {
    Connection connection = downloading();
    connection.advance(seconds(9));
    connection.peer().transport().take(Long.MAX_VALUE);
    connection.peer().transport().awaitReceived(100_000);
    Eventually.holds("it is known that all went out", () -> served.sessions().queuedBytes() == 0);
    connection.awaitIdle().advance(seconds(24)).awaitIdle();
    assertEquals(1, connection.peer().frames().size());
    connection.advance(seconds(1));
    connection.awaitFrames("text " + "x".repeat(100_000), "ping 00000001");
    connection.advance(seconds(20)).awaitEnd();
    served.journal().await("close 1006");
  }

  /** A connection whose peer has taken nothing yet of what is sent. */
  private Connection downloading() {
    Connection connection = served.connect();
    connection.peer().transport().take(0);
    connection.send(text("slow"));
    served.journal().await("slow");
    Slow.GO.add("x".repeat(100_000));
    connection.peer().transport().awaitStalled();
    return connection;
  }

  @Test
  void aHandlerThatTakesAMinuteDoesNotMakeThePeerLost() {
    Connection connection = served.connect();
    connection.send(text("slow"));
    served.journal().await("slow");
    connection.peer().transport().advance(seconds(60));
    Slow.GO.add("at last");
    connection.awaitFrames("text at last").advance(millis(1));
    connection.awaitFrames("text at last", "ping 00000001");
    connection.advance(seconds(19)).awaitIdle();
    end(connection, 1000);
  }

  @Test
  void withoutAMessageTheSessionIsClosedAsIdle() {
    served = new Served(Slow.class, Settings.idle(seconds(10)));
    Connection connection = served.connect();
    connection.advance(seconds(9)).send(PING).advance(seconds(1));
    connection.awaitFrames("pong ", "close 1001 idle for too long");
    end(connection, 1001);
  }

  @Test
  void whoseHandlerIsBusyIsNotIdle() {
    served = new Served(Slow.class, Settings.idle(seconds(10)));
    Connection connection = served.connect();
    connection.advance(seconds(9)).send(text("slow"));
    served.journal().await("slow");
    connection.peer().transport().advance(seconds(2));
    connection.peer().transport().neglect(); // somebody reads on
    connection.advance(seconds(9)).awaitIdle();
    int waits = connection.peer().transport().waits();
    Slow.GO.add("at last");
    connection.awaitFrames("text at last");
    connection.peer().transport().awaitWaits(waits + 1); // the connection's own thread reads again
    connection.advance(seconds(9)).awaitIdle();
    connection.awaitFrames("text at last").advance(seconds(1));
    connection.awaitFrames("text at last", "close 1001 idle for too long");
    end(connection, 1001);
  }

  @Test
  void messagesKeepTheSessionFromBeingIdle() {
    served = new Served(Slow.class, Settings.idle(seconds(10)));
    Connection connection = served.connect();
    for (int i = 0; i < 5; i++) {
      connection.advance(seconds(9)).send(text("quick"));
      served.journal().await("quick");
    }
    end(connection, 1000);
  }

  @Test
  void anIdleSessionWaitsForTheAnswerWithoutSpinning() {
    served = new Served(Slow.class, Settings.idle(seconds(10)));
    Connection connection = served.connect();
    connection.advance(seconds(10)).awaitFrames("close 1001 idle for too long");
    connection.advance(seconds(4)).awaitIdle();
    assertTrue(connection.peer().transport().waits() < 10);
    connection.advance(seconds(1)).awaitEnd();
    served.journal().await("close 1006");
  }

  @Test
  void pingsWithoutAPauseDoNotKeepASessionFromBeingIdle() {
    served = new Served(Slow.class, Settings.idle(seconds(10)));
    Connection connection = served.connect();
    connection.peer().transport().flood(PING);
    connection.peer().transport().awaitReceived(20);
    connection.peer().transport().advance(seconds(10));
    connection
        .peer()
        .transport()
        .awaitReceived(bytes -> Frames.read(bytes).getLast().code() == 1001);
    connection.peer().transport().flood(close(1001));
    connection.awaitEnd();
    served.journal().await("close 1001");
  }

  @Test
  void aPeerThatDoesNotAnswerOurCloseIsLeftAfter5Seconds() {
    Connection connection = served.connect();
    served.sessions().closeAll();
    connection.awaitFrames("close 1001").advance(seconds(4)).advance(millis(999)).awaitIdle();
    connection.advance(millis(1)).awaitEnd();
    served.journal().await("close 1006");
  }

  @Test
  void aPeerThatTalksOnInsteadOfAnsweringOurCloseIsLeftToo() {
    Connection connection = served.connect();
    served.sessions().closeAll();
    connection.awaitFrames("close 1001");
    connection.peer().transport().flood(text("but listen"));
    connection.peer().transport().advance(seconds(5));
    connection.awaitEnd();
    connection.awaitFrames("close 1001");
    served.journal().await("close 1006");
  }

  @Test
  void anAnswerThatCameWhileAHandlerWasBusyCounts() {
    Connection connection = served.connect();
    connection.send(text("close"));
    served.journal().await("close");
    connection.awaitFrames("close 4000").send(close(4000));
    connection.peer().transport().advance(seconds(60));
    Slow.GO.add("at last");
    connection.awaitEnd();
    served.journal().await("close 4000");
  }

  @Test
  void withoutAPingTimeNothingIsSent() {
    served = new Served(Slow.class, Settings.times(Duration.ZERO, Duration.ZERO, seconds(5)));
    Connection connection = served.connect();
    connection.advance(Duration.ofDays(1)).awaitIdle();
    assertEquals(List.of(), connection.peer().frames());
    end(connection, 1000);
  }

  private void end(Connection connection, int code) {
    connection.send(close(code)).awaitEnd();
    served.journal().await("close " + code);
  }

  private static Duration seconds(int n) {
    return Duration.ofSeconds(n);
  }

  private static Duration millis(int n) {
    return Duration.ofMillis(n);
  }
}
