package dev.loomsocket.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.PathPattern;
import dev.loomsocket.http.Response;
import dev.loomsocket.http.StaticFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
  private static final InetSocketAddress CLIENT = InetSocketAddress.createUnresolved("client", 1);

  private final Router.Builder<String> builder = new Router.Builder<>();
  private Router<String> router;

  @BeforeEach
  void addRoutes(@TempDir Path temp) throws IOException {
    for (String route :
        List.of(
            "GET /",
            "GET /a/{x}",
            "GET /a/b",
            "POST /a/b",
            "PUT /a/{x}",
            "GET /files/{rest*}",
            "GET /{x}/b",
            "DELETE /only",
            "HEAD /head",
            "GET /head",
            "OPTIONS /own",
            "GET /own",
            "GET /page/{x}",
            "POST /form")) {
      String[] parts = route.split(" ");
      builder.handle(parts[0], PathPattern.parse(parts[1]), request -> Response.text(route));
    }
    builder
        .endpoint(PathPattern.parse("/chat/{room}"), "chat")
        .endpoint(PathPattern.parse("/chat/news"), "news");
    builder
        .endpoint(PathPattern.parse("/page/{room}"), "page")
        .endpoint(PathPattern.parse("/{other}"), "other");
    Files.writeString(temp.resolve("app.js"), "let a;");
    Files.writeString(temp.resolve("form"), "a form");
    builder.files(StaticFiles.fromDirectory(temp));
    router = builder.build();
  }

  private Response answer(String method, String rawPath) throws Exception {
    RequestHead head =
        RequestParserTest.parse(method + " " + rawPath + " HTTP/1.1\r\nHost: a\r\n\r\n");
    var route = router.handler(head.method(), head.rawPath());
    ServerRequest request =
        new ServerRequest(
            head, null, route.pathParams(), CLIENT, (text, type) -> text, SessionCookiesTest.ANY);
    return route.target().handle(request);
  }

  private static String text(Response response) {
    return switch (response.entity()) {
      case Response.Body.Bytes body -> new String(body.bytes(), StandardCharsets.UTF_8);
      case Response.Body.FileRange file -> "file " + file.path().getFileName();
      default -> "";
    };
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, GET /",
    "GET, /a/b, GET /a/b",
    "GET, /a/c, GET /a/{x}",
    "GET, /a/%62, GET /a/b",
    "POST, /a/b, POST /a/b",
    "PUT, /a/b, PUT /a/{x}",
    "GET, /c/b, GET /{x}/b",
    "GET, /files/x/y, GET /files/{rest*}",
    "HEAD, /a/b, GET /a/b",
    "HEAD, /head, HEAD /head",
    "OPTIONS, /own, OPTIONS /own",
    "GET, /app.js, file app.js",
    "HEAD, /app.js, file app.js",
    "GET, /form, file form",
    "GET, /page/1, GET /page/{x}",
  })
  void theMostSpecificPatternThatHasTheMethodAnswers(String method, String path, String answer)
      throws Exception {
    Response response = answer(method, path);
    assertEquals(200, response.status());
    assertEquals(answer, text(response));
  }

  @Test
  void handsOverTheValuesOfThePattern() {
    assertEquals(Map.of("x", "c d"), router.handler("GET", "/a/c%20d").pathParams());
    assertEquals(Map.of("rest", "x/y"), router.handler("GET", "/files/x/y").pathParams());
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /, 405, 'GET, HEAD, OPTIONS'",
    "DELETE, /a/b, 405, 'GET, HEAD, POST, PUT, OPTIONS'",
    "POST, /a/c, 405, 'GET, HEAD, PUT, OPTIONS'",
    "PATCH, /head, 405, 'GET, HEAD, OPTIONS'",
    "POST, /app.js, 405, 'GET, HEAD, OPTIONS'",
    "PUT, /form, 405, 'GET, HEAD, POST, OPTIONS'",
    "POST, /chat/a, 405, 'GET, HEAD, OPTIONS'",
    "OPTIONS, /a/b, 204, 'GET, HEAD, POST, PUT, OPTIONS'",
    "OPTIONS, /app.js, 204, 'GET, HEAD, OPTIONS'",
    "OPTIONS, *, 204, 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'",
  })
  void otherMethodsAreToldWhichOnesThereAre(String method, String path, int status, String allow)
      throws Exception {
    try {
      Response response = answer(method, path);
      assertEquals(status, response.status());
      assertEquals(List.of(allow), response.headers().get("Allow"));
    } catch (HttpException e) {
      assertEquals(status, e.status());
      assertEquals(List.of(new Response.Field("Allow", allow)), e.fields());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /none/x",
    "POST, /none/x",
    "OPTIONS, /none/x",
    "HEAD, /none/",
    "GET, /a/b/",
    "GET, /a/.."
  })
  void whatIsNowhereIsNotFound(String method, String path) {
    assertEquals(404, assertThrows(HttpException.class, () -> answer(method, path)).status());
  }

  @Test
  void anEndpointWantsAnUpgrade() {
    for (String method : List.of("GET", "HEAD")) {
      HttpException e = assertThrows(HttpException.class, () -> answer(method, "/chat/a"));
      assertEquals(426, e.status());
      assertEquals(
          List.of(
              new Response.Field("Upgrade", "websocket"),
              new Response.Field("Sec-WebSocket-Version", "13")),
          e.fields());
    }
  }

  @Test
  void findsTheEndpointOfAPath() {
    assertEquals(Optional.of(new Router.Route<>("news", Map.of())), router.endpoint("/chat/news"));
    assertEquals(
        Optional.of(new Router.Route<>("chat", Map.of("room", "a b"))),
        router.endpoint("/chat/a%20b"));
    assertEquals(Optional.empty(), router.endpoint("/chat/"));
    assertEquals(Optional.empty(), router.endpoint("*"));
  }

  @Test
  void aRouteThatCanNeverBeReachedIsRefused() {
    PathPattern again = PathPattern.parse("/a/{y}");
    var thrown =
        assertThrows(
            IllegalArgumentException.class, () -> builder.handle("GET", again, request -> null));
    assertTrue(
        thrown.getMessage().contains("GET /a/{y} can never be reached, because /a/{x}"),
        thrown.getMessage());
    PathPattern chat = PathPattern.parse("/chat/{x}");
    assertThrows(IllegalArgumentException.class, () -> builder.endpoint(chat, "again"));
    assertThrows(
        IllegalArgumentException.class, () -> builder.handle("get", chat, request -> null));
    builder.handle("POST", again, request -> Response.status(204));
  }
}
