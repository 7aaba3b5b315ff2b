package dev.loomsocket.binding;

import static dev.loomsocket.binding.Bound.problem;
import static dev.loomsocket.binding.Bound.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnError;
import dev.loomsocket.websocket.OnHandshake;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Pong;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResultCheckTest {
  private static final String RESULTS =
      "void, CharSequence or Reader (sent as text), byte[], ByteBuffer or InputStream (binary), any"
          + " other value (JSON), a Stream, CompletionStage or Optional of these";

  private static final Stream<String> LINES = Stream.of("a", "b");

  private record Line(String text) {}

  @WebSocketEndpoint("/a")
  private static class Sent {
    @OnOpen
    InputStream open() {
      return InputStream.nullInputStream();
    }

    @OnMessage("stream")
    Stream<String> stream(Line line) {
      return LINES;
    }

    @OnMessage("stage")
    CompletionStage<Optional<Line>> stage(Line line) {
      return CompletableFuture.completedStage(Optional.of(line));
    }

    @OnMessage("future")
    CompletableFuture<Void> future(Line line) {
      return CompletableFuture.completedFuture(null);
    }

    @OnMessage("optional")
    Optional<? extends StringReader> optional(Line line) {
      return Optional.empty();
    }

    @OnMessage("raw")
    @SuppressWarnings("rawtypes")
    Stream raw(Line line) {
      return LINES;
    }

    @OnMessage
    Stream<Stream<byte[]>> nested(InputStream in) {
      return Stream.of();
    }

    @OnError
    StringReader error(Exception e) {
      return new StringReader("");
    }
  }

  @Test
  void streamsStagesAndOptionalsComeOutAsTheyAre() throws Throwable {
    EndpointInstance sent = Bound.open(Sent.class);
    assertSame(LINES, sent.text("{\"type\":\"stream\",\"text\":\"hi\"}"));
    assertSame(LINES, sent.text("{\"type\":\"raw\",\"text\":\"hi\"}"));
    assertEquals(Optional.empty(), sent.text("{\"type\":\"optional\",\"text\":\"hi\"}"));
  }

  @WebSocketEndpoint("/a")
  private static class NotSent {
    @OnOpen
    IntStream open() {
      return IntStream.empty();
    }

    @OnMessage
    Publisher<String> text(String text) {
      return subscriber -> {};
    }

    @OnMessage
    FutureTask<String> binary(byte[] bytes) {
      return new FutureTask<>(() -> "");
    }
  }

  private static final String AWAIT =
      ", or the value itself: the method may block until it is there";

  @Test
  void primitiveStreamsPublishersAndFuturesAreNotSent() {
    assertEquals(
        List.of(
            problem(
                NotSent.class,
                ".binary(byte[])",
                "it returns FutureTask<String>",
                RESULTS,
                "return a CompletionStage instead of FutureTask<String>" + AWAIT),
            problem(
                NotSent.class,
                ".open()",
                "it returns IntStream",
                RESULTS,
                "return a Stream instead of IntStream, for example with boxed()"),
            problem(
                NotSent.class,
                ".text(String)",
                "it returns Publisher<String>",
                RESULTS,
                "return a Stream instead of Publisher<String>, or send each element with session.send(...)")),
        problems(NotSent.class));
  }

  @WebSocketEndpoint("/a")
  private static class Half {
    @OnMessage
    Optional<OutputStream> text(String text) {
      return Optional.empty();
    }

    @OnMessage
    StringWriter binary(byte[] bytes) {
      return null;
    }
  }

  @Test
  void whatIsNotReadableIsNotSent() {
    assertEquals(
        List.of(
            problem(
                Half.class,
                ".binary(byte[])",
                "it returns StringWriter",
                RESULTS,
                "return a String or a Reader instead of StringWriter, or make it void and write to"
                    + " session.sendText()"),
            problem(
                Half.class,
                ".text(String)",
                "it returns Optional<OutputStream>",
                RESULTS,
                "return a byte[] or an InputStream instead of OutputStream, or make it void and"
                    + " write to session.sendBinary()")),
        problems(Half.class));
  }

  private abstract static class Base<T> {
    @OnOpen
    Optional<T> open() {
      return Optional.empty();
    }
  }

  /** Says only in its supertype what it is a stage of. */
  private static class Numbers extends CompletableFuture<LongStream> {}

  private interface Endless extends Stream<Endless> {}

  @WebSocketEndpoint("/a")
  private static class Wrapped extends Base<Future<String>> {
    @OnMessage
    Numbers text(String text) {
      return new Numbers();
    }

    @OnMessage
    Stream<CompletionStage<? extends IntStream>> binary(byte[] bytes) {
      return Stream.empty();
    }

    @OnError
    Endless error(Exception e) {
      return null;
    }
  }

  @Test
  void whatIsNotSentIsNotSentAsAnElementEither() {
    assertEquals(
        List.of(
            problem(
                Wrapped.class,
                ".binary(byte[])",
                "it returns Stream<CompletionStage<IntStream>>",
                RESULTS,
                "return a Stream instead of IntStream, for example with boxed()"),
            problem(
                Wrapped.class,
                ".error(Exception)",
                "it returns Endless",
                RESULTS,
                "return a Stream instead of Endless, for example with boxed()"),
            problem(
                Wrapped.class,
                ".text(String)",
                "it returns Numbers",
                RESULTS,
                "return a Stream instead of LongStream, for example with boxed()"),
            new Problem(
                Wrapped.class.getName() + ".open() (inherited from " + Base.class.getName() + ")",
                "it returns Optional<Future<String>>",
                RESULTS,
                "return a CompletionStage instead of Future<String>" + AWAIT)),
        problems(Wrapped.class));
  }

  @WebSocketEndpoint("/a")
  private static class Wrong {
    @OnHandshake
    String login() {
      return "";
    }

    @OnClose
    int close() {
      return 0;
    }

    @OnMessage
    String pong(Pong pong) {
      return "";
    }
  }

  @Test
  void handshakesDecideAndEndsAndPongsReturnNothing() {
    assertEquals(
        List.of(
            problem(
                Wrong.class,
                ".close()",
                "it returns int",
                "void: the connection has ended, nothing can be sent",
                "make it void"),
            problem(
                Wrong.class,
                ".login()",
                "it returns String",
                "void (accept), boolean (false refuses with 403), a Principal (accept, and this is who it is)",
                "return one of these; refuse with: throw new HttpException(401, \"...\")"),
            problem(
                Wrong.class,
                ".pong(Pong)",
                "it returns String",
                "void for a Pong",
                "make it void; send with session.send(...)")),
        problems(Wrong.class));
  }
}
