package dev.loomsocket;

import static dev.loomsocket.RawClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session that is silent has no thread until something happens; nobody can tell. */
@Timeout(60)
class SilentSessionTest {
  private static final BlockingQueue<Thread> THREADS = new LinkedBlockingQueue<>();
  private static final BlockingQueue<Integer> CODES = new LinkedBlockingQueue<>();
  private static final BlockingQueue<Session> SESSIONS = new LinkedBlockingQueue<>();

  private RunningApp app;
  private RawClient client;
  private Session session;

  /** Counts in a field, and tells which threads there are. */
  @WebSocketEndpoint("/count")
  static final class Counter {
    private int messages;

    @OnOpen
    void open(Session session) {
      session.join("all");
      SESSIONS.add(session);
    }

    @OnMessage
    String text(String text) {
      THREADS.add(Thread.currentThread());
      return text + " " + ++messages;
    }

    @OnClose
    void close(CloseStatus status) {
      CODES.add(status.code());
    }
  }

  @BeforeEach
  void start() throws InterruptedException {
    THREADS.clear();
    CODES.clear();
    app = Loomsocket.app().endpoint(Counter.class).port(0).start();
    client = RawClient.webSocket(app.port(), "/count");
    session = SESSIONS.take();
  }

  @AfterEach
  void stop() {
    client.close();
    app.close();
  }

  /** One message, and then silence; returns the thread that there was. */
  private Thread fallSilent() throws InterruptedException {
    assertEquals("one 1", ask("one"));
    Thread thread = THREADS.poll(20, TimeUnit.SECONDS);
    assertNotNull(thread);
    thread.join();
    return thread;
  }

  private String ask(String message) {
    client.send(text(message));
    return client.frame().text();
  }

  private int code() throws InterruptedException {
    Integer code = CODES.poll(20, TimeUnit.SECONDS);
    assertNotNull(code);
    return code;
  }

  @Test
  void itsNextMessageMeetsTheSameInstanceInAnotherThread() throws InterruptedException {
    Thread first = fallSilent();
    assertEquals("two 2", ask("two"));
    Thread second = THREADS.take();
    assertNotEquals(first, second);
    assertTrue(second.isVirtual());
    assertEquals("three 3", ask("three"));
    assertEquals(second, THREADS.take(), "there was no time to fall silent again");
  }

  @Test
  void othersCanSendToIt() throws InterruptedException {
    fallSilent();
    session.send("hello");
    assertEquals("hello", client.frame().text());
    session.join("all").send("everybody");
    assertEquals("everybody", client.frame().text());
  }

  @Test
  void othersCanCloseIt() throws InterruptedException {
    fallSilent();
    session.close(new CloseStatus(4000, "enough"));
    assertEquals(4000, client.frame().closeCode());
    client.send(RawClient.close(4000));
    assertEquals(4000, code());
  }

  @Test
  void itNoticesThatItsPeerHasGone() throws InterruptedException {
    fallSilent();
    client.reset();
    assertEquals(1006, code());
  }

  @Test
  void itNoticesThatTheServerStops() throws InterruptedException {
    fallSilent();
    Thread stopping = Thread.startVirtualThread(app::close);
    assertEquals(1001, client.frame().closeCode());
    client.send(RawClient.close(1001));
    assertEquals(1001, code());
    stopping.join();
  }

  @Test
  void itAnswersPings() throws InterruptedException {
    fallSilent();
    client.send(RawClient.frame(0x89, new byte[] {1, 2}));
    assertEquals(10, client.frame().opcode());
  }
}
