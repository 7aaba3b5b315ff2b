package dev.loomsocket.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.Eventually;
import dev.loomsocket.Warnings;
import dev.loomsocket.http.Events;
import dev.loomsocket.http.EventsWriter;
import dev.loomsocket.http.Response;
import dev.loomsocket.wire.MemoryBudget;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventStreamTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

  private final BlockingQueue<String> go = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<Events> streams = new LinkedBlockingQueue<>();
  private ServedInMemory served;

  private void serve(EventsWriter writer) throws IOException {
    served = new ServedInMemory(request -> Response.events(writer)).run();
    served.peer.awaitIdle();
  }

  @AfterEach
  void end() {
    if (served != null) {
      served.close();
    }
  }

  private void awaitText(String text) {
    served.peer.awaitReceived(bytes -> new String(bytes, ISO_8859_1).contains(text));
  }

  /** Waits for others to send, and tells when that is over. */
  private void waitForOthers(Events events) throws InterruptedException {
    streams.add(events);
    events.await();
    told.add("over");
  }

  @ParameterizedTest
  @CsvSource({
    "hello,            data: hello|",
    "'',               data: |",
    "'a|b',            data: a|data: b|",
    "'a~|b~',          data: a|data: b|data: |",
    "'a||b',           data: a|data: |data: b|",
  })
  void eachLineOfDataHasItsField(String data, String text) {
    String event = data.replace('|', '\n').replace('~', '\r');
    assertEquals(
        text.replace('|', '\n') + "\n",
        new String(EventText.of("", "", event, value -> new byte[0]), UTF_8));
  }

  @Test
  void nameAndIdHaveOneLine() {
    assertEquals(
        "event: tick\nid: 7\ndata: {}\n\n",
        new String(EventText.of("tick", "7", 7, value -> "{}".getBytes(UTF_8)), UTF_8));
    for (String bad : new String[] {"a\nb", "a\rb", "\0"}) {
      assertThrows(
          IllegalArgumentException.class, () -> EventText.of(bad, "", "x", v -> new byte[0]));
      assertThrows(
          IllegalArgumentException.class, () -> EventText.of("", bad, "x", v -> new byte[0]));
    }
  }

  @Test
  void eventsGoOutAsTheyAreSent() throws Exception {
    serve(events -> {
      events.send("hello");
      go.take();
      events.send("tick", List.of(1));
    });
    served.peer.send(GET.getBytes(ISO_8859_1));
    awaitText("data: hello\n\n\r\n");
    assertTrue(served.received().contains("\r\nContent-Type: text/event-stream\r\n"));
    assertTrue(served.received().contains("\r\nCache-Control: no-store\r\n"));
    go.add("go");
    awaitText("event: tick\ndata: [1]\n\n\r\n0\r\n\r\n");
    assertTrue(served.allReceived().contains("\r\nConnection: close\r\n"));
  }

  @Test
  void inSilenceThereIsAComment() throws Exception {
    serve(this::waitForOthers);
    served.peer.send(GET.getBytes(ISO_8859_1));
    streams.take();
    served.peer.awaitIdle();
    served.after(Duration.ofSeconds(14));
    assertFalse(served.received().endsWith("3\r\n:\n\n\r\n"), served.received());
    served.peer.advance(Duration.ofSeconds(2));
    awaitText("3\r\n:\n\n\r\n");
  }

  @Test
  void whileSomebodySendsToASlowClientNobodySpins() throws Exception {
    serve(events -> {
      go.take();
      events.send("x".repeat(100_000));
      told.add("sent");
    });
    served.peer.send(GET.getBytes(ISO_8859_1));
    awaitText("text/event-stream");
    served.after(Duration.ofSeconds(9));
    served.peer.take(0);
    go.add("go");
    served.peer.awaitStalled();
    served.after(Duration.ofSeconds(7)); // 16 s since the last byte
    int waits = served.peer.waits();
    served.after(Duration.ofSeconds(2));
    assertEquals(waits, served.peer.waits());
    served.peer.take(Long.MAX_VALUE);
    assertEquals("sent", told.take());
    assertTrue(served.allReceived().endsWith("0\r\n\r\n"));
  }

  @Test
  void theEndWaitsForWhoIsStillSending() throws Exception {
    serve(events -> {
      streams.add(events);
      go.take();
    });
    served.peer.send(GET.getBytes(ISO_8859_1));
    Events events = streams.take();
    awaitText("text/event-stream");
    served.peer.take(0);
    Thread other =
        Thread.startVirtualThread(() -> {
          try {
            events.send("x".repeat(100_000));
            told.add("sent");
          } catch (IOException e) {
            told.add("refused");
          }
        });
    served.peer.awaitStalled();
    go.add("go");
    served.peer.take(Long.MAX_VALUE);
    other.join();
    assertEquals("sent", told.take());
    String received = served.allReceived();
    assertTrue(received.contains("x".repeat(100_000)));
    assertEquals(received.indexOf("\r\n0\r\n\r\n"), received.length() - 7);
  }

  @Test
  void othersMayOfferEvents() throws Exception {
    serve(this::waitForOthers);
    served.peer.send(GET.getBytes(ISO_8859_1));
    Events events = streams.take();
    for (int i = 0; i < 1000; i++) {
      assertTrue(events.offer("event " + i));
    }
    awaitText("data: event 999\n");
    int first = served.received().indexOf("data: event 0\n");
    assertTrue(first > 0 && first < served.received().indexOf("data: event 1\n"));
  }

  @Test
  void whatWaitsCountsForAllStreamsTogether() throws Exception {
    serve(this::waitForOthers);
    served.peer.send(GET.getBytes(ISO_8859_1));
    Events events = streams.take();
    awaitText("text/event-stream");
    served.peer.take(0);
    assertTrue(events.offer("x".repeat(100_000)));
    assertTrue(events.offer("x".repeat(100_000))); // the first one may be on its way
    assertTrue(served.outgoing().taken() > 100_000);
    MemoryBudget outgoing = served.outgoing();
    outgoing.take(Runtime.getRuntime().maxMemory()); // others hold it
    assertFalse(events.offer("small"));
    assertFalse(events.isOpen());
    outgoing.giveBack(Runtime.getRuntime().maxMemory());
    served.peer.reset();
    assertEquals("over", told.take());
    served.peer.awaitClosed();
    Eventually.holds("nothing is held any more", () -> outgoing.taken() == 0);
  }

  @Test
  void theStreamEndsWithTheClient() throws Exception {
    serve(this::waitForOthers);
    served.peer.send(GET.getBytes(ISO_8859_1));
    Events events = streams.take();
    served.peer.end();
    assertEquals("over", told.take());
    assertFalse(events.isOpen());
    assertFalse(events.offer("x"));
    assertThrows(IOException.class, () -> events.send("x"));
    served.peer.awaitClosed();
  }

  @Test
  void aWriterThatWaitsForSomethingElseIsInterruptedThen() throws Exception {
    serve(events -> {
      events.send("hello");
      try {
        go.take();
      } catch (InterruptedException e) {
        told.add("interrupted");
      }
    });
    try (Warnings warnings = Warnings.take()) {
      served.peer.send(GET.getBytes(ISO_8859_1));
      awaitText("hello");
      served.peer.end();
      assertEquals("interrupted", told.take());
      served.peer.awaitClosed();
      assertEquals(List.of(), warnings.messages());
    }
  }

  @Test
  void theStreamEndsWithTheServer() throws Exception {
    serve(this::waitForOthers);
    served.peer.send(GET.getBytes(ISO_8859_1));
    streams.take();
    served.peer.awaitIdle();
    served.server.close();
    served.connection.stop();
    assertEquals("over", told.take());
    assertTrue(served.allReceived().endsWith("0\r\n\r\n"), served.received());
  }

  @Test
  void aClientThatIsTooSlowGetsWhatWaitsAndHasToComeBack() throws Exception {
    serve(this::waitForOthers);
    served.peer.send(GET.getBytes(ISO_8859_1));
    Events events = streams.take();
    awaitText("text/event-stream");
    served.peer.awaitIdle();
    served.peer.take(0);
    String large = "x".repeat(100_000);
    int offered = 0;
    while (events.offer(large)) {
      offered++;
    }
    assertTrue(offered < 20, offered + " were taken");
    assertFalse(events.offer("small"));
    assertFalse(events.isOpen());
    served.peer.take(Long.MAX_VALUE);
    assertEquals("over", told.take());
    served.peer.awaitOutputShut();
    assertEquals(offered, served.received().split("data: x", -1).length - 1);
    assertTrue(served.received().endsWith("0\r\n\r\n"));
  }

  @Test
  void aWriterThatFailsIsToldOfAndCutsTheConnection() throws Exception {
    serve(events -> {
      events.send("hello");
      throw new IllegalStateException("the secret of the house");
    });
    try (Warnings warnings = Warnings.take()) {
      served.peer.send(GET.getBytes(ISO_8859_1));
      served.peer.awaitClosed();
      assertFalse(served.received().contains("0\r\n\r\n"), served.received());
      assertEquals(1, warnings.messages().size());
    }
  }

  @Test
  void anOldClientReadsUntilTheEndAndHeadGetsNoEvents() throws Exception {
    serve(events -> events.send("hello"));
    served.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
    assertTrue(served.received().endsWith("\r\n\r\n"), served.received());
    assertFalse(served.received().contains("data:"));
    served.peer.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".getBytes(ISO_8859_1));
    assertTrue(served.allReceived().endsWith("\r\n\r\ndata: hello\n\n"), served.received());
  }
}
