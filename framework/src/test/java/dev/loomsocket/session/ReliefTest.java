package dev.loomsocket.session;

import static dev.loomsocket.session.Frames.client;
import static dev.loomsocket.session.Frames.close;
import static dev.loomsocket.session.Frames.hex;
import static dev.loomsocket.session.Frames.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.session.Served.Connection;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reading goes on while a handler is busy; here the test says when input has waited too long. */
@Timeout(60)
class ReliefTest {
  /** Is busy with "wait" until the test says what to do. */
  @WebSocketEndpoint("/test")
  static class Busy {
    private static final BlockingQueue<String> GO = new LinkedBlockingQueue<>();
    private static volatile Runnable meanwhile = () -> {};
    private final Journal journal;

    Busy(Journal journal) {
      this.journal = journal;
    }

    @OnOpen
    void open() {
      journal.add("open");
    }

    @OnMessage
    Object text(Session session, String text) throws InterruptedException {
      if (text.equals("wait")) {
        journal.add("waits");
        if (GO.take().equals("close")) {
          session.close(CloseStatus.of(4000));
          journal.add("closed");
          GO.take();
        }
      }
      if (text.equals("never")) {
        journal.add("waits");
        return new CompletableFuture<String>();
      }
      meanwhile.run();
      return text;
    }

    @OnClose
    void close(CloseStatus status) {
      journal.add("close " + status.code());
    }
  }

  private final Served served = new Served(Busy.class);

  @Test
  void aPingIsAnsweredAndMessagesWaitForTheirTurn() {
    Connection connection = busy(text("one"), ping("still there?"), text("two"));
    connection.awaitFrames("pong still there?");
    Busy.GO.add("go on");
    connection.awaitFrames("pong still there?", "text wait", "text one", "text two");
    connection.send(text("three"));
    connection.awaitFrames("pong still there?", "text wait", "text one", "text two", "text three");
    end(connection, 1000);
  }

  @Test
  void aPongDoesNotWaitBehindMessagesThatAreTooMany() {
    byte[][] messages = new byte[18][];
    for (int i = 0; i < messages.length; i++) {
      messages[i] = i == 16 ? ping("still there?") : text("m");
    }
    Connection connection = busy(Frames.join(messages));
    connection.awaitFrames("pong still there?");
    Busy.GO.add("go on");
    connection.peer().transport().awaitReceived(bytes -> Frames.read(bytes).size() == 19);
    end(connection, 1000);
  }

  @Test
  void aPingDoesNotWaitBehindPongsHoweverManyTheyAre() {
    byte[][] frames = new byte[100][];
    Arrays.fill(frames, client(Frames.PONG, new byte[0]));
    Connection connection = busy(Frames.join(frames), ping("still there?"));
    connection.awaitFrames("pong still there?");
    Busy.GO.add("go on");
    connection.awaitFrames("pong still there?", "text wait");
    end(connection, 1000);
  }

  /** The first message that the relief hands over while it is being called off. */
  @RepeatedTest(20)
  void aHandlerThatFollowsTheReliefMayTakeItsTimeToo() {
    Connection connection = busy(text("one"));
    connection.awaitIdle(); // one has been read ahead
    Busy.GO.add("go on");
    connection.send(text("wait"));
    served.journal().await("waits");
    connection.send(ping("still there?"));
    connection.peer().transport().neglect();
    connection.peer().transport().awaitReceived(bytes -> Frames.read(bytes).size() == 3);
    Busy.GO.add("go on");
    connection.awaitFrames("text wait", "text one", "pong still there?", "text wait");
    end(connection, 1000);
  }

  @Test
  void aPeerThatIsSilentWhileAHandlerIsBusyIsPingedAndGivenUp() {
    Connection connection = silent();
    connection.awaitFrames("ping 00000001");
    connection.awaitIdle().advance(Duration.ofSeconds(20));
    connection.peer().transport().awaitOutputShut();
    Busy.GO.add("go on");
    connection.awaitEnd();
    served.journal().await("close 1006");
  }

  @Test
  void aPeerThatIsSilentWhileAHandlerIsBusyMayAnswer() {
    Connection connection = silent();
    connection.awaitFrames("ping 00000001");
    connection.send(client(Frames.PONG, hex("00 00 00 01"))).awaitIdle();
    Busy.GO.add("go on");
    connection.awaitFrames("ping 00000001", "text wait");
    end(connection, 1000);
  }

  /** A connection whose handler is busy for so long that the peer is due to be pinged. */
  private Connection silent() {
    Connection connection = served.connect();
    served.journal().await("open");
    connection.send(text("wait"));
    served.journal().await("waits");
    connection.peer().transport().sweep(); // too early
    connection.peer().transport().advance(Duration.ofSeconds(25));
    connection.peer().transport().sweep();
    return connection.advance(Duration.ofMillis(1));
  }

  @Test
  void aCloseIsAnsweredAtOnceAndToldWhenTheHandlerHasEnded() {
    Connection connection = busy(text("last words"), close(4001));
    connection.awaitFrames("close 4001");
    connection.peer().transport().awaitOutputShut();
    assertEquals(List.of(), served.journal().rest());
    Busy.GO.add("go on");
    connection.awaitEnd();
    served.journal().await("close 4001");
  }

  @Test
  void aResultThatNeverComesIsNotWaitedForWhenNobodyIsThere() {
    Connection connection = served.connect();
    served.journal().await("open");
    connection.send(text("never"));
    served.journal().await("waits");
    connection.peer().transport().end();
    connection.peer().transport().neglect();
    connection.awaitEnd();
    served.journal().await("close 1006");
  }

  @Test
  void aPeerThatDoesNotAnswerTheHandlersCloseIsLeftInTime() {
    Connection connection = busy(ping("1"));
    connection.awaitFrames("pong 1").awaitIdle();
    Busy.GO.add("close");
    served.journal().await("closed");
    connection.awaitFrames("pong 1", "close 4000");
    connection.awaitIdle().advance(Duration.ofSeconds(5));
    connection.peer().transport().awaitOutputShut();
    Busy.GO.add("go on");
    connection.awaitEnd();
    served.journal().await("close 1006");
  }

  @Test
  void aReliefThatHasReadEnoughNoticesThatTheSessionIsClosed() {
    Connection connection = full();
    served.sessions().closeAll();
    connection.awaitFrames("close 1001").awaitIdle().advance(Duration.ofSeconds(5));
    connection.peer().transport().awaitOutputShut();
    Busy.GO.add("go on");
    connection.awaitEnd();
    served.journal().await("close 1006");
  }

  @Test
  void aReliefThatHasReadEnoughReadsTheAnswerToOurClose() {
    Connection connection = full();
    served.sessions().closeAll();
    connection.awaitFrames("close 1001").send(close(1001));
    connection.peer().transport().awaitOutputShut();
    Busy.GO.add("go on");
    connection.awaitEnd();
    served.journal().await("close 1001");
  }

  /** A connection whose handler is busy while more messages come than are read ahead. */
  private Connection full() {
    byte[][] messages = new byte[40][];
    Arrays.fill(messages, text("m"));
    return busy(Frames.join(messages));
  }

  @Test
  void badBytesAreAnsweredAtOnce() {
    Connection connection = busy(hex("ff ff"));
    connection.awaitFrames("close 1002 reserved bits are set in a frame's first byte");
    Busy.GO.add("go on");
    connection.awaitEnd();
    served.journal().await("close 1002");
  }

  @Test
  void aFrameThatIsHalfReadChangesHands() {
    String message = "κόσμε".repeat(100);
    byte[] frame = text(message);
    Connection connection = busy(part(frame, 0, 301)).awaitIdle();
    Busy.GO.add("go on");
    connection.awaitFrames("text wait").send(part(frame, 301, frame.length));
    connection.awaitFrames("text wait", "text " + message);
    end(connection, 1000);
  }

  @RepeatedTest(20)
  void everyMessageIsAnsweredOnceAndInOrderWhoeverReadsIt() {
    Connection connection = served.connect();
    served.journal().await("open");
    Random pace = new Random(4);
    Busy.meanwhile =
        () -> {
          if (pace.nextBoolean()) {
            connection.peer().transport().neglect();
          }
          for (int i = pace.nextInt(10); i > 0; i--) {
            Thread.yield();
          }
        };
    Random random = new Random(3);
    String[] expected = new String[400];
    for (int i = 0; i < expected.length; i++) {
      boolean ping = random.nextInt(4) == 0;
      expected[i] = "text " + i;
      byte[] frame = text(Integer.toString(i));
      int cut = random.nextInt(frame.length);
      connection.send(part(frame, 0, cut));
      connection.send(part(frame, cut, frame.length), ping ? ping("") : new byte[0]);
      if (i % 7 == 6 || i == expected.length - 1) {
        int sent = i + 1;
        connection.peer().transport().awaitReceived(bytes -> texts(bytes).size() == sent);
      }
    }
    assertEquals(List.of(expected), texts(connection.peer().transport().received()));
    Busy.meanwhile = () -> {};
    end(connection, 1000);
  }

  private static List<String> texts(byte[] bytes) {
    return Frames.read(bytes).stream()
        .filter(frame -> frame.first() == Frames.TEXT)
        .map(Frames.Frame::toString)
        .toList();
  }

  /** A connection whose handler is busy while this comes and input has waited for too long. */
  private Connection busy(byte[]... meanwhile) {
    Connection connection = served.connect();
    served.journal().await("open");
    connection.send(text("wait"));
    served.journal().await("waits");
    connection.send(meanwhile);
    connection.peer().transport().neglect();
    return connection;
  }

  private void end(Connection connection, int code) {
    connection.send(close(code)).awaitEnd();
    served.journal().await("close " + code);
  }

  private static byte[] ping(String text) {
    return client(Frames.PING, text.getBytes(UTF_8));
  }

  private static byte[] part(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }
}
