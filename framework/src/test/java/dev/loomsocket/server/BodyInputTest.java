package dev.loomsocket.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.Warnings;
import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.HttpHandler;
import dev.loomsocket.http.Request;
import dev.loomsocket.http.Response;
import dev.loomsocket.wire.MemoryBudget;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies that handlers read while they arrive, or do not read. */
class BodyInputTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String CHUNKED =
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> go = new LinkedBlockingQueue<>();
  private ServedInMemory served;

  private void serve(HttpHandler handler) throws IOException {
    served = new ServedInMemory(handler).run();
    served.peer.awaitIdle();
  }

  @AfterEach
  void end() {
    served.close();
  }

  private static String post(int length, String... headers) {
    return "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: "
        + length
        + "\r\n"
        + String.join("", headers)
        + "\r\n";
  }

  private static Response readAll(Request request) throws IOException {
    byte[] all = request.bodyStream().readAllBytes();
    return Response.text("(" + new String(all, ISO_8859_1) + ")");
  }

  private int answers(int status) {
    return served.received().split("HTTP/1.1 " + status + " ", -1).length - 1;
  }

  @Test
  void bodiesInMemoryCountForAllRequestsTogether() throws Exception {
    serve(request -> Response.text("" + request.body().length));
    MemoryBudget incoming = served.incoming();
    served.send(post(100_000)).send("x".repeat(50_000));
    assertTrue(incoming.taken() >= 50_000, "what is there is held");
    served.send("x".repeat(50_000));
    assertTrue(served.received().endsWith("\r\n\r\n100000"), served.received());
    assertEquals(0, incoming.taken());
    incoming.take(Runtime.getRuntime().maxMemory()); // others hold it
    served.send(post(100_000)).send("x".repeat(10_000));
    assertEquals(1, answers(503));
    assertTrue(served.received().contains("\r\nRetry-After: 5\r\n"), served.received());
    incoming.giveBack(Runtime.getRuntime().maxMemory());
    assertEquals(0, incoming.taken());
  }

  @Test
  void theHandlerStartsWhenTheHeadIsThere() throws Exception {
    serve(request -> {
      events.add("started");
      return readAll(request);
    });
    served.send(post(5));
    assertEquals("started", events.take());
    assertEquals("", served.received());
    served.send("he").send("llo");
    assertTrue(served.received().endsWith("(hello)"), served.received());
    served.send(GET);
    assertEquals(2, answers(200));
  }

  @Test
  void chunksAreReadAsTheyComeAndTrailersAreLeftOut() throws Exception {
    serve(request -> {
      try (InputStream in = request.bodyStream()) {
        byte[] some = new byte[100];
        for (int n; (n = in.read(some)) >= 0; ) {
          events.add(new String(some, 0, n, ISO_8859_1));
        }
        assertEquals(-1, in.read());
      }
      return Response.status(204);
    });
    served.send(CHUNKED + "5\r\nhel");
    assertEquals("hel", events.take());
    served.send("lo\r\n3\r\n, y");
    assertEquals("lo", events.take());
    assertEquals(", y", events.take());
    served.send("\r\n0\r\nContent-Length: 7\r\n\r\n" + GET);
    assertEquals(2, answers(204));
  }

  @Test
  void continueIsSaidWhenTheHandlerReadsAndNotBefore() throws Exception {
    serve(request -> {
      go.take();
      return readAll(request);
    });
    served.peer.send(post(5, "Expect: 100-continue\r\n").getBytes(ISO_8859_1));
    assertEquals("", served.received());
    go.add("go");
    served.peer.awaitReceived("HTTP/1.1 100 Continue\r\n\r\n".length());
    assertEquals("HTTP/1.1 100 Continue\r\n\r\n", served.received());
    served.send("hello");
    assertTrue(served.received().endsWith("(hello)"));
    assertEquals(1, answers(100));
  }

  @Test
  void whoIsNotToldToContinueGetsTheAnswerAndTheEnd() throws Exception {
    serve(request -> {
      throw new HttpException(403, "not you");
    });
    served.peer.send(post(5, "Expect: 100-continue\r\n").getBytes(ISO_8859_1));
    String answer = served.allReceived();
    assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
    assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
  }

  @Test
  void aLittleThatNobodyReadsIsThrownAway() throws Exception {
    serve(request -> Response.text("no, thanks"));
    served.send(post(5) + "hello" + GET);
    assertEquals(2, answers(200));
    served.send(post(60_000));
    assertEquals(3, answers(200)); // before the body has come
    served.send("x".repeat(60_000) + GET);
    assertEquals(4, answers(200));
    served.send(CHUNKED + "5\r\nhello\r\n").send("0\r\n\r\n" + GET);
    assertEquals(6, answers(200));
    assertFalse(served.received().contains("Connection: close"));
  }

  @Test
  void muchThatNobodyReadsEndsTheConnection() throws Exception {
    serve(request -> Response.text("no, thanks"));
    served.peer.send((post(70_000) + "x".repeat(70_000) + GET).getBytes(ISO_8859_1));
    assertTrue(served.allReceived().contains("\r\nConnection: close\r\n"));
    assertEquals(1, answers(200));
  }

  @Test
  void manyChunksThatNobodyReadsEndTheConnectionToo() throws Exception {
    serve(request -> Response.text("no, thanks"));
    String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
    served.peer.send((CHUNKED + chunk.repeat(17) + "0\r\n\r\n" + GET).getBytes(ISO_8859_1));
    served.allReceived();
    assertEquals(1, answers(200));
  }

  @Test
  void whatIsNoBodyIsAnsweredAndEndsTheConnectionWhateverTheHandlerMakesOfIt() throws Exception {
    serve(request -> {
      assertThrows(HttpException.class, () -> request.bodyStream().readAllBytes());
      return Response.text("as you like");
    });
    served.peer.send((CHUNKED + "x\r\n" + GET).getBytes(ISO_8859_1));
    String answer = served.allReceived();
    assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
    assertTrue(answer.endsWith("as you like"), answer);
  }

  @Test
  void aHandlerThatFailsBecauseOfTheBodyIsNotToBlame() throws Exception {
    serve(request -> {
      try {
        return readAll(request);
      } catch (HttpException e) {
        throw new IllegalStateException(e);
      }
    });
    try (Warnings warnings = Warnings.take()) {
      served.peer.send((CHUNKED + "x\r\n").getBytes(ISO_8859_1));
      assertTrue(served.allReceived().startsWith("HTTP/1.1 400 "));
      assertEquals(0, warnings.messages().size());
    }
  }

  @Test
  void aClientThatLeavesIsAnExceptionOfTheStreamAndNoWarning() throws Exception {
    serve(request -> {
      try {
        return readAll(request);
      } catch (IOException e) {
        events.add("left");
        throw e;
      }
    });
    try (Warnings warnings = Warnings.take()) {
      served.send(post(5) + "he").peer.end();
      assertEquals("left", events.take());
      served.peer.awaitClosed();
      assertEquals("", served.received());
      assertEquals(0, warnings.messages().size());
    }
  }

  @Test
  void aStreamHasNoLimitUnlessItIsGivenOne() throws Exception {
    serve(request -> {
      long limit = Long.parseLong(request.queryParam("most").orElse("100000000"));
      return Response.text("%d bytes".formatted(request.bodyStream(limit).readAllBytes().length));
    });
    int size = 3 << 20;
    served.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + size + "\r\n\r\n");
    served.send("x".repeat(size));
    assertTrue(served.received().endsWith("3145728 bytes"), served.received());
    served.send("POST /?most=5 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
    assertTrue(served.received().endsWith("5 bytes"), served.received());
    served.peer.send(
        "POST /?most=4 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n".getBytes(ISO_8859_1));
    String answer = served.allReceived();
    assertTrue(answer.endsWith("the body is longer than 4 bytes\n"), answer);
  }

  @Test
  void aHandlerMayTakeItsTimeBetweenTwoReads() throws Exception {
    serve(request -> {
      InputStream in = request.bodyStream();
      events.add("read " + (char) in.read());
      go.take();
      return readAll(request);
    });
    served.peer.send((post(2) + "a").getBytes(ISO_8859_1));
    assertEquals("read a", events.take());
    served.peer.advance(Duration.ofSeconds(100));
    go.add("go");
    served.peer.awaitIdle();
    served.send("b");
    assertTrue(served.received().endsWith("(b)"), served.received());
  }

  @Test
  void whatCameFastDoesNotBuyAnHourOfSilence() throws Exception {
    serve(BodyInputTest::readAll);
    served.send(post(10 << 20)).send("x".repeat(9 << 20)).after(Duration.ofSeconds(59));
    assertEquals("", served.received());
    served.peer.advance(Duration.ofSeconds(2));
    assertTrue(served.allReceived().startsWith("HTTP/1.1 408 "));
  }

  @Test
  void theBodyIsReadOnceInOneWay() throws Exception {
    serve(request -> {
      assertEquals("hello", request.text());
      assertEquals("hello", new String(request.bodyStream().readAllBytes(), ISO_8859_1));
      return Response.status(204);
    });
    served.send(post(5) + "hello");
    assertEquals(1, answers(204));
    served.close();
    serve(request -> {
      InputStream in = request.bodyStream();
      assertEquals(in, request.bodyStream());
      assertThrows(IllegalStateException.class, request::body);
      return Response.status(204);
    });
    served.send(post(5) + "hello");
    assertEquals(1, answers(204));
  }

  @Test
  void afterTheAnswerThereIsNoBody() throws Exception {
    BlockingQueue<InputStream> kept = new LinkedBlockingQueue<>();
    serve(request -> {
      kept.add(request.bodyStream());
      return Response.status(204);
    });
    served.send(post(5) + "hello");
    assertThrows(IOException.class, () -> kept.take().read());
  }

  @Test
  void aResponseMayReadTheBodyWhileItIsWritten() throws Exception {
    serve(request -> Response.stream("text/plain", out -> request.bodyStream().transferTo(out)));
    served.send(CHUNKED + "5\r\nhello\r\n0\r\n\r\n" + GET);
    assertTrue(served.received().contains("\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), served.received());
    assertEquals(2, answers(200));
  }
}
