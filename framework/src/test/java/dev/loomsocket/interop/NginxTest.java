package dev.loomsocket.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.loomsocket.App;
import dev.loomsocket.RunningApp;
import dev.loomsocket.Warnings;
import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything through nginx, as the guide configures it. */
@Timeout(120)
class NginxTest {
  @TempDir static Path directory;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static App building;
  private static RunningApp app;
  private static Nginx nginx;

  /** Says what it hears. */
  @WebSocketEndpoint("/echo")
  static class Echo extends InteropTest.Echo {}

  /** Whose pages are named. */
  @WebSocketEndpoint(value = "/foreign", allowedOrigins = "https://app.example.com")
  static class Foreign {
    @OnMessage
    String text(String text) {
      return text;
    }
  }

  @BeforeAll
  @SuppressWarnings("try") // following is there to be closed
  static void start() throws Exception {
    Program.require(Nginx.isInstalled(), "nginx");
    building = ClientsPages.on(directory).endpoint(Echo.class).endpoint(Foreign.class);
    building
        .get(
            "/news",
            request ->
                Response.events(events -> {
                  Room room = building.room("news");
                  try (Room.Following following = room.follow(events::offer)) {
                    events.send("ready");
                    events.await();
                  }
                }))
        .get(
            "/login",
            request -> {
              request.session().put("user", "Ann");
              return Response.redirect("/who");
            })
        .get("/who", request -> Response.text(request.session().get("user").orElse("nobody")));
    app = building.start();
    nginx = Nginx.start(directory, app.port());
  }

  @AfterAll
  static void stop() {
    if (nginx != null) {
      nginx.close();
    }
    if (app != null) {
      app.close();
    }
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(nginx.uri().resolve(path));
  }

  @Test
  void pythonsClientsAreServed() throws Exception {
    try (Warnings warnings = Warnings.take()) {
      ClientsPages.visitWithPython(nginx.uri());
      assertEquals(1, warnings.messages().size()); // of what was cut off
    }
  }

  @Test
  void errorsComeThroughAsTheyAre() throws Exception {
    HttpRequest large =
        request("/order")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[4 << 20]))
            .build();
    assertEquals(413, CLIENT.send(large, BodyHandlers.ofString()).statusCode());
    assertEquals(404, CLIENT.send(request("/no").build(), BodyHandlers.ofString()).statusCode());
    HttpRequest plain = request("/echo").build();
    assertEquals(426, CLIENT.send(plain, BodyHandlers.ofString()).statusCode());
  }

  @Test
  void eventsComeAsTheyAreSent() throws Exception {
    Iterator<String> lines =
        CLIENT.send(request("/news").build(), BodyHandlers.ofLines()).body().iterator();
    assertEquals("data: ready", lines.next());
    assertEquals("", lines.next());
    for (String text : List.of("one", "two")) {
      building.room("news").send(text);
      assertEquals("data: " + text, lines.next()); // while the stream is open
      assertEquals("", lines.next());
    }
  }

  @Test
  void sessionsTravel() throws Exception {
    String cookie =
        CLIENT
            .send(request("/login").build(), BodyHandlers.discarding())
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow()
            .replaceAll(";.*", "");
    HttpRequest who = request("/who").header("Cookie", cookie).build();
    assertEquals("Ann", CLIENT.send(who, BodyHandlers.ofString()).body());
  }

  @Test
  void webSocketsConverseWithCompressionAndWithout() throws Exception {
    URI echo = URI.create("ws://localhost:" + nginx.uri().getPort() + "/echo");
    for (Peer peer : List.of(new JdkPeer(), new OkHttpPeer())) {
      peer.converse(echo, Message.seeded());
    }
  }

  private static WebSocket connect(String path, String origin, WebSocket.Listener listener) {
    URI uri = URI.create("ws://localhost:" + nginx.uri().getPort() + path);
    return CLIENT.newWebSocketBuilder().header("Origin", origin).buildAsync(uri, listener).join();
  }

  @Test
  void pagesOfTheSiteMayConnectAndNoOthers() {
    String own = "http://localhost:" + nginx.uri().getPort();
    connect("/echo", own, new WebSocket.Listener() {}).abort();
    connect("/foreign", "https://app.example.com", new WebSocket.Listener() {}).abort();
    CompletionException refused =
        assertThrows(
            CompletionException.class,
            () -> connect("/echo", "https://evil.example.com", new WebSocket.Listener() {}));
    assertEquals(
        403, ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode());
  }

  @Test
  void theServersEndIsTold() throws Exception {
    CompletableFuture<Integer> code = new CompletableFuture<>();
    App other = ClientsPages.on(directory).endpoint(Echo.class);
    RunningApp running = other.start();
    try (Nginx front = Nginx.start(directory, running.port())) {
      URI uri = URI.create("ws://localhost:" + front.uri().getPort() + "/echo");
      CLIENT
          .newWebSocketBuilder()
          .buildAsync(
              uri,
              new WebSocket.Listener() {
                @Override
                public @Nullable CompletionStage<?> onClose(
                    WebSocket socket, int status, String reason) {
                  code.complete(status);
                  return null;
                }
              })
          .join();
      running.close();
      assertEquals(1001, code.get(60, TimeUnit.SECONDS));
    }
  }
}
