package dev.loomsocket.binding;

import static dev.loomsocket.binding.Bound.problem;
import static dev.loomsocket.binding.Bound.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnError;
import dev.loomsocket.websocket.OnHandshake;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Pong;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointBinderTest {
  private static final String REMEDY = "make one method of the two";

  @WebSocketEndpoint("/a")
  private static class Events {
    @OnHandshake
    void handshake1() {}

    @OnHandshake
    void handshake2() {}

    @OnOpen
    void open1() {}

    @OnOpen
    void open2() {}

    @OnClose
    void close1() {}

    @OnClose
    void close2() {}
  }

  private static Problem second(Class<?> type, String kind, String method) {
    return problem(
        type,
        "." + method + "2()",
        "a second " + kind + " method: " + method + "1() is one already",
        "one " + kind + " method in an endpoint",
        REMEDY);
  }

  @Test
  void aSecondMethodForTheSameEventIsReported() {
    assertEquals(
        List.of(
            second(Events.class, "@OnHandshake", "handshake"),
            second(Events.class, "@OnOpen", "open"),
            second(Events.class, "@OnClose", "close")),
        problems(Events.class));
  }

  @WebSocketEndpoint("/a")
  private static class Messages {
    @OnMessage
    void text1(String text) {}

    @OnMessage
    void text2(String text) {}

    @OnMessage
    void binary1(byte[] bytes) {}

    @OnMessage
    void binary2(ByteBuffer buffer) {}

    @OnMessage
    void pong1(Pong pong) {}

    @OnMessage
    void pong2(Pong pong) {}
  }

  private static Problem secondMessage(Class<?> type, String member, String what, String first) {
    return problem(
        type,
        member,
        "a second @OnMessage method for " + what + ": " + first + " is one already",
        "one @OnMessage method for " + what + " in an endpoint",
        REMEDY);
  }

  @Test
  void aSecondMethodForTheSameMessagesIsReported() {
    assertEquals(
        List.of(
            secondMessage(Messages.class, ".text2(String)", "text", "text1(String)"),
            secondMessage(
                Messages.class, ".binary2(ByteBuffer)", "binary messages", "binary1(byte[])"),
            secondMessage(Messages.class, ".pong2(Pong)", "pongs", "pong1(Pong)")),
        problems(Messages.class));
  }

  @WebSocketEndpoint("/a")
  private static class StreamsToo {
    @OnMessage
    void text1(String text) {}

    @OnMessage
    void text2(Reader text) {}

    @OnMessage
    void text3(Reader text) {}

    @OnMessage
    void binary1(ByteBuffer buffer) {}

    @OnMessage
    void binary2(InputStream bytes) {}
  }

  @Test
  void aMethodThatStreamsIsTheOneForItsKindOfMessage() {
    assertEquals(
        List.of(
            secondMessage(StreamsToo.class, ".text2(Reader)", "text", "text1(String)"),
            secondMessage(StreamsToo.class, ".text3(Reader)", "text", "text1(String)"),
            secondMessage(
                StreamsToo.class,
                ".binary2(InputStream)",
                "binary messages",
                "binary1(ByteBuffer)")),
        problems(StreamsToo.class));
  }

  private record Line(String text) {}

  private record Move(int x) {}

  @WebSocketEndpoint("/a")
  private static class ReaderAndJson {
    @OnMessage
    void line(Line line) {}

    @OnMessage
    void move(Move move) {}

    @OnMessage
    void text(Reader text) {}
  }

  @Test
  void aReaderBesideMethodsForJsonIsReported() {
    assertEquals(
        List.of(
            problem(
                ReaderAndJson.class,
                ".text(Reader)",
                "its Reader gets every text while it arrives, which leaves none for line(Line) and move(Move)",
                "a Reader alone, or a String and JSON beside each other, for the text messages",
                "take String instead of Reader, or read the JSON here and remove line(Line) and move(Move)")),
        problems(ReaderAndJson.class));
  }

  @WebSocketEndpoint("/a")
  private static class JsonAndBinaryStream {
    @OnMessage
    String line(Line line) {
      return line.text;
    }

    @OnMessage
    int bytes(InputStream bytes) throws IOException {
      return bytes.read();
    }
  }

  @Test
  void anInputStreamStandsBesideMethodsForJson() throws Throwable {
    EndpointInstance instance = Bound.open(JsonAndBinaryStream.class);
    assertEquals("hi", instance.text("{\"text\":\"hi\"}"));
    assertEquals(7, instance.binary(new ByteArrayInputStream(new byte[] {7})));
  }

  @WebSocketEndpoint("/a")
  private static class Errors {
    @OnError
    void error1(Exception e) {}

    @OnError
    void error2(Exception e) {}

    @OnError
    void other(RuntimeException e) {}
  }

  @Test
  void aSecondMethodForTheSameExceptionIsReported() {
    assertEquals(
        List.of(
            problem(
                Errors.class,
                ".error2(Exception)",
                "a second @OnError method for Exception: error1(Exception) is one already",
                "one @OnError method for each type of exception",
                REMEDY)),
        problems(Errors.class));
  }
}
