package dev.loomsocket;

import static dev.loomsocket.RawClient.ascii;
import static dev.loomsocket.RawClient.request;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.Cookie;
import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.Request;
import dev.loomsocket.http.Response;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests over a loopback socket and what comes back, byte by byte where it matters. */
class HttpConversationTest {
  private static final BlockingQueue<String> GO = new ArrayBlockingQueue<>(1);
  private static RunningApp app;

  /** What JSON is made of here. */
  record Line(String user, String text) {}

  /** What has no JSON form. */
  static final class Endless {
    public final Endless self = this;
  }

  @BeforeAll
  static void start() {
    app =
        Loomsocket.app()
            .get("/hello", request -> Response.text("Grüße"))
            .get("/items/{id}", request -> Response.text(request.pathParam("id")))
            .get("/search", request -> Response.text(request.queryParam("q").orElse("nothing")))
            .get("/visits", HttpConversationTest::visits)
            .get("/line", request -> Response.json(new Line("Ann", "hi")))
            .get("/old", request -> Response.redirect("/hello"))
            .get("/slow", request -> Response.text(GO.take()))
            .get(
                "/teapot",
                request -> {
                  throw new HttpException(418, "short and stout");
                })
            .get(
                "/broken",
                request -> {
                  throw new IllegalStateException("the secret of the house");
                })
            .get(
                "/error",
                request -> {
                  throw new AssertionError("the secret of the house");
                })
            .get("/nothing", HttpConversationTest::nothing)
            .get("/unknowable", request -> Response.json(new Endless()))
            .post("/greet", request -> Response.text("Hello " + request.form("name").orElse("?")))
            .post("/echo", request -> Response.bytes("application/octet-stream", request.body()))
            .port(0)
            .start();
  }

  @SuppressWarnings("NullAway") // what a careless handler does
  private static Response nothing(Request request) {
    return null;
  }

  private static Response visits(Request request) {
    int visits = request.cookie("visits").map(Integer::parseInt).orElse(0) + 1;
    return Response.text("visit " + visits)
        .cookie(Cookie.of("visits", Integer.toString(visits)))
        .cookie(Cookie.of("seen", "yes"));
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
      assertEquals("POST, OPTIONS", client.get("/greet").header("Allow"));
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
  void aChunkedBodyIsPutTogether() {
    try (RawClient client = connect()) {
      client.send(
          request("POST /echo HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked"),
          ascii("5\r\nhello\r\n"),
          ascii("7;note=x\r\n, world\r\n0\r\nTrailer: y\r\n\r\n"));
      assertEquals("hello, world", client.answer().text());
      assertEquals(200, client.get("/hello").status());
    }
  }

  @Test
  void aBodyOfAMebibyteArrivesAsItWas() {
    byte[] body = new byte[1 << 20];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (i * 31);
    }
    try (RawClient client = connect()) {
      client.send(
          request("POST /echo HTTP/1.1", "Host: localhost", "Content-Length: " + body.length),
          body);
      assertArrayEquals(body, client.answer().body());
    }
  }

  @Test
  void aClientThatAsksFirstIsToldToContinue() {
    try (RawClient client = connect()) {
      client.send(
          request(
              "POST /echo HTTP/1.1",
              "Host: localhost",
              "Content-Length: 5",
              "Expect: 100-continue"));
      assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.head());
      assertEquals("hello", client.send(ascii("hello")).answer().text());
    }
  }

  @Test
  void aBodyThatIsThereAlreadyNeedsNoContinue() {
    try (RawClient client = connect()) {
      client.send(
          request(
              "POST /echo HTTP/1.1",
              "Host: localhost",
              "Content-Length: 5",
              "Expect: 100-continue"),
          ascii("hello"));
      assertEquals(200, client.answer().status());
    }
  }

  @Test
  void formsAreRead() {
    String form = "name=Ann+%26+Bob&x=%E2%82%AC";
    try (RawClient client = connect()) {
      client.send(
          request(
              "POST /greet HTTP/1.1",
              "Host: localhost",
              "Content-Type: application/x-www-form-urlencoded; charset=utf-8",
              "Content-Length: " + form.length()),
          ascii(form));
      assertEquals("Hello Ann & Bob", client.answer().text());
    }
  }

  @Test
  void cookiesAreSetAndRead() {
    try (RawClient client = connect()) {
      HttpAnswer first = client.get("/visits");
      assertEquals("visit 1", first.text());
      assertEquals(
          List.of(
              "visits=1; Path=/; HttpOnly; SameSite=Lax",
              "seen=yes; Path=/; HttpOnly; SameSite=Lax"),
          first.headers("Set-Cookie"));
      client.send(
          request("GET /visits HTTP/1.1", "Host: localhost", "Cookie: seen=yes; visits=41"));
      assertEquals("visit 42", client.answer().text());
    }
  }

  @Test
  void jsonAndRedirectsAreAnswered() {
    try (RawClient client = connect()) {
      HttpAnswer json = client.get("/line");
      assertEquals("application/json", json.header("Content-Type"));
      assertEquals("{\"user\":\"Ann\",\"text\":\"hi\"}", json.text());
      HttpAnswer redirect = client.get("/old");
      assertEquals(303, redirect.status());
      assertEquals("/hello", redirect.header("Location"));
    }
  }

  @Test
  void aHandlersHttpExceptionIsItsAnswer() {
    try (RawClient client = connect()) {
      HttpAnswer answer = client.get("/teapot");
      assertEquals(418, answer.status());
      assertEquals("short and stout\n", answer.text());
      assertEquals(200, client.get("/hello").status());
    }
  }

  @ParameterizedTest
  @CsvSource({"/broken", "/error", "/nothing", "/unknowable"})
  void aHandlerThatFailsIs500WithoutDetailAndOneWarning(String path) {
    try (Warnings warnings = Warnings.take();
        RawClient client = connect()) {
      HttpAnswer answer = client.get(path);
      assertEquals(500, answer.status());
      assertEquals("internal server error\n", answer.text());
      assertFalse(answer.head().contains("secret"), answer.head());
      assertEquals(1, warnings.messages().size());
      assertEquals(200, client.get("/hello").status());
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
