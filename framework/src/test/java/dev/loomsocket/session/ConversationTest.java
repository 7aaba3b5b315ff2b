package dev.loomsocket.session;

import static dev.loomsocket.session.Frames.client;
import static dev.loomsocket.session.Frames.close;
import static dev.loomsocket.session.Frames.hex;
import static dev.loomsocket.session.Frames.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.session.Served.Connection;
import dev.loomsocket.websocket.BadMessageException;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnError;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of that which handlers return and throw. */
@Timeout(60)
class ConversationTest {
  private static final Logger LOG = Logger.getLogger("dev.loomsocket.session");

  private final Warnings warnings = new Warnings();

  /** What the framework warns of. */
  private static final class Warnings extends Handler {
    private final BlockingQueue<LogRecord> records = new LinkedBlockingQueue<>();

    @Override
    public void publish(LogRecord record) {
      if (record.getLevel() == Level.WARNING) {
        records.add(record);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  record Point(int x, int y) {}

  /** Returns one of everything. */
  @WebSocketEndpoint("/test")
  static class Returning {
    @OnOpen
    StringBuilder open() {
      return new StringBuilder("welcome");
    }

    @OnMessage
    Object text(String text) {
      return switch (text) {
        case "string" -> "héllo";
        case "bytes" -> new byte[] {1, 2};
        case "buffer" -> ByteBuffer.wrap(new byte[] {0, 3, 4, 0}, 1, 2);
        case "record" -> new Point(1, 2);
        case "map" -> Map.of("a", 1);
        case "list" -> List.of(1, 2);
        case "number" -> 5;
        case "empty" -> "";
        default -> null;
      };
    }

    @OnMessage
    void binary(byte[] bytes) {}
  }

  @Test
  void everyKindOfResultIsSent() {
    Connection connection = new Served(Returning.class).connect();
    connection.send(text("string"), text("bytes"), text("buffer"), text("record"), text("map"));
    connection.send(text("nothing"), client(Frames.BINARY, new byte[1]));
    connection.send(text("list"), text("number"), text("empty"), close(1000)).awaitEnd();
    connection.awaitFrames(
        "text welcome",
        "text héllo",
        "binary 0102",
        "binary 0304",
        "text {\"x\":1,\"y\":2}",
        "text {\"a\":1}",
        "text [1,2]",
        "text 5",
        "text ",
        "close 1000");
  }

  /** Takes JSON, and has nobody for what goes wrong. */
  @WebSocketEndpoint("/test")
  static class Plain {
    private final Journal journal;

    Plain(Journal journal) {
      this.journal = journal;
    }

    @OnMessage
    Point point(Session session, Point point) {
      return switch (point.x) {
        case 1 -> throw new IllegalStateException("a secret");
        case 2 -> throw new BadMessageException("odd", "an odd point");
        case 3 -> throw new AssertionError("a secret");
        case 4 -> {
          session.close();
          session.send("too late");
          yield point;
        }
        case 5 -> throw new SessionClosedException("another one's");
        case 6 -> throw new IllegalStateException(new SessionClosedException("another one's"));
        case 7 -> throw ring();
        default -> new Point(point.y, point.x);
      };
    }

    @OnClose
    void close(CloseStatus status) {
      journal.add("close " + status.code());
      throw new IllegalStateException("nobody cares");
    }
  }

  private static RuntimeException ring() {
    IllegalStateException one = new IllegalStateException("a secret");
    return (RuntimeException) one.initCause(new IllegalStateException(one));
  }

  @Test
  void aMessageThatNobodyTakesIsAnsweredAndTheConnectionStays() {
    Connection connection = new Served(Plain.class).connect();
    connection.send(
        text("no json"), client(Frames.BINARY, new byte[3]), text(point(2)), text(point(9)));
    connection.peer().transport().awaitReceived(bytes -> Frames.read(bytes).size() == 4);
    List<String> frames = connection.peer().frames();
    assertTrue(
        frames.get(0).startsWith("text {\"type\":\"error\",\"code\":\"bad-json\",\"message\":\""));
    assertTrue(
        frames
            .get(1)
            .startsWith("text {\"type\":\"error\",\"code\":\"unsupported\",\"message\":\""));
    assertEquals(
        "text {\"type\":\"error\",\"code\":\"odd\",\"message\":\"an odd point\"}", frames.get(2));
    assertEquals("text {\"x\":0,\"y\":9}", frames.get(3));
    connection.send(close(1000)).awaitEnd();
  }

  @Test
  void aFailureClosesWithoutDetailAndIsLogged() {
    for (int x : new int[] {1, 3, 7}) {
      Served served = new Served(Plain.class);
      Connection connection = served.connect().send(text(point(x)), text(point(9)));
      connection.awaitEnd();
      connection.awaitFrames("close 1011");
      served.journal().await("close 1011");
      assertEquals(2, warnings.records.size(), "of the handler and of @OnClose");
      warnings.records.clear();
    }
  }

  @Test
  void whoeverSendsToSomebodyWhoHasLeftGoesOn() {
    Connection connection = new Served(Plain.class).connect();
    connection.send(text(point(5)), text(point(6)), text(point(9)), close(1000)).awaitEnd();
    connection.awaitFrames("text {\"x\":0,\"y\":9}", "close 1000");
    assertEquals(1, warnings.records.size(), "of @OnClose");
  }

  @Test
  void whoeverSendsAfterHisOwnCloseIsNotAFailure() {
    Served served = new Served(Plain.class);
    Connection connection = served.connect().send(text(point(4)), close(1000));
    connection.awaitEnd();
    connection.awaitFrames("close 1000");
    served.journal().await("close 1000");
    assertEquals(1, warnings.records.size(), "of @OnClose");
  }

  /** Has somebody for almost everything that goes wrong. */
  @WebSocketEndpoint("/test")
  static class Careful {
    private final Journal journal;

    Careful(Journal journal) {
      this.journal = journal;
    }

    @OnOpen
    void open() {
      throw new IllegalStateException("open");
    }

    @OnMessage
    Object text(String text) {
      return switch (text) {
        case "argument" -> throw new IllegalArgumentException("argument");
        case "number" -> throw new NumberFormatException("number");
        case "checked" ->
            throw Careful.<RuntimeException>sneaky(new InterruptedException("checked"));
        case "left" -> throw new SessionClosedException("somebody");
        case "again" -> throw new UnsupportedOperationException("again");
        case "unencodable" -> new MessageTest.Unencodable();
        default -> text;
      };
    }

    @OnError
    String argument(IllegalArgumentException e) {
      return "illegal " + e.getMessage();
    }

    @OnError
    Point number(NumberFormatException e) {
      return new Point(0, 0);
    }

    @OnError
    void state(Session session, IllegalStateException e) {
      session.send("state " + e.getMessage());
    }

    @OnError
    String unsupported(UnsupportedOperationException e) {
      throw new IllegalStateException("while handling");
    }

    @OnError
    String left(SessionClosedException e) {
      return "left " + e.getMessage();
    }

    @OnError
    String bad(BadMessageException e) {
      return e.code();
    }

    @OnClose
    void close(CloseStatus status) {
      journal.add("close " + status.code());
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
      throw (T) thrown;
    }
  }

  @Test
  void theMethodForTheMostSpecificTypeAnswers() {
    Connection connection = new Served(Careful.class).connect();
    connection.send(text("argument"), text("number"), text("left"), close(1000)).awaitEnd();
    connection.awaitFrames(
        "text state open",
        "text illegal argument",
        "text {\"x\":0,\"y\":0}",
        "text left somebody",
        "close 1000");
    assertEquals(0, warnings.records.size());
  }

  @Test
  void aMessageThatNobodyTakesGoesToItsMethod() {
    Connection connection = new Served(Careful.class).connect();
    connection.send(client(Frames.BINARY, hex("00")), close(1000)).awaitEnd();
    connection.awaitFrames("text state open", "text unsupported", "close 1000");
  }

  @Test
  void aResultThatCannotBeEncodedIsAFailureOfItsHandler() {
    Connection connection = new Served(Careful.class).connect();
    connection.send(text("unencodable"), close(1000)).awaitEnd();
    assertEquals(3, connection.peer().frames().size());
    assertTrue(
        connection.peer().frames().get(1).startsWith("text illegal "),
        "an IllegalArgumentException");
  }

  @Test
  void whatNoMethodTakesClosesTheConnection() {
    Connection connection = new Served(Careful.class).connect().send(text("checked"));
    connection.awaitEnd();
    connection.awaitFrames("text state open", "close 1011");
    assertEquals(1, warnings.records.size());
  }

  @Test
  void aMethodThatFailsWhileItHandlesClosesTheConnection() {
    Connection connection = new Served(Careful.class).connect().send(text("again"));
    connection.awaitEnd();
    connection.awaitFrames("text state open", "close 1011");
    Throwable logged = warnings.records.remove().getThrown();
    assertEquals("while handling", logged.getMessage());
    assertEquals("again", logged.getSuppressed()[0].getMessage());
  }

  /** Fails at once. */
  @WebSocketEndpoint("/test")
  static class Broken {
    private final Journal journal;

    Broken(Journal journal) {
      this.journal = journal;
    }

    @OnOpen
    void open() {
      throw new IllegalStateException("a secret");
    }

    @OnMessage
    void text(String text) {
      journal.add(text);
    }

    @OnClose
    void close(CloseStatus status) {
      journal.add("close " + status.code());
    }
  }

  @Test
  void anOpenThatFailsClosesTheConnection() {
    Served served = new Served(Broken.class);
    Connection connection = served.connect().send(text("one"));
    connection.awaitEnd();
    connection.awaitFrames("close 1011");
    served.journal().await("close 1011");
    assertEquals(List.of(), served.journal().rest());
  }

  /** Takes its time, and sends while it fails. */
  @WebSocketEndpoint("/test")
  static class Slow {
    private static final BlockingQueue<String> GO = new LinkedBlockingQueue<>();
    private final Journal journal;

    Slow(Journal journal) {
      this.journal = journal;
    }

    @OnOpen
    void open(Session session) throws InterruptedException {
      session.send("before");
      GO.take();
    }

    @OnMessage
    String text(String text) throws InterruptedException {
      if (text.equals("fail")) {
        journal.add(text);
        GO.take();
        throw new IllegalStateException();
      }
      return text.equals("wait") ? GO.take() : text;
    }

    @OnError
    String error(IllegalStateException e) {
      return "sorry";
    }
  }

  @Test
  void whatIsSentBeforeAHandlerBlocksIsOnItsWay() {
    Connection connection = new Served(Slow.class).connect();
    connection.awaitFrames("text before");
    connection.send(text("quick"), text("wait"));
    Slow.GO.add("open");
    connection.awaitFrames("text before", "text quick");
    Slow.GO.add("slow");
    connection.awaitFrames("text before", "text quick", "text slow");
    connection.send(close(1000)).awaitEnd();
  }

  @Test
  void anAnswerThatFindsTheSessionClosedIsNotAFailure() {
    Served served = new Served(Slow.class);
    Connection connection = served.connect();
    Slow.GO.add("open");
    connection.send(text("fail"));
    served.journal().await("fail");
    served.sessions().closeAll();
    connection.send(close(1001));
    Slow.GO.add("fail");
    connection.awaitEnd();
    connection.awaitFrames("text before", "close 1001");
    assertEquals(0, warnings.records.size());
  }

  @BeforeEach
  void collectWarnings() {
    LOG.setUseParentHandlers(false);
    LOG.addHandler(warnings);
  }

  @AfterEach
  void restoreLog() {
    LOG.removeHandler(warnings);
    LOG.setUseParentHandlers(true);
  }

  private static String point(int x) {
    return "{\"x\":" + x + ",\"y\":0}";
  }
}
