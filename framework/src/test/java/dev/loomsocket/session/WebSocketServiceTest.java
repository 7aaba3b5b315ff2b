package dev.loomsocket.session;

import static dev.loomsocket.session.Frames.close;
import static dev.loomsocket.session.Frames.hex;
import static dev.loomsocket.session.Frames.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.session.Served.Connection;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnHandshake;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.QueryParam;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A session's life; above all its end, which {@code @OnClose} is told once, whatever the cause is.
 */
@Timeout(60)
class WebSocketServiceTest {
  private static final Logger LOG = Logger.getLogger("dev.loomsocket.session");

  /** Joins a room and does what it is told. */
  @WebSocketEndpoint(
      value = "/test",
      subprotocols = {"v2", "v1"},
      allowedOrigins = "https://app.test",
      maxQueueSize = 1_000)
  static class Member {
    private final Journal journal;
    private Room room;

    Member(Journal journal) {
      this.journal = journal;
    }

    @OnHandshake
    void check(@QueryParam Optional<String> key) {
      if (key.isPresent()) {
        throw new HttpException(401, "not with this key");
      }
    }

    @OnOpen
    void open(Session session) {
      room = session.join("hall");
      journal.add("open " + session.isOpen());
    }

    @OnMessage
    void text(Session session, String text) {
      switch (text) {
        case "close" -> {
          session.close(new CloseStatus(4000, "enough"));
          assertThrows(SessionClosedException.class, () -> session.send("too late"));
        }
        case "fail" -> throw new IllegalStateException("on purpose");
        case "die" -> throw new StackOverflowError("on purpose");
        case "interrupt" -> Thread.currentThread().interrupt();
        case "fill" -> session.send("x".repeat(500));
        default -> session.send(text);
      }
    }

    @OnClose
    void close(Session session, CloseStatus status) {
      journal.add("close " + status.code() + " " + status.reason());
      assertFalse(session.isOpen());
      assertEquals(0, room.size());
    }
  }

  private final Served served = new Served(Member.class);

  @BeforeAll
  static void quiet() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    LOG.setLevel(null);
  }

  @AfterEach
  void nothingIsLeft() {
    assertEquals(List.of(), served.journal().rest());
    assertEquals(0, served.sessions().size());
    assertEquals(0, served.rooms().room("hall").size());
  }

  @Test
  void thePeerCloses() {
    Connection connection = open().send(text("one"), close(4001));
    assertEnd(connection, "4001 ", "text one", "close 4001");
  }

  @Test
  void thePeerClosesWithoutACode() {
    Connection connection = open().send(Frames.client(Frames.CLOSE, new byte[0]));
    assertEnd(connection, "1005 ", "close 1005");
  }

  @Test
  void aHandlerClosesAndThePeerAnswers() {
    Connection connection = open().send(text("close"));
    connection.awaitFrames("close 4000 enough");
    connection.send(close(4000));
    assertEnd(connection, "4000 enough", "close 4000 enough");
  }

  @Test
  void messagesBehindOurCloseAreNotDelivered() {
    Connection connection = open().send(text("close"), text("late"), text("fail"), close(1000));
    assertEnd(connection, "4000 enough", "close 4000 enough");
  }

  @Test
  void anotherThreadClosesWhileNothingComes() {
    Connection connection = open().awaitIdle();
    served.sessions().closeAll();
    connection.awaitFrames("close 1001");
    connection.send(close(1001));
    assertEnd(connection, "1001 ", "close 1001");
  }

  @Test
  void aSessionThatOpensWhileTheServerStopsIsClosedToo() {
    served.sessions().closeAll();
    Connection connection = served.connect();
    served.journal().await("open false");
    connection.awaitFrames("close 1001").send(close(1001));
    assertEnd(connection, "1001 ", "close 1001");
  }

  @Test
  void aHandlerFails() {
    Connection connection = open().send(text("fail"), text("late"));
    assertEnd(connection, "1011 ", "close 1011");
  }

  @Test
  void aHandlerFailsBadly() {
    assertEnd(open().send(text("die")), "1011 ", "close 1011");
  }

  @Test
  void thePeerBreaksTheProtocol() {
    Connection connection = open().send(text("one"), hex("ff 80 00 00 00 00"));
    assertEnd(
        connection,
        "1002 reserved bits are set in a frame's first byte",
        "text one",
        "close 1002 reserved bits are set in a frame's first byte");
  }

  @Test
  void thePeerLeavesWithoutAWord() {
    Connection connection = open().send(text("one"));
    connection.peer().transport().end();
    assertEnd(connection, "1006 ", "text one");
    assertTrue(connection.peer().transport().isOutputShut());
  }

  @Test
  void theConnectionBreaks() {
    Connection connection = open().awaitIdle();
    connection.peer().transport().reset();
    assertEnd(connection, "1006 ");
  }

  @Test
  void theConnectionBreaksWhileItIsWrittenTo() {
    Connection connection = open().awaitIdle();
    connection.peer().transport().take(0);
    connection.send(text("one"));
    connection.peer().transport().awaitStalled();
    connection.peer().transport().reset();
    assertEnd(connection, "1006 ");
  }

  @Test
  void theServerGivesTheConnectionUp() {
    Connection connection = open().awaitIdle();
    connection.peer().transport().close();
    connection.thread().interrupt();
    assertEnd(connection, "1006 ");
  }

  @Test
  void aRoomOverflowsTheQueue() {
    Connection connection = open().awaitIdle();
    connection.peer().transport().take(0);
    served.rooms().room("hall").send("x".repeat(900));
    served.rooms().room("hall").send("y".repeat(900));
    connection.peer().transport().take(Long.MAX_VALUE);
    assertEnd(
        connection,
        "1013 this client is too slow",
        "text " + "x".repeat(900),
        "close 1013 this client is too slow");
  }

  @Test
  void thePeerTakesNothingWhileAHandlerSends() {
    Connection connection = open().awaitIdle();
    connection.peer().transport().take(0);
    connection.send(text("fill"), text("fill"), text("never delivered"));
    connection.peer().transport().awaitStalled();
    connection.peer().transport().advance(Settings.DEFAULT.sendTimeout());
    assertEnd(connection, "1013 this client takes nothing");
  }

  @Test
  void whatWaitsIsWrittenBeforeTheEndAlthoughAHandlerWasInterrupted() {
    Connection connection = open().awaitIdle();
    connection.peer().transport().take(0);
    connection.send(text("one"), text("interrupt"), close(1000));
    connection.peer().transport().awaitStalled();
    connection.peer().transport().take(Long.MAX_VALUE);
    assertEnd(connection, "1000 ", "text one", "close 1000");
  }

  @Test
  void aPeerThatReadsNothingDoesNotHoldTheEndUp() {
    Served hasty = new Served(Member.class, Settings.closing(Duration.ofNanos(1)));
    Connection connection = hasty.connect();
    connection.peer().transport().take(0);
    connection.send(close(1000)).awaitEnd();
    hasty.journal().await("open true");
    hasty.journal().await("close 1000 ");
  }

  @Test
  void aHandshakeMayBeRefused() {
    OpeningRequest request = Served.request(Map.of("key", List.of("1")));
    WebSocketService.Opening opening = served.service().open(request);
    HttpException refused = assertThrows(HttpException.class, () -> opening.handshake(request));
    assertEquals(401, refused.status());
  }

  @Test
  void tellsWhatItsEndpointSays() {
    assertEquals(List.of("v2", "v1"), served.service().subprotocols());
    assertEquals(Set.of("https://app.test"), served.service().allowedOrigins());
  }

  private Connection open() {
    Connection connection = served.connect();
    served.journal().await("open true");
    return connection;
  }

  private void assertEnd(Connection connection, String status, String... frames) {
    connection.awaitEnd();
    connection.awaitFrames(frames);
    served.journal().await("close " + status);
  }
}
