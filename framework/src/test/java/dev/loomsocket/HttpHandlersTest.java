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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What handlers get of requests, and what becomes of what they return or throw, over a loopback
 * socket.
 */
class HttpHandlersTest {
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
            .get("/hello", request -> Response.text("hello"))
            .get("/visits", HttpHandlersTest::visits)
            .get("/line", request -> Response.json(new Line("Ann", "hi")))
            .get("/old", request -> Response.redirect("/hello"))
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
            .get("/nothing", HttpHandlersTest::nothing)
            .get("/unknowable", request -> Response.json(new Endless()))
            .post("/greet", request -> Response.text("Hello " + request.form("name").orElse("?")))
            .post("/echo", request -> Response.bytes("application/octet-stream", request.body()))
            .post(
                "/echo-stream",
                request ->
                    Response.stream("text/plain", out -> request.bodyStream().transferTo(out)))
            .post(
                "/late-stream",
                request ->
                    Response.stream(
                        "text/plain",
                        out -> {
                          out.write(ascii("first"));
                          out.flush();
                          request.bodyStream().transferTo(out);
                        }))
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
  void aStreamThatReadsTheBodyTellsTheClientToContinue() {
    String[] lines = {"Host: localhost", "Content-Length: 5", "Expect: 100-continue"};
    try (RawClient client = connect()) {
      client.send(request("POST /echo-stream HTTP/1.1", lines[0], lines[1], lines[2]));
      assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.head());
      String head = client.send(ascii("hello")).head();
      assertTrue(head.contains("\r\nConnection: close\r\n"), head);
      assertEquals("5\r\nhello\r\n0\r\n\r\n", client.rest());
    }
    try (RawClient client = connect(); // behind the head nobody can be told any more
        Warnings warnings = Warnings.take()) {
      client.send(request("POST /late-stream HTTP/1.1", lines[0], lines[1], lines[2]));
      assertTrue(client.head().startsWith("HTTP/1.1 200 "));
      assertEquals("5\r\nfirst\r\n", client.rest());
      assertEquals(1, warnings.messages().size());
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
}
