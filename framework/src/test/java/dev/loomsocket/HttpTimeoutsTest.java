package dev.loomsocket;

import static dev.loomsocket.RawClient.ascii;
import static dev.loomsocket.RawClient.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.Response;
import org.junit.jupiter.api.Test;

/**
 * Clients that take too long, over a real socket; the exact times are tested with a clock that is
 * set by hand.
 */
class HttpTimeoutsTest {

  private static RunningApp start(String setting) {
    return Loomsocket.app(setting)
        .post("/echo", request -> Response.text(request.text()))
        .port(0)
        .start();
  }

  @Test
  void aHeadThatDoesNotEndIs408() {
    try (RunningApp app = start("--head-timeout=100ms");
        RawClient client = RawClient.connect(app.port())) {
      HttpAnswer answer = client.send(ascii("POST /echo HTTP/1.1\r\nHost: x\r\n")).answer();
      assertEquals(408, answer.status());
      assertEquals("close", answer.header("Connection"));
      assertEquals("", client.rest());
    }
  }

  @Test
  void aBodyThatStopsComingIs408() {
    try (RunningApp app = start("--head-timeout=100ms");
        RawClient client = RawClient.connect(app.port())) {
      client.send(request("POST /echo HTTP/1.1", "Host: x", "Content-Length: 5"), ascii("he"));
      assertEquals(408, client.answer().status());
      assertEquals("", client.rest());
    }
  }

  @Test
  void anIdleConnectionEnds() {
    try (RunningApp app = start("--keep-alive=100ms");
        RawClient client = RawClient.connect(app.port())) {
      assertEquals(404, client.get("/nothing").status());
      assertTrue(client.isEnded());
    }
  }

  @Test
  void aClientThatDoesNotCloseIsNotWaitedFor() {
    try (RunningApp app = start("--close-timeout=100ms");
        RawClient client = RawClient.connect(app.port())) {
      assertEquals(400, client.send(ascii("nonsense\r\n")).answer().status());
      assertTrue(client.isEnded());
      Eventually.holds("no connection is left", () -> app.connections() == 0);
    }
  }
}
