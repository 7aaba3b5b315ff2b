package dev.loomsocket;

import static dev.loomsocket.RawClient.ascii;
import static dev.loomsocket.RawClient.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.Response;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests over a loopback socket and what comes back, byte by byte where it matters. */
class HttpConversationTest {
  private static final BlockingQueue<String> GO = new ArrayBlockingQueue<>(1);
  private static RunningApp app;

  @BeforeAll
  static void start() {
    app =
        Loomsocket.app()
            .get("/hello", request -> Response.text("Grüße"))
            .get("/items/{id}", request -> Response.text(request.pathParam("id")))
            .get("/search", request -> Response.text(request.queryParam("q").orElse("nothing")))
            .get("/slow", request -> Response.text(GO.take()))
            .post("/echo", request -> Response.bytes("application/octet-stream", request.body()))
            .port(0)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  private static RawClient connect() {
    return RawClient.connect(app.port());
  }

  @Test
  void aGetIsAnswered() {
    try (RawClient client = connect()) {
      HttpAnswer answer = client.get("/hello");
      assertTrue(answer.head().startsWith("HTTP/1.1 200 OK\r\n"), answer.head());
      assertEquals("text/plain; charset=utf-8", answer.header("Content-Type"));
      assertEquals("7", answer.header("Content-Length"));
      assertEquals("nosniff", answer.header("X-Content-Type-Options"));
      assertTrue(answer.header("Date").endsWith(" GMT"), answer.head());
      assertEquals("Grüße", answer.text());
    }
  }

  @Test
  void aConnectionServesManyRequests() {
    try (RawClient client = connect()) {
      for (int i = 0; i < 50; i++) {
        assertEquals("item " + i, client.get("/items/item%20" + i).text());
      }
    }
  }

  @Test
  void aRequestMayComeByteByByte() {
    try (RawClient client = connect()) {
      client.dribble(request("GET /search?q=a%2Bb+c HTTP/1.1", "Host: localhost"));
      assertEquals("a+b c", client.answer().text());
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() {
    try (RawClient client = connect()) {
      ByteArrayOutputStream requests = new ByteArrayOutputStream();
      for (int i = 0; i < 500; i++) {
        requests.writeBytes(request("GET /items/" + i + " HTTP/1.1", "Host: localhost"));
        requests.writeBytes(request("POST /echo HTTP/1.1", "Host: localhost", "Content-Length: 4"));
        requests.writeBytes(ascii("%04d".formatted(i)));
      }
      client.send(requests.toByteArray());
      for (int i = 0; i < 500; i++) {
        assertEquals(Integer.toString(i), client.answer().text());
        assertEquals("%04d".formatted(i), client.answer().text());
      }
    }
  }

  @Test
  void anAnswerDoesNotWaitForTheHandlerOfTheNextRequest() {
    try (RawClient client = connect()) {
      client.send(
          request("GET /hello HTTP/1.1", "Host: localhost"),
          request("GET /slow HTTP/1.1", "Host: localhost"));
      assertEquals("Grüße", client.answer().text());
      GO.add("at last");
      assertEquals("at last", client.answer().text());
    }
  }

  @Test
  void headIsAnsweredLikeGetWithoutTheBody() {
    try (RawClient client = connect()) {
      String head = client.send(request("HEAD /hello HTTP/1.1", "Host: localhost")).head();
      assertTrue(head.startsWith("HTTP/1.1 200 OK\r\n"), head);
      assertTrue(head.contains("\r\nContent-Length: 7\r\n"), head);
      assertEquals("Grüße", client.get("/hello").text());
    }
  }

  @Test
  void anUnknownPathIs404AndTheConnectionStays() {
    try (RawClient client = connect()) {
      assertEquals(404, client.get("/nowhere").status());
      assertEquals(200, client.get("/hello").status());
    }
  }

  @Test
  void anotherMethodIs405AndTellsWhichThereAre() {
    try (RawClient client = connect()) {
      HttpAnswer answer =
          client.send(request("DELETE /hello HTTP/1.1", "Host: localhost")).answer();
      assertEquals(405, answer.status());
      assertEquals("GET, HEAD, OPTIONS", answer.header("Allow"));
      assertEquals("POST, OPTIONS", client.get("/echo").header("Allow"));
    }
  }

  @Test
  void theLastRequestIsTheOneThatSaysSo() {
    try (RawClient client = connect()) {
      client.send(
          request("GET /hello HTTP/1.1", "Host: localhost", "Connection: close"),
          request("GET /hello HTTP/1.1", "Host: localhost"));
      assertEquals("close", client.answer().header("Connection"));
      assertEquals("", client.rest());
    }
  }

  @Test
  void http10EndsTheConnectionUnlessItSaysOtherwise() {
    try (RawClient client = connect()) {
      HttpAnswer kept =
          client.send(request("GET /hello HTTP/1.0", "Connection: Keep-Alive")).answer();
      assertEquals("keep-alive", kept.header("Connection"));
      HttpAnswer last = client.send(request("GET /hello HTTP/1.0")).answer();
      assertEquals("Grüße", last.text());
      assertEquals("close", last.header("Connection"));
      assertTrue(client.isEnded());
    }
  }

  @Test
  void aHalfClosedClientStillGetsItsAnswer() {
    try (RawClient client = connect()) {
      client.send(request("GET /hello HTTP/1.1", "Host: localhost")).halfClose();
      assertEquals("Grüße", client.answer().text());
      assertTrue(client.isEnded());
    }
  }

  @Test
  void anUpgradeToSomethingElseIsIgnored() {
    try (RawClient client = connect()) {
      client.send(
          request("GET /hello HTTP/1.1", "Host: localhost", "Connection: Upgrade", "Upgrade: h2c"));
      assertEquals(200, client.answer().status());
    }
  }
}
