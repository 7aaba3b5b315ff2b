package dev.loomsocket;

import static dev.loomsocket.RawClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.websocket.OnHandshake;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the log says of mistakes in a user's code: where they are, and what happened. */
class FailuresTest {
  private static RunningApp app;

  @WebSocketEndpoint("/made")
  static class Made {
    Made() {
      throw new IllegalStateException("on purpose");
    }

    @OnMessage
    void text(String text) {}
  }

  @WebSocketEndpoint("/asked")
  static class Asked {
    @OnHandshake
    void check() {
      throw new IllegalStateException("on purpose");
    }
  }

  record Node(String name, List<Node> next) {}

  @WebSocketEndpoint("/answers")
  static class Answers {
    @OnMessage
    CompletableFuture<Object> text(String text) {
      Node node = new Node("a", new java.util.ArrayList<>());
      node.next().add(node);
      return CompletableFuture.supplyAsync(() -> text.equals("cycle") ? node : List.of(text));
    }
  }

  @BeforeAll
  @SuppressWarnings("NullAway") // the mistake in question
  static void start() {
    app =
        Loomsocket.app()
            .endpoint(Made.class)
            .endpoint(Asked.class)
            .endpoint(Answers.class)
            .get("/null", request -> null)
            .port(0)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  private static int statusOf(String... head) {
    try (RawClient client = RawClient.connect(app.port())) {
      return client.send(RawClient.request(head)).answer().status();
    }
  }

  private static int handshakeStatus(String path) {
    return statusOf(
        "GET " + path + " HTTP/1.1",
        "Host: localhost",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");
  }

  @Test
  void aConstructorThatThrowsIsNamed() {
    try (Warnings warnings = Warnings.take()) {
      assertEquals(500, handshakeStatus("/made"));
      assertEquals(
          List.of(
              "the constructor of dev.loomsocket.FailuresTest$Made for GET /made failed"
                  + " java.lang.IllegalStateException: on purpose"),
          warnings.messages());
    }
  }

  @Test
  void aHandshakeMethodThatThrowsIsNamed() {
    try (Warnings warnings = Warnings.take()) {
      assertEquals(500, handshakeStatus("/asked"));
      assertEquals(
          List.of(
              "@OnHandshake of dev.loomsocket.FailuresTest$Asked for GET /asked failed"
                  + " java.lang.IllegalStateException: on purpose"),
          warnings.messages());
    }
  }

  @Test
  void aHandlerThatReturnsNullIsSaidToReturnIt() {
    try (Warnings warnings = Warnings.take()) {
      assertEquals(500, statusOf("GET /null HTTP/1.1", "Host: localhost"));
      assertEquals(List.of("the handler of GET /null returned null null"), warnings.messages());
    }
  }

  @Test
  void aFuturesValueIsTheAnswer() {
    try (RawClient client = RawClient.webSocket(app.port(), "/answers")) {
      assertEquals("[\"hello\"]", client.send(text("hello")).frame().text());
    }
  }

  @Test
  void aResultWithoutAJsonFormIsOneLineThatNamesTheEndpoint() {
    try (Warnings warnings = Warnings.take();
        RawClient client = RawClient.webSocket(app.port(), "/answers")) {
      assertEquals(1011, client.send(text("cycle")).frame().closeCode());
      String message = warnings.messages().getFirst();
      assertTrue(
          message.startsWith("a handler of dev.loomsocket.FailuresTest$Answers in Session["),
          message);
      assertTrue(message.contains("FailuresTest$Node has no JSON form: "), message);
      assertEquals(1, message.lines().count());
      Throwable thrown = warnings.thrown().getFirst();
      assertNull(thrown.getCause());
      assertTrue(thrown.getStackTrace().length < 50, "lines: " + thrown.getStackTrace().length);
    }
  }
}
