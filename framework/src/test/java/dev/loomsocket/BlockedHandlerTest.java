package dev.loomsocket;

import static dev.loomsocket.RawClient.frame;
import static dev.loomsocket.RawClient.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A handler that takes its time: its connection lives on, in order, and nobody loses anything. */
@Timeout(60)
class BlockedHandlerTest {
  private final Blocking blocking = new Blocking();
  private RunningApp app;

  /** Waits for the test with each message that says so. */
  @WebSocketEndpoint(value = "/block", maxQueueSize = 1000)
  static final class Blocking {
    private final Semaphore go = new Semaphore(0);
    private final BlockingQueue<Object> seen = new ArrayBlockingQueue<>(100);

    @OnOpen
    void open(Session session) throws InterruptedException {
      if (session.queryParam("slow").isPresent()) {
        go.acquire();
      }
    }

    @OnMessage
    String text(Session session, String text) throws InterruptedException {
      if (text.equals("wait")) {
        go.acquire();
      }
      if (text.equals("flood")) {
        try {
          while (true) {
            session.send("x".repeat(100_000));
          }
        } catch (SessionClosedException e) {
          seen.add(e);
        }
      }
      return text;
    }

    @OnClose
    void close(CloseStatus status) {
      seen.add(status.code());
    }

    Object seen() throws InterruptedException {
      return seen.poll(20, TimeUnit.SECONDS);
    }
  }

  @BeforeEach
  void start() {
    app = Loomsocket.app().add(blocking).port(0).start();
  }

  @AfterEach
  void stop() {
    blocking.go.release(1000);
    app.close();
  }

  @Test
  void pingsAreAnsweredMeanwhile() {
    try (RawClient client = RawClient.webSocket(app.port(), "/block")) {
      client.send(text("wait"), frame(0x89, "still there?".getBytes(UTF_8)));
      RawClient.Frame pong = client.frame();
      assertEquals(0xa, pong.opcode());
      assertEquals("still there?", pong.text());
      blocking.go.release();
      assertEquals("wait", client.frame().text());
    }
  }

  @Test
  void pingsAreAnsweredWhileTheSessionOpens() {
    try (RawClient client = RawClient.webSocket(app.port(), "/block?slow=1")) {
      assertEquals(0xa, client.send(frame(0x89, new byte[0])).frame().opcode());
      client.send(text("hello"));
      blocking.go.release();
      assertEquals("hello", client.frame().text());
    }
  }

  @Test
  void messagesKeepTheirOrder() {
    try (RawClient client = RawClient.webSocket(app.port(), "/block")) {
      client.send(text("wait"), frame(0x89, new byte[0]));
      assertEquals(0xa, client.frame().opcode());
      for (int i = 0; i < 100; i++) {
        client.send(text("message " + i));
      }
      blocking.go.release();
      assertEquals("wait", client.frame().text());
      for (int i = 0; i < 100; i++) {
        assertEquals("message " + i, client.frame().text());
      }
    }
  }

  @Test
  void oneBlockedMessageAfterTheOtherIsReadAhead() {
    try (RawClient client = RawClient.webSocket(app.port(), "/block")) {
      for (int round = 0; round < 3; round++) {
        client.send(text("wait"), text("wait"), frame(0x89, new byte[0]));
        assertEquals(0xa, client.frame().opcode());
        blocking.go.release();
        assertEquals("wait", client.frame().text());
        client.send(frame(0x89, new byte[0]));
        assertEquals(0xa, client.frame().opcode());
        blocking.go.release();
        assertEquals("wait", client.frame().text());
      }
    }
  }

  @Test
  void aCloseIsAnsweredAtOnceAndToldAfterTheHandler() throws InterruptedException {
    try (RawClient client = RawClient.webSocket(app.port(), "/block")) {
      client.send(text("wait"), text("last words"), RawClient.close(1000));
      assertEquals(1000, client.frame().closeCode());
      assertTrue(client.isEnded());
      assertEquals(0, blocking.seen.size());
      blocking.go.release();
      assertEquals(1000, blocking.seen());
    }
  }

  @Test
  void aCloseEndsABlockedSend() throws InterruptedException {
    try (RawClient client = RawClient.webSocket(app.port(), "/block")) {
      client.send(text("flood"));
      client.frame(); // it has begun
      client.send(RawClient.close(1000));
      assertInstanceOf(SessionClosedException.class, blocking.seen());
      assertEquals(1000, blocking.seen());
    }
  }

  @Test
  void aLostConnectionEndsABlockedSend() throws InterruptedException {
    RawClient client = RawClient.webSocket(app.port(), "/block");
    client.send(text("flood"));
    client.frame();
    client.reset();
    assertInstanceOf(SessionClosedException.class, blocking.seen());
    assertEquals(1006, blocking.seen());
  }

  @Test
  void badBytesMeanwhileEndTheSession() throws InterruptedException {
    try (RawClient client = RawClient.webSocket(app.port(), "/block")) {
      client.send(text("wait"), RawClient.hex("83 80 00 00 00 00"));
      assertEquals(1002, client.frame().closeCode());
      blocking.go.release();
      assertEquals(1002, blocking.seen());
    }
  }
}
