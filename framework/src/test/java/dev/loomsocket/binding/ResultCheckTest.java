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
import java.io.InputStream;
import java.io.StringReader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResultCheckTest {
  private static final String RESULTS =
      "void, CharSequence (sent as text), byte[] or ByteBuffer (binary), any other value (JSON)";

  @WebSocketEndpoint("/a")
  private static class Later {
    @OnOpen
    InputStream open() {
      return null;
    }

    @OnMessage
    Stream<String> text(String text) {
      return null;
    }

    @OnMessage
    CompletableFuture<String> binary(byte[] bytes) {
      return null;
    }

    @OnError
    StringReader error(Exception e) {
      return null;
    }
  }

  @Test
  void streamsAndFuturesAreNotSentYet() {
    assertEquals(
        List.of(
            problem(
                Later.class,
                ".binary(byte[])",
                "it returns CompletableFuture<String>",
                RESULTS,
                "return the value itself: the method may block until it is there"),
            problem(
                Later.class,
                ".error(Exception)",
                "it returns StringReader",
                RESULTS,
                "return String"),
            problem(
                Later.class,
                ".open()",
                "it returns InputStream",
                RESULTS,
                "return byte[] or ByteBuffer"),
            problem(
                Later.class,
                ".text(String)",
                "it returns Stream<String>",
                RESULTS,
                "send each element with session.send(...), or return a List")),
        problems(Later.class));
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
