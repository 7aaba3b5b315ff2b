package dev.loomsocket;

import static dev.loomsocket.RawClient.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.Response;
import dev.loomsocket.http.Templates;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages made of templates, over a loopback socket. */
class HttpViewsTest {
  private final Thread thread = Thread.currentThread();
  private final ClassLoader before = thread.getContextClassLoader();
  @TempDir private Path temp;
  private URLClassLoader loader;

  private record Guest(String name) {}

  /** Sends what a template makes. */
  @WebSocketEndpoint("/talk")
  static class Talk {
    private final Templates templates;

    Talk(Templates templates) {
      this.templates = templates;
    }

    @OnMessage
    String answer(String name) throws Exception {
      return templates.render("hello", new Guest(name));
    }
  }

  @BeforeEach
  void putTemplatesOnTheClassPath() throws IOException {
    Files.createDirectory(temp.resolve("templates"));
    file("hello", "<p>Hello {{name}}</p>");
    loader = new URLClassLoader(new URL[] {temp.toUri().toURL()}, before);
    thread.setContextClassLoader(loader);
  }

  @AfterEach
  void takeThemAway() throws IOException {
    thread.setContextClassLoader(before);
    loader.close();
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(temp.resolve("templates").resolve(name + ".mustache"), text);
  }

  private static App app() {
    return Loomsocket.app()
        .get("/hello/{name}", r -> Response.view("hello", new Guest(r.pathParam("name"))))
        .get("/gone", r -> Response.view("hello", new Guest("you")).withStatus(410))
        .get("/wrong", r -> Response.view("hello", Map.of("nome", "Ann")))
        .port(0);
  }

  private static HttpAnswer get(RunningApp app, String path) {
    try (RawClient client = RawClient.connect(app.port())) {
      return client.get(path);
    }
  }

  @Test
  void aViewIsAPageWithWhatTheModelSaysEscaped() {
    try (RunningApp app = app().start()) {
      HttpAnswer page = get(app, "/hello/%3Cb%3E%E5%B0%8F");
      assertEquals(200, page.status());
      assertEquals("text/html; charset=utf-8", page.header("Content-Type"));
      assertEquals("<p>Hello &lt;b&gt;小</p>", page.text());
      assertEquals(410, get(app, "/gone").status());
    }
  }

  @Test
  void headIsToldTheLengthOfThePage() {
    try (RunningApp app = app().start();
        RawClient client = RawClient.connect(app.port())) {
      client.send(request("HEAD /hello/Ann HTTP/1.1", "Host: localhost"));
      assertTrue(client.head().contains("Content-Length: 16\r\n"));
    }
  }

  @Test
  void whatDoesNotFitIsLoggedWithFileAndLineAnd500() {
    try (RunningApp app = app().start();
        Warnings warnings = Warnings.take()) {
      HttpAnswer answer = get(app, "/wrong");
      assertEquals(500, answer.status());
      assertEquals("internal server error\n", answer.text());
      assertEquals(1, warnings.messages().size());
      String message = warnings.messages().getFirst();
      assertTrue(message.startsWith("the response to GET /wrong failed "), message);
      assertTrue(message.endsWith("the model has no \"name\" @[hello.mustache:1]"), message);
    }
  }

  @Test
  void aBrokenTemplateIsToldAtTheStart() throws IOException {
    file("broken", "{{#a}}");
    assertEquals(
        List.of("The template broken is none: Failed to close 'a' tag @[broken.mustache:1]"),
        assertThrows(StartupException.class, () -> app().start()).problems());
  }

  @Test
  void anotherEngineMayRenderAndTheClassPathIsNotLookedAtThen() throws IOException {
    file("broken", "{{#a}}");
    try (RunningApp app = app().templates((name, model) -> name + " of " + model).start()) {
      assertEquals("hello of Guest[name=Ann]", get(app, "/hello/Ann").text());
    }
    App failing =
        app()
            .templates((name, model) -> {
              throw new IOException("no disk");
            });
    try (RunningApp app = failing.start();
        Warnings warnings = Warnings.take()) {
      assertEquals(500, get(app, "/hello/Ann").status());
      assertTrue(warnings.messages().getFirst().contains("the view hello cannot be rendered"));
    }
  }

  @Test
  void endpointsAndEverybodyElseMayRenderToo() throws Exception {
    App app = app().endpoint(Talk.class);
    Templates templates = app.templates();
    assertEquals("<p>Hello Ann</p>", templates.render("hello", new Guest("Ann")));
    try (RunningApp running = app.start();
        RawClient client = RawClient.webSocket(running.port(), "/talk")) {
      assertEquals("<p>Hello &amp;</p>", client.send(RawClient.text("&")).frame().text());
    }
    try (RunningApp running =
            Loomsocket.app()
                .endpoint(Talk.class)
                .templates((name, model) -> "mine")
                .port(0)
                .start();
        RawClient client = RawClient.webSocket(running.port(), "/talk")) {
      assertEquals("mine", client.send(RawClient.text("&")).frame().text());
    }
  }
}
