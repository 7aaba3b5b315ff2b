package dev.loomsocket.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.Eventually;
import dev.loomsocket.http.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The HTTP side of a connection against the clock. */
class HttpLoopTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String POST = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n";

  private ServedInMemory served;

  @BeforeEach
  void serve() throws IOException {
    served = new ServedInMemory(request -> Response.text("(" + request.text() + ")")).run();
    served.peer.awaitIdle();
  }

  @AfterEach
  void end() {
    served.close();
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private void assertAnswered(int times) {
    assertEquals(times, served.received().split("HTTP/1.1 200 ", -1).length - 1);
  }

  @Test
  void aHeadThatDoesNotEndIs408() {
    served.send("GET / HTTP/1.1\r\n").after(seconds(9));
    assertEquals("", served.received());
    served.peer.advance(seconds(2));
    String answer = served.allReceived();
    assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
    assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
  }

  @Test
  void aHeadThatComesDropByDropIs408Too() {
    for (String drop : "GET / HTTP".split("")) {
      served.send(drop).peer.advance(seconds(3));
    }
    assertTrue(served.allReceived().startsWith("HTTP/1.1 408 "));
  }

  @Test
  void theTimeOfAHeadStartsWithItsFirstByte() {
    served.after(seconds(50)).send("GET / HTTP/1.1\r\n").after(seconds(9)).send("Host: x\r\n\r\n");
    assertAnswered(1);
    served.after(seconds(50)).send("GET / HTTP/1.1\r\n").after(seconds(9)).send("Host: x\r\n\r\n");
    assertAnswered(2);
  }

  @Test
  void aHeadThatHasBegunBehindAnotherRequestHasItsTimeToo() {
    served.send(GET + "GET / HTTP/1.1\r\n").after(seconds(9)).send("Host: x\r\n\r\n");
    assertAnswered(2);
    served.send(GET + "GET / HTTP/1.1\r\n").peer.advance(seconds(11));
    assertTrue(served.allReceived().contains("HTTP/1.1 408 "));
    assertAnswered(3);
  }

  @Test
  void aConnectionThatIsIdleForTooLongEndsWithoutAWord() {
    served.after(seconds(59)).send(GET);
    int answered = served.received().length();
    served.after(seconds(59)).peer.advance(seconds(2));
    assertEquals(answered, served.allReceived().length());
  }

  @Test
  void aBodyThatStopsComingIs408() {
    served.send(POST + "he").after(seconds(9)).send("ll");
    assertEquals("", served.received());
    served.peer.awaitIdle();
    served.peer.advance(seconds(2)); // bytes that came buy a thousandth of a second each
    assertTrue(served.allReceived().startsWith("HTTP/1.1 408 "));
  }

  @Test
  void aLargeBodyHasTimeForAKilobyteASecond() {
    served.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 61440\r\n\r\n");
    for (int i = 0; i < 6; i++) {
      served.send("x".repeat(10_240)).after(seconds(9));
    }
    assertTrue(served.received().startsWith("HTTP/1.1 "), served.received());
    assertFalse(served.received().startsWith("HTTP/1.1 408 "), served.received());
  }

  @Test
  void aClientThatLeavesWithinARequestGetsNoAnswer() {
    served.send(POST + "he").peer.end();
    served.peer.awaitClosed();
    assertEquals("", served.received());
  }

  @Test
  void aClientThatTakesNothingIsGivenUp() {
    served.peer.take(10);
    served.peer.send(GET.getBytes(US_ASCII));
    Eventually.holds(
        "it is closed",
        () -> {
          served.peer.advance(seconds(11)); // again and again: when it starts to wait, nobody tells
          return !served.peer.isOpen();
        });
    assertEquals("HTTP/1.1 2", served.received());
  }

  @Test
  void aStoppingServerForgetsAHeadThatHasNotEnded() {
    served.send(GET + "GET / HTTP/1.1\r\n");
    served.server.close();
    served.connection.stop();
    served.allReceived();
    assertAnswered(1);
  }

  @Test
  void aStoppingServerStillWaitsForABodyAndAnswers() {
    served.send(POST + "he");
    served.server.close();
    served.connection.stop();
    served.peer.awaitIdle();
    served.send("llo" + GET);
    String answer = served.allReceived();
    assertTrue(answer.endsWith("(hello)"), answer);
    assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
  }

  @Test
  void aStoppingServerDoesNotWaitForABodyThatStopsComing() {
    served.send(POST + "he");
    served.server.close();
    served.connection.stop();
    served.after(seconds(9));
    assertEquals("", served.received());
    served.peer.advance(seconds(2));
    assertTrue(served.allReceived().startsWith("HTTP/1.1 408 "));
  }

  @Test
  void aStoppingServerAnswersWhatItIsHandlingAndNothingBehindIt() throws Exception {
    BlockingQueue<String> entered = new LinkedBlockingQueue<>();
    BlockingQueue<String> go = new LinkedBlockingQueue<>();
    try (ServedInMemory slow =
        new ServedInMemory(
                request -> {
                  entered.add("entered");
                  return Response.text(go.take());
                })
            .run()) {
      slow.peer.send((GET + GET).getBytes(US_ASCII));
      entered.take();
      slow.server.close();
      slow.connection.stop();
      go.add("answered");
      assertTrue(slow.allReceived().endsWith("answered"));
    }
  }
}
