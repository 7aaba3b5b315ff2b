package dev.loomsocket.session;

import static dev.loomsocket.session.Frames.client;
import static dev.loomsocket.session.Frames.close;
import static dev.loomsocket.session.Frames.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.net.Doing;
import dev.loomsocket.session.Served.Connection;
import dev.loomsocket.websocket.AskTimeoutException;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnError;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.websocket.WebSocketEndpoint;
import dev.loomsocket.websocket.WrongReplyException;
import java.io.InputStream;
import java.io.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session asks its client, in whatever thread. */
@Timeout(60)
class AsksTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  record Question(String text) {}

  /** Asks what it is told to ask, and says what came. */
  @WebSocketEndpoint("/test")
  static class Asking {
    static final BlockingQueue<Session> SESSIONS = new LinkedBlockingQueue<>();
    static final BlockingQueue<String> GO = new LinkedBlockingQueue<>();
    private final Journal journal;

    Asking(Journal journal) {
      this.journal = journal;
    }

    @OnOpen
    void open(Session session) {
      SESSIONS.add(session);
    }

    @OnMessage
    String text(Session session, String text) throws InterruptedException {
      if (text.equals("wait")) {
        journal.add("waits");
        return GO.take();
      }
      if (!text.endsWith("?")) {
        return "heard " + text;
      }
      return "told " + session.ask(new Question(text), String.class, LONG);
    }

    @OnMessage
    void binary(Session session, byte[] bytes) {
      session.close();
      session.ask(new Question("too late?"), String.class, LONG);
    }

    @OnError
    void error(SessionClosedException e) {
      journal.add("ended");
    }

    @OnClose
    void close(Session session) {
      assertThrows(
          SessionClosedException.class,
          () -> session.ask(new Question("still there?"), String.class, LONG));
      journal.add("closed");
    }
  }

  private final Served served = new Served(Asking.class);

  @BeforeEach
  void forgetOtherTests() {
    Asking.SESSIONS.clear();
  }

  private static byte[] answer(String id, String value) {
    return text("{\"@answer\":\"" + id + "\",\"value\":" + value + "}");
  }

  private static String question(String text, String id) {
    return "text {\"type\":\"question\",\"text\":\"" + text + "\",\"@ask\":\"" + id + "\"}";
  }

  private Session open(Connection connection) throws InterruptedException {
    Session session = Asking.SESSIONS.poll(20, TimeUnit.SECONDS);
    connection.awaitIdle();
    return session;
  }

  private void end(Connection connection) {
    connection.send(close(1000)).awaitEnd();
    served.journal().await("closed");
  }

  /** Asks for a question in a thread of its own: what that is refused with, in the end. */
  private static <X extends Exception> CompletableFuture<X> refusal(
      Session session, Class<X> type) {
    return CompletableFuture.supplyAsync(
        () -> assertThrows(type, () -> session.ask(new Question("?"), Question.class, LONG)),
        Thread::startVirtualThread);
  }

  @Test
  void aHandlerWaitsForTheAnswerAndGoesOn() {
    Connection connection = served.connect().send(text("who?"));
    connection.awaitFrames(question("who?", "1")).send(answer("1", "\"Ann\""));
    connection.awaitFrames(question("who?", "1"), "text told Ann");
    end(connection);
  }

  @RepeatedTest(20)
  void messagesBeforeTheAnswerWaitForTheHandlerHoweverManyTheyAre() {
    Connection connection = served.connect().send(text("who?"));
    connection.awaitFrames(question("who?", "1"));
    List<String> expected = new ArrayList<>(List.of(question("who?", "1"), "text told Ann"));
    for (int i = 0; i < 100; i++) {
      connection.send(text("m" + i));
      expected.add("text heard m" + i);
    }
    connection.send(answer("1", "\"Ann\""));
    connection.awaitFrames(expected.toArray(String[]::new));
    end(connection);
  }

  @RepeatedTest(20)
  void handlersThatFollowMayAskToo() {
    Connection connection = served.connect();
    connection.send(text("one?"), text("m"), text("two?"), text("three?"));
    connection.awaitFrames(question("one?", "1")).send(answer("1", "1"));
    connection.awaitFrames(
        question("one?", "1"), "text told 1", "text heard m", question("two?", "2"));
    connection.send(answer("2", "2"));
    connection.peer().transport().awaitReceived(bytes -> Frames.read(bytes).size() == 6);
    connection.send(answer("3", "3"));
    connection.peer().transport().awaitReceived(bytes -> Frames.read(bytes).size() == 7);
    assertEquals("text told 3", connection.peer().frames().getLast());
    end(connection);
  }

  @Test
  void anyOtherThreadMayAsk() throws Exception {
    Connection connection = served.connect();
    Session session = open(connection);
    CompletableFuture<Integer> told = new CompletableFuture<>();
    Doing asking =
        Doing.start(() -> told.complete(session.ask(new Question("how many?"), int.class, LONG)));
    connection.awaitFrames(question("how many?", "1")).send(answer("1", "7"));
    asking.await();
    assertEquals(7, told.join());
    end(connection);
  }

  @Test
  void anotherThreadsAnswerDoesNotWaitForAHandler() throws Exception {
    Connection connection = served.connect();
    Session session = open(connection);
    connection.send(text("wait"));
    served.journal().await("waits");
    for (int i = 0; i < 20; i++) { // more than are read ahead otherwise
      connection.send(text("m"));
    }
    connection.peer().transport().neglect(); // so somebody reads ahead already
    Doing asking =
        Doing.start(() -> assertTrue(session.ask(new Question("?"), boolean.class, LONG)));
    connection.awaitFrames(question("?", "1")).send(answer("1", "true"));
    asking.await();
    Asking.GO.add("on");
    connection.peer().transport().awaitReceived(bytes -> Frames.read(bytes).size() == 22);
    end(connection);
  }

  @RepeatedTest(5)
  void everyAskGetsItsOwnAnswer() throws Exception {
    Connection connection = served.connect();
    Session session = open(connection);
    List<Doing> asking = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String text = "q" + i;
      asking.add(
          Doing.start(
              () -> assertEquals(text, session.ask(new Question(text), String.class, LONG))));
    }
    connection.peer().transport().awaitReceived(bytes -> Frames.read(bytes).size() == 100);
    List<String> questions = new ArrayList<>(connection.peer().frames());
    Collections.reverse(questions);
    for (String question : questions) {
      String[] parts = question.split("\"");
      connection.send(answer(parts[11], "\"" + parts[7] + "\""));
    }
    for (Doing each : asking) {
      each.await();
    }
    end(connection);
  }

  @Test
  void whoHasNoAnswerInTimeIsToldSoAndWhatComesLaterIsDropped() throws Exception {
    Connection connection = served.connect();
    Session session = open(connection);
    AskTimeoutException e =
        assertThrows(
            AskTimeoutException.class,
            () -> session.ask(new Question("?"), String.class, Duration.ofMillis(1)));
    assertEquals("Session[1 /test] has not answered within PT0.001S", e.getMessage());
    connection.send(answer("1", "1"), answer("7", "1"), text("next"));
    connection.awaitFrames(question("?", "1"), "text heard next");
    end(connection);
  }

  @Test
  void aSessionThatHasNotAskedTakesAnswersForMessages() {
    Connection connection = served.connect().send(answer("1", "1"));
    connection.awaitFrames("text heard {\"@answer\":\"1\",\"value\":1}");
    end(connection);
  }

  @Test
  void anEndOfTheSessionIsAnEndOfTheWait() throws Exception {
    Connection connection = served.connect();
    Session session = open(connection);
    CompletableFuture<?> refusal = refusal(session, SessionClosedException.class);
    connection.awaitFrames(question("?", "1"));
    end(connection);
    refusal.join();
  }

  @Test
  void aHandlersWaitEndsWithTheSessionToo() {
    Connection connection = served.connect().send(text("?"));
    connection.awaitFrames(question("?", "1"));
    connection.peer().transport().end();
    connection.awaitEnd();
    served.journal().await("closed"); // no handler hears of a session that has ended
  }

  @Test
  void whoeverAsksAfterTheEndIsToldAtOnce() {
    Connection connection = served.connect().send(client(Frames.BINARY, new byte[1]));
    connection.awaitFrames("close 1000");
    end(connection);
  }

  @Test
  void anotherAnswerThanWasAskedForIsWrong() throws Exception {
    Connection connection = served.connect();
    Session session = open(connection);
    CompletableFuture<WrongReplyException> thrown = refusal(session, WrongReplyException.class);
    connection.awaitFrames(question("?", "1")).send(answer("1", "[\"a secret\"]"));
    assertEquals("bad-json", thrown.join().code());
    assertEquals(
        "Session[1 /test] answered with no Question: the JSON does not have the expected form",
        thrown.join().getMessage());
    end(connection);
  }

  @Test
  void soIsAnErrorOfTheClients() throws Exception {
    Connection connection = served.connect();
    Session session = open(connection);
    CompletableFuture<WrongReplyException> thrown = refusal(session, WrongReplyException.class);
    connection
        .awaitFrames(question("?", "1"))
        .send(text("{\"@answer\":\"1\",\"error\":{\"code\":\"no\",\"message\":\"I won't\"}}"));
    assertEquals("no", thrown.join().code());
    assertEquals("Session[1 /test] answered with an error: I won't", thrown.join().getMessage());
    end(connection);
  }

  @Test
  void onlyObjectsCanAskAndInAPositiveTime() throws Exception {
    Connection connection = served.connect();
    Session session = open(connection);
    for (Object message : List.of("{}", new byte[2], List.of(1), 5)) {
      assertThrows(IllegalArgumentException.class, () -> session.ask(message, String.class, LONG));
    }
    for (Duration time : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      assertThrows(
          IllegalArgumentException.class, () -> session.ask(new Question("?"), String.class, time));
    }
    assertEquals(List.of(), connection.peer().frames());
    end(connection);
  }

  @Test
  void asksThatAreOpenAreBounded() throws Exception {
    Connection connection = served.connect();
    Session session = open(connection);
    List<CompletableFuture<?>> refusals = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      refusals.add(refusal(session, SessionClosedException.class));
    }
    connection.peer().transport().awaitReceived(bytes -> Frames.read(bytes).size() == 1_000);
    assertThrows(
        IllegalStateException.class, () -> session.ask(new Question("?"), String.class, LONG));
    end(connection);
    refusals.forEach(CompletableFuture::join);
  }

  @Test
  void anInterruptDoesNotEndTheWaitAndIsKept() throws Exception {
    Connection connection = served.connect();
    Session session = open(connection);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Doing asking =
        Doing.start(() -> {
          Thread.currentThread().interrupt();
          session.ask(new Question("?"), String.class, LONG);
          interrupted.complete(Thread.interrupted());
        });
    connection.awaitFrames(question("?", "1")).send(answer("1", "\"yes\""));
    asking.await();
    assertTrue(interrupted.join());
    end(connection);
  }

  /** Takes its messages while they arrive. */
  @WebSocketEndpoint("/test")
  static class Streaming {
    @OnMessage
    String bytes(Session session, InputStream bytes) throws Exception {
      int first = bytes.read();
      if (first == 'e') {
        bytes.readAllBytes();
      }
      return session.ask(new Question("?"), String.class, LONG);
    }

    @OnError
    String error(IllegalStateException e) {
      return e.getMessage();
    }
  }

  @Test
  void aHandlerThatHasNotReadItsMessageToTheEndCannotAsk() {
    Connection connection =
        new Served(Streaming.class)
            .connect()
            .send(client(Frames.BINARY, "ab".getBytes(UTF_8)))
            .awaitFrames(
                "text this handler's message is not at its end, and the answer comes behind it:"
                    + " read on first");
    connection.send(client(Frames.BINARY, "ends".getBytes(UTF_8)));
    connection.peer().transport().awaitReceived(bytes -> Frames.read(bytes).size() == 2);
    connection.send(answer("1", "\"yes\""));
    connection.peer().transport().awaitReceived(bytes -> Frames.read(bytes).size() == 3);
    assertEquals("text yes", connection.peer().frames().getLast());
    connection.send(close(1000)).awaitEnd();
  }

  /** Takes every text with its Reader. */
  @WebSocketEndpoint("/test")
  static class Reading {
    @OnMessage
    void text(Reader text) {}

    @OnOpen
    String open(Session session) {
      return assertThrows(
              IllegalStateException.class, () -> session.ask(new Question("?"), String.class, LONG))
          .getMessage();
    }
  }

  @Test
  void anEndpointThatTakesItsTextsWithAReaderCannotAsk() {
    Connection connection = new Served(Reading.class).connect();
    connection.awaitFrames(
        "text this endpoint takes every text with its Reader: no answer would be told from them");
    connection.send(close(1000)).awaitEnd();
  }
}
