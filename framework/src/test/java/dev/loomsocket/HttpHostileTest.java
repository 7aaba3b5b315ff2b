package dev.loomsocket;

import static dev.loomsocket.RawClient.ascii;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.loomsocket.http.Cors;
import dev.loomsocket.http.Response;
import dev.loomsocket.http.StaticFiles;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests that are well-formed and mean no good: each gets its status, nothing of the secret, and
 * leaves the server as it was. What is not even well-formed is in {@link HttpRefusalsTest}.
 */
class HttpHostileTest {
  private static final String SECRET = "the secret of the house";
  private static RunningApp app;

  /** Something to shake hands with. */
  @WebSocketEndpoint("/talk")
  static class Talk {
    @OnMessage
    String echo(String text) {
      return text;
    }
  }

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    Path root = Files.createDirectories(directory.resolve("root/sub"));
    Files.writeString(directory.resolve("secret.txt"), SECRET);
    Files.writeString(directory.resolve("root/.env"), SECRET);
    Files.createDirectory(directory.resolve("root/.git"));
    Files.writeString(directory.resolve("root/.git/config"), SECRET);
    Files.writeString(directory.resolve("root/page.html"), "<p>harmless");
    Files.createSymbolicLink(root.resolve("out"), directory.resolve("secret.txt"));
    Files.createSymbolicLink(root.resolve("up"), directory);
    app =
        Loomsocket.app()
            .endpoint(Talk.class)
            .files(StaticFiles.fromDirectory(directory.resolve("root")).under("/f"))
            .before("/api/{rest*}", Cors.of("https://app.example.com"))
            .before("/admin/{rest*}", (r, next) -> Response.text("no").withStatus(401))
            .get("/admin/secret", request -> Response.text(SECRET))
            .get("/item/{id}", request -> Response.text(request.pathParam("id")))
            .get("/rest/{rest*}", request -> Response.text(request.pathParam("rest")))
            .get("/query", request -> Response.text("" + request.queryParams().size()))
            .post("/form", request -> Response.text("" + request.form().size()))
            .post("/parts", request -> Response.text("" + request.parts().size()))
            .post("/json", request -> Response.text("" + request.json(int[].class).length))
            .post("/text", request -> Response.text(request.text()))
            .get(
                "/echo", request -> Response.status(204).header("X", request.queryParam("x").get()))
            .port(0)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          404 | GET /f/../secret.txt                          | dots
          404 | GET /f/%2e%2e/secret.txt                      | escaped dots
          404 | GET /f/.%2E/secret.txt                        | half escaped dots
          404 | GET /f/..%2fsecret.txt                        | an escaped slash
          404 | GET /f/..%5csecret.txt                        | an escaped backslash
          404 | GET /f/%252e%252e/secret.txt                  | escaped twice
          404 | GET /f/%c0%ae%c0%ae/secret.txt                | overlong dots
          404 | GET /f/%uff0e%uff0e/secret.txt                | no escape of HTTP
          404 | GET /f/sub/../../secret.txt                   | deeper dots
          404 | GET /f//secret.txt                            | two slashes
          404 | GET /f/%2fetc/passwd                          | an absolute path
          404 | GET /f/sub/out                                | a link that leads out
          404 | GET /f/sub/up/secret.txt                      | a directory that leads out
          200 | GET /f/sub/up/root/page.html                  | out and in again, to what is published
          404 | GET /f/.env                                   | a hidden file
          404 | GET /f/%2eenv                                 | a hidden file, escaped
          404 | GET /f/.git/config                            | a hidden directory
          404 | GET /f/page.html%00.png                       | a NUL
          404 | GET /f/page.html%0a                           | a line feed
          404 | GET /f/page.html/                             | a file as a directory
          404 | GET /f/page.html/x                            | a file as a directory
          404 | GET /f/page.html%20                           | a space at the end
          404 | GET /f/page.html::$DATA                       | a stream of another system
          404 | GET /f/PAGE.HTML                              | other letters
          404 | GET /f                                        | no index
          405 | PUT /f/page.html                              | writing
          405 | DELETE /f/page.html                           | deleting
          405 | POST /f/page.html                             | posting
          200 | GET /f/page.html~Range: bytes=0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0,0-0 | too many parts
          200 | GET /f/page.html~Range: bytes=0-99999999999999999999 | a number too large
          416 | GET /f/page.html~Range: bytes=999999999999999-| behind the end
          200 | GET /f/page.html~If-None-Match: %%%%          | no tag
          200 | GET /f/page.html~If-Modified-Since: yesterday | no date
          200 | GET /f/page.html~Accept-Encoding: gzip;q=NaN,,;;,*;q=-1 | no weights
          401 | GET /admin/secret                             | a guard
          401 | GET /%61dmin/secret                           | a guard, escaped
          401 | GET http://localhost/admin/secret             | a guard, in full
          401 | GET /admin/secret?x=/f/page.html              | a guard and a query
          404 | GET //admin/secret                            | around the guard
          404 | GET /./admin/secret                           | around the guard
          404 | GET /f/../admin/secret                        | around the guard
          404 | GET /ADMIN/secret                             | around the guard
          401 | GET /admin//secret                            | beside the page
          404 | GET /item/..%2f..%2fetc                       | climbing in a value
          404 | GET /item/%ff                                 | no UTF-8
          404 | GET /item/a%00b                               | a NUL in a value
          404 | GET /rest/a/../../b                           | climbing in a rest
          400 | GET /query?%zz                                | a broken escape
          400 | GET /query?a=%ff                              | no UTF-8
          500 | GET /echo?x=a%0d%0aSet-Cookie:%20b=c          | a line in a header
          403 | OPTIONS /api/x~Origin: https://evil.example~Access-Control-Request-Method: PUT | a stranger
          204 | OPTIONS *                                     | the server as a whole
          413 | POST /text~Content-Length: 99999999           | too much
          413 | POST /text~Content-Length: 999999999999999999 | far too much
          400 | POST /form~Content-Type: application/x-www-form-urlencoded~Content-Length: 3~~%zz | a broken form
          400 | POST /text~Content-Length: 2~~\u00ff\u00fe    | no UTF-8
          415 | POST /parts~Content-Length: 1~~x              | no multipart form
          400 | POST /parts~Content-Type: multipart/form-data~Content-Length: 1~~x | no boundary
          400 | POST /parts~Content-Type: multipart/form-data; boundary=x~Content-Length: 1~~x | no part
          400 | POST /parts~Content-Type: multipart/form-data; boundary=x~Content-Length: 13~~--x~~~~-- | no name
          415 | POST /json~Content-Length: 2~~[]              | a form of another site could send it
          400 | POST /json~Content-Type: application/json~Content-Length: 2~~[[ | no JSON
          426 | GET /talk                                     | no handshake
          405 | POST /talk                                    | no handshake
          400 | GET /talk~Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Version: 13 | no key
          400 | GET /talk~Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Version: 13~Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==~Content-Length: 1~~x | a body
          426 | GET /talk~Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Version: 12~Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | an old version
          403 | GET /talk~Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Version: 13~Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==~Origin: http://evil.example | another origin
          403 | GET /talk~Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Version: 13~Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==~Origin: null | no origin
          """)
  void eachGetsItsStatusAndNothingOfTheSecret(int status, String request, String what) {
    String text = request.strip();
    int body = text.indexOf("~~");
    String head = body < 0 ? text : text.substring(0, body);
    int end = head.indexOf('~');
    String first = end < 0 ? head : head.substring(0, end);
    String fields = end < 0 ? "" : head.substring(end).replace("~", "\r\n");
    String content = body < 0 ? "" : text.substring(body + 2).replace("~", "\r\n");
    try (Warnings warnings = Warnings.take();
        RawClient client = RawClient.connect(app.port())) {
      client.send(ascii(first + " HTTP/1.1\r\nHost: localhost" + fields + "\r\n\r\n" + content));
      HttpAnswer answer = client.answer();
      assertEquals(status, answer.status(), what + ": " + answer.text());
      assertFalse((answer.head() + answer.text()).contains(SECRET), what);
      assertEquals("", answer.header("Set-Cookie"), what);
      assertEquals(status == 500 ? 1 : 0, warnings.messages().size(), what);
      boolean ended = answer.headers("Connection").equals(List.of("close"));
      assertEquals(ended ? "" : "<p>harmless", ended ? "" : client.get("/f/page.html").text());
    }
  }
}
