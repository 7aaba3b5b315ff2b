package dev.loomsocket.session;

import static dev.loomsocket.session.Frames.close;
import static dev.loomsocket.session.Frames.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.Warnings;
import dev.loomsocket.session.Served.Connection;
import dev.loomsocket.websocket.BadMessageException;
import dev.loomsocket.websocket.OnError;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client asks, and the return value of the handler is the answer. */
@Timeout(60)
class ClientAsksTest {
  record Line(String text) {}

  record Give(String what) {}

  /** Gives what it is asked for. */
  @WebSocketEndpoint("/test")
  static class Giving {
    @OnMessage
    @Nullable Object give(Give give) throws IOException {
      return switch (give.what) {
        case "record" -> new Line("hi");
        case "text" -> "hi";
        case "characters" -> new StringBuilder("hi");
        case "number" -> 5;
        case "bytes" -> new byte[] {1, 2};
        case "buffer" -> ByteBuffer.wrap(new byte[] {1, 2});
        case "list" -> List.of(1, 2);
        case "stream" -> Stream.of(1, 2);
        case "later" -> CompletableFuture.supplyAsync(() -> new Line("later"));
        case "maybe" -> Optional.of(new Line("maybe"));
        case "nothing" -> Optional.empty();
        case "refusal" -> throw new BadMessageException("too-late", "come back tomorrow");
        case "failure" -> throw new IllegalStateException("a secret");
        case "late failure" -> CompletableFuture.failedFuture(new IOException("a secret"));
        case "unencodable" -> new Object[] {new ClientAsksTest.Broken()};
        case "reader" -> new StringReader("endless");
        default -> null;
      };
    }

    @OnMessage
    void line(Line line) {}
  }

  /** Fails while it is encoded. */
  static final class Broken {
    public int getValue() {
      throw new IllegalStateException("a secret");
    }
  }

  private static byte[] ask(String what) {
    return text("{\"type\":\"give\",\"what\":\"" + what + "\",\"@ask\":\"7\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          record     | {"text":"hi"}
          text       | "hi"
          characters | "hi"
          number     | 5
          bytes      | "AQI="
          buffer     | "AQI="
          list       | [1,2]
          stream     | [1,2]
          later      | {"text":"later"}
          maybe      | {"text":"maybe"}
          nothing    | null
          null       | null
          """)
  void whatTheHandlerReturnsIsTheAnswer(String what, String value) {
    Connection connection = new Served(Giving.class).connect().send(ask(what));
    connection.awaitFrames("text {\"@answer\":\"7\",\"value\":" + value + "}");
    connection.send(close(1000)).awaitEnd();
  }

  @Test
  void aHandlerThatReturnsNothingAnswersSo() {
    Connection connection =
        new Served(Giving.class)
            .connect()
            .send(text("{\"@ask\":\"x \\\"1\\\"\",\"type\":\"line\",\"text\":\"hi\"}"));
    connection.awaitFrames("text {\"@answer\":\"x \\\"1\\\"\",\"value\":null}");
    connection.send(close(1000)).awaitEnd();
  }

  record Quote(String bid, String ask, String answer) {}

  @WebSocketEndpoint("/test")
  static class Market {
    @OnMessage
    String quote(Quote quote) {
      return quote.toString();
    }
  }

  @Test
  void whatUsersCallAskIsNoAsk() {
    Connection connection =
        new Served(Market.class)
            .connect()
            .send(text("{\"bid\":\"1.01\",\"ask\":\"1.02\",\"answer\":\"no\"}"));
    connection.awaitFrames("text Quote[bid=1.01, ask=1.02, answer=no]");
    connection.send(close(1000)).awaitEnd();
  }

  @Test
  void withoutAnIdNothingIsAsked() {
    Connection connection =
        new Served(Giving.class)
            .connect()
            .send(
                text("{\"type\":\"give\",\"what\":\"text\",\"@ask\":7}"),
                text("{\"type\":\"give\",\"what\":\"text\"}"));
    connection.awaitFrames("text hi", "text hi");
    connection.send(close(1000)).awaitEnd();
  }

  @Test
  void whatNoHandlerTakesIsAnErrorAsTheAnswer() {
    Connection connection =
        new Served(Giving.class)
            .connect()
            .send(text("{\"type\":\"other\",\"@ask\":\"1\"}"), ask("refusal"), ask("text"));
    connection.awaitFrames(
        "text {\"@answer\":\"1\",\"error\":{\"code\":\"unknown-type\",\"message\":\"the \\\"type\\\" of the"
            + " message is unknown: it is one of give, line\"}}",
        "text {\"@answer\":\"7\",\"error\":{\"code\":\"too-late\",\"message\":\"come back"
            + " tomorrow\"}}",
        "text {\"@answer\":\"7\",\"value\":\"hi\"}");
    connection.send(close(1000)).awaitEnd();
  }

  @ParameterizedTest
  @CsvSource({"failure", "late failure", "unencodable", "reader"})
  void aFailureIsToldWithoutDetailAndLoggedAndTheConnectionStays(String what) {
    try (Warnings warnings = Warnings.take()) {
      Connection connection = new Served(Giving.class).connect().send(ask(what), ask("text"));
      connection.awaitFrames(
          "text {\"@answer\":\"7\",\"error\":{\"code\":\"failed\",\"message\":\"this could not be"
              + " answered\"}}",
          "text {\"@answer\":\"7\",\"value\":\"hi\"}");
      connection.send(close(1000)).awaitEnd();
      assertEquals(1, warnings.thrown().size());
      assertTrue(warnings.messages().getFirst().contains("ClientAsksTest$Giving in Session["));
    }
  }

  /** Hears of what goes wrong. */
  @WebSocketEndpoint("/test")
  static class Careful {
    @OnMessage
    void give(Give give) {
      throw new IllegalStateException(give.what);
    }

    @OnError
    String error(IllegalStateException e) {
      if (e.getMessage().equals("again")) {
        throw e;
      }
      return "heard of " + e.getMessage();
    }

    @OnError
    String error(BadMessageException e) {
      return "heard of " + e.code();
    }
  }

  @Test
  void onErrorHearsOfItTooAndWhatItReturnsIsNotTheAnswer() {
    String failed =
        "text {\"@answer\":\"7\",\"error\":{\"code\":\"failed\",\"message\":\"this could not be"
            + " answered\"}}";
    Connection connection = new Served(Careful.class).connect();
    connection.send(text("{\"what\":\"it\",\"@ask\":\"7\"}"), text("{\"what\":[],\"@ask\":\"8\"}"));
    connection.awaitFrames(
        failed,
        "text heard of it",
        "text {\"@answer\":\"8\",\"error\":{\"code\":\"bad-json\",\"message\":\"the JSON does not have"
            + " the expected form at \\\"what\\\" (line 1, column 9)\"}}",
        "text heard of bad-json");
    connection.send(close(1000)).awaitEnd();
    try (Warnings warnings = Warnings.take()) {
      connection = new Served(Careful.class).connect();
      connection.send(text("{\"what\":\"again\",\"@ask\":\"7\"}")).awaitEnd();
      connection.awaitFrames(failed, "close 1011");
      assertEquals(1, warnings.thrown().size());
    }
  }

  /** Has one method for all texts. */
  @WebSocketEndpoint("/test")
  static class Plain {
    @OnMessage
    String text(String text) {
      return "heard";
    }
  }

  @Test
  void whereTextsAreNoJsonNobodyCanAsk() {
    Connection connection = new Served(Plain.class).connect().send(ask("text"));
    connection.awaitFrames("text heard");
    connection.send(close(1000)).awaitEnd();
  }

  /** Has a method for what is unclaimed. */
  @WebSocketEndpoint("/test")
  static class Mixed {
    @OnMessage
    String text(String text) {
      return "heard";
    }

    @OnMessage
    void line(Line line) {}
  }

  @Test
  void aMethodForUnclaimedTextsAnswersToo() {
    Connection connection = new Served(Mixed.class).connect().send(ask("text"));
    connection.awaitFrames("text {\"@answer\":\"7\",\"value\":\"heard\"}");
    connection.send(close(1000)).awaitEnd();
  }
}
