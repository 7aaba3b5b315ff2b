package dev.loomsocket;

import static dev.loomsocket.RawClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chat as it is printed: it compiles, it runs, and it is as short as it says. */
class ReadmeChatTest {
  private static final String PRINTED =
      """
      @WebSocketEndpoint("/chat/{room}")
      public class Chat {
        record Line(String user, String text) {}

        private String user;              // one instance per connection: fields are this connection's state
        private Room room;

        @OnHandshake
        void login(@QueryParam String name) {
          if (name.isBlank()) throw new HttpException(401, "who are you?");
          user = name;
        }

        @OnOpen
        void open(Session session, @PathParam("room") String name) {
          room = session.join("chat/" + name);
          room.send(new Line("", user + " joined"));
        }

        @OnMessage void line(Line in) { room.send(new Line(user, in.text())); }
        @OnClose   void bye()         { room.send(new Line("", user + " left")); }

        public static void main(String[] args) { Loomsocket.run(args); }
      }
      """;

  private static final String HEAD =
      """
      package readme;

      import dev.loomsocket.Loomsocket;
      import dev.loomsocket.http.HttpException;
      import dev.loomsocket.websocket.*;

      """;

  @Test
  void itHasThirtyLinesAtMost() {
    long lines =
        PRINTED
            .lines()
            .map(String::strip)
            .filter(
                line -> !line.isEmpty() && !line.startsWith("import ") && !line.startsWith("//"))
            .count();
    assertTrue(lines <= 30, () -> "without blanks, imports and comments it has " + lines);
  }

  @Test
  void theReadmePrintsIt() throws Exception {
    Path readme = Path.of("..", "README.md"); // of the module's directory, where Maven runs tests
    assumeTrue(Files.exists(readme), "skipped: the tests do not run in the checkout");
    assertTrue(Files.readString(readme).contains("```java\n" + PRINTED + "```\n"));
  }

  @Test
  void twoPeopleTalk(@TempDir Path directory) throws Exception {
    try (URLClassLoader loader = compile(directory);
        RunningApp app = Loomsocket.app().scan(loader.loadClass("readme.Chat")).port(0).start();
        RawClient ann = RawClient.webSocket(app.port(), "/chat/lobby?name=Ann")) {
      assertEquals(line("", "Ann joined"), ann.frame().text());
      try (RawClient bob = RawClient.webSocket(app.port(), "/chat/lobby?name=Bob");
          RawClient elsewhere = RawClient.webSocket(app.port(), "/chat/hall?name=Eve")) {
        assertEquals(line("", "Bob joined"), ann.frame().text());
        assertEquals(line("", "Bob joined"), bob.frame().text());
        assertEquals(line("", "Eve joined"), elsewhere.frame().text());
        ann.send(text("{\"text\":\"hello\"}"));
        assertEquals(line("Ann", "hello"), ann.frame().text());
        assertEquals(line("Ann", "hello"), bob.frame().text());
        bob.send(RawClient.close(1000));
        assertEquals(line("", "Bob left"), ann.frame().text());
      }
      try (RawClient nobody = RawClient.connect(app.port())) {
        HttpAnswer answer = nobody.send(RawClient.handshake("/chat/lobby?name=+")).answer();
        assertEquals(401, answer.status());
        assertEquals("who are you?\n", answer.text());
      }
    }
  }

  private static String line(String user, String text) {
    return "{\"type\":\"line\",\"user\":\"%s\",\"text\":\"%s\"}".formatted(user, text);
  }

  private static URLClassLoader compile(Path directory) throws Exception {
    Path source = Files.writeString(directory.resolve("Chat.java"), HEAD + PRINTED);
    Path framework =
        Path.of(Loomsocket.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    int status =
        javac.run(
            System.out,
            System.err,
            "-parameters",
            "-proc:none",
            "-cp",
            framework.toString(),
            "-d",
            directory.toString(),
            source.toString());
    assertEquals(0, status);
    return new URLClassLoader(
        new URL[] {directory.toUri().toURL()}, Loomsocket.class.getClassLoader());
  }
}
