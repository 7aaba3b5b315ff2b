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

  private static Problem secondMessage(String member, String what, String first) {
    return problem(
        Messages.class,
        member,
        "a second @OnMessage method for " + what + ": " + first + " is one already",
        "one @OnMessage method for " + what + " in an endpoint",
        REMEDY);
  }

  @Test
  void aSecondMethodForTheSameMessagesIsReported() {
    assertEquals(
        List.of(
            secondMessage(".text2(String)", "text", "text1(String)"),
            secondMessage(".binary2(ByteBuffer)", "binary messages", "binary1(byte[])"),
            secondMessage(".pong2(Pong)", "pongs", "pong1(Pong)")),
        problems(Messages.class));
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
