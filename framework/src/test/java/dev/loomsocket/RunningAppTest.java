package dev.loomsocket;

import static dev.loomsocket.RawClient.request;
import static dev.loomsocket.RawClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.OnClose;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How an application ends. */
class RunningAppTest {
  private final Watched watched = new Watched();

  /** One object for all connections: it counts their ends. */
  @WebSocketEndpoint("/watched")
  static class Watched {
    final BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);

    @OnMessage
    String text(String text) {
      if (!text.equals("ignore everything")) {
        return text;
      }
      entered.countDown();
      while (released.getCount() > 0) {
        try {
          released.await();
        } catch (InterruptedException e) {
          // that is what it means to ignore everything
        }
      }
      return "at last";
    }

    @OnClose
    void close(CloseStatus status) {
      ends.add(status.code());
    }
  }

  private static CompletableFuture<Void> close(RunningApp app) {
    return CompletableFuture.runAsync(app::close, task -> new Thread(task).start());
  }

  private static void await(CompletableFuture<Void> closing) throws Exception {
    closing.get(20, TimeUnit.SECONDS);
  }

  private static void assertRefused(int port) {
    try (RawClient client = RawClient.connect(port)) {
      client.send(RawClient.handshake("/watched"));
      assertEquals("", client.rest());
    } catch (UncheckedIOException e) {
      // nobody listens there
    }
  }

  @Test
  void everyWebSocketIsClosedWith1001AndEachEndpointToldOnce() throws Exception {
    RunningApp app = Loomsocket.app().add(watched).port(0).start();
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      clients.add(RawClient.webSocket(app.port(), "/watched"));
    }
    CompletableFuture<Void> closing = close(app);
    for (RawClient client : clients) {
      assertEquals(1001, client.frame().closeCode());
      client.send(RawClient.close(1001));
      assertTrue(client.isEnded());
      client.close();
    }
    await(closing);
    assertEquals(0, app.connections());
    assertEquals(100, watched.ends.size());
    assertEquals(List.of(1001), watched.ends.stream().distinct().toList());
  }

  @Test
  void aRequestUnderWayIsStillAnsweredAndNoOtherOneBehindIt() throws Exception {
    BlockingQueue<String> entered = new LinkedBlockingQueue<>();
    BlockingQueue<String> go = new LinkedBlockingQueue<>();
    RunningApp app =
        Loomsocket.app()
            .add(watched)
            .get(
                "/slow",
                request -> {
                  entered.add("entered");
                  return Response.text(go.take());
                })
            .port(0)
            .start();
    try (RawClient client = RawClient.connect(app.port());
        RawClient witness = RawClient.webSocket(app.port(), "/watched")) {
      byte[] request = request("GET /slow HTTP/1.1", "Host: localhost");
      client.send(request, request);
      assertEquals("entered", entered.poll(20, TimeUnit.SECONDS));
      CompletableFuture<Void> closing = close(app);
      assertEquals(1001, witness.frame().closeCode()); // so the server stops
      assertRefused(app.port());
      go.add("answered");
      HttpAnswer answer = client.answer();
      assertEquals("answered", answer.text());
      assertEquals("close", answer.header("Connection"));
      assertEquals("", client.rest());
      client.halfClose();
      witness.halfClose();
      await(closing);
    }
  }

  @Test
  void connectionsThatWaitForARequestEndAtOnce() throws Exception {
    RunningApp app = Loomsocket.app().port(0).start();
    try (RawClient idle = RawClient.connect(app.port());
        RawClient used = RawClient.connect(app.port());
        RawClient half = RawClient.connect(app.port())) {
      used.get("/nothing");
      half.get("/nothing");
      half.send(RawClient.ascii("GET / HTTP/1.1\r\n"));
      Eventually.holds("all are served", () -> app.connections() == 3);
      CompletableFuture<Void> closing = close(app);
      assertEquals("", idle.rest());
      assertEquals("", used.rest());
      assertEquals("", half.rest());
      idle.halfClose();
      used.halfClose();
      half.halfClose();
      await(closing);
      assertEquals(0, app.connections());
    }
  }

  @Test
  void aHandlerThatIgnoresEverythingIsNotWaitedForAndItsEndpointIsToldOnceToo() throws Exception {
    RunningApp app = Loomsocket.app("--stop-timeout=500ms").add(watched).port(0).start();
    try (RawClient client = RawClient.webSocket(app.port(), "/watched")) {
      client.send(text("ignore everything"));
      assertTrue(watched.entered.await(20, TimeUnit.SECONDS));
      await(close(app));
      assertEquals(1, watched.released.getCount());
      assertEquals(1001, client.frame().closeCode());
      assertTrue(client.isEnded());
    }
    watched.released.countDown();
    assertTrue(watched.ends.poll(20, TimeUnit.SECONDS) != null);
    Eventually.holds("no connection is left", () -> app.connections() == 0);
    assertEquals(0, watched.ends.size());
  }

  @Test
  void aClientThatAnswersNothingIsNotWaitedFor() throws Exception {
    RunningApp app = Loomsocket.app("--stop-timeout=500ms").add(watched).port(0).start();
    try (RawClient client = RawClient.webSocket(app.port(), "/watched")) {
      await(close(app));
      assertEquals(0, app.connections());
      assertEquals(1, watched.ends.size());
      assertEquals(1001, client.frame().closeCode());
    }
  }

  @Test
  void thePortIsFreeAgainAfterwards() {
    RunningApp first = Loomsocket.app().add(watched).port(0).start();
    RawClient.webSocket(first.port(), "/watched").close();
    try (RawClient client = RawClient.connect(first.port())) {
      client.get("/");
    }
    first.close();
    try (RunningApp second = Loomsocket.app().port(first.port()).start();
        RawClient client = RawClient.connect(second.port())) {
      assertEquals(200, client.get("/").status());
    }
  }

  @Test
  void closingTwiceAndAtTheSameTimeIsClosingOnce() throws Exception {
    RunningApp app = Loomsocket.app().port(0).start();
    CompletableFuture<Void> one = close(app);
    CompletableFuture<Void> two = close(app);
    await(one);
    await(two);
    app.close();
    app.await();
  }

  @Test
  void anInterruptedThreadClosesWithoutWaiting() throws Exception {
    RunningApp app = Loomsocket.app().add(watched).port(0).start();
    try (RawClient client = RawClient.webSocket(app.port(), "/watched")) {
      client.send(text("ignore everything"));
      assertTrue(watched.entered.await(20, TimeUnit.SECONDS));
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Thread thread =
          new Thread(() -> {
            Thread.currentThread().interrupt();
            app.close();
            interrupted.complete(Thread.currentThread().isInterrupted());
          });
      thread.start();
      assertTrue(interrupted.get(20, TimeUnit.SECONDS));
      assertFalse(watched.released.await(0, TimeUnit.SECONDS));
      assertEquals(1001, client.frame().closeCode());
      app.await();
    }
    watched.released.countDown();
  }
}
