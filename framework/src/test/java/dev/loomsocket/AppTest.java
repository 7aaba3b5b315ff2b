package dev.loomsocket;

import static dev.loomsocket.RawClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.HttpHandler;
import dev.loomsocket.http.Response;
import dev.loomsocket.scanned.Main;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppTest {
  private static final HttpHandler OK = request -> Response.text(request.method());

  @WebSocketEndpoint("/shared")
  static class Shared {
    private final AtomicInteger connections = new AtomicInteger();

    @OnOpen
    int open() {
      return connections.incrementAndGet();
    }
  }

  @WebSocketEndpoint("/served")
  static class Served {
    private final StringBuilder service;

    Served(StringBuilder service) {
      this.service = service;
    }

    @OnMessage
    String text(String text) {
      return service + text;
    }
  }

  @WebSocketEndpoint("/wrong")
  static class Wrong {
    @OnOpen
    void open(Thread nobodyHasOne) {}

    @OnMessage
    void text(Session session) {}
  }

  private static StartupException refused(App app) {
    return assertThrows(StartupException.class, app::start);
  }

  @Test
  void aScanFindsTheEndpointsOfAPackage() {
    try (RunningApp app = Loomsocket.app().scan(Main.class).port(0).start();
        RawClient client = RawClient.webSocket(app.port(), "/upper")) {
      assertEquals("HELLO", client.send(text("hello")).frame().text());
    }
  }

  @Test
  void anObjectServesAllConnectionsOfItsEndpoint() {
    try (RunningApp app =
            Loomsocket.app().add(new Shared()).endpoint(Shared.class).port(0).start();
        RawClient one = RawClient.webSocket(app.port(), "/shared")) {
      assertEquals("1", one.frame().text());
      try (RawClient two = RawClient.webSocket(app.port(), "/shared")) {
        assertEquals("2", two.frame().text());
      }
    }
  }

  @Test
  void anyOtherObjectIsAServiceForEndpoints() {
    try (RunningApp app =
            Loomsocket.app().add(new StringBuilder("> ")).endpoint(Served.class).port(0).start();
        RawClient client = RawClient.webSocket(app.port(), "/served")) {
      assertEquals("> hello", client.send(text("hello")).frame().text());
    }
  }

  @ParameterizedTest
  @CsvSource({"GET", "POST", "PUT", "PATCH", "DELETE"})
  void everyMethodHasItsHandlers(String method) {
    try (RunningApp app =
            Loomsocket.app()
                .get("/", OK)
                .post("/", OK)
                .put("/", OK)
                .patch("/", OK)
                .delete("/", OK)
                .port(0)
                .start();
        RawClient client = RawClient.connect(app.port())) {
      client.send(RawClient.request(method + " / HTTP/1.1", "Host: localhost"));
      assertEquals(method, client.answer().text());
    }
  }

  @Test
  void portZeroTakesAFreeOne() {
    try (RunningApp one = Loomsocket.app().port(0).start();
        RunningApp two = Loomsocket.app("--port=0").start()) {
      assertTrue(one.port() > 0);
      assertTrue(one.port() != two.port());
      assertEquals("http://127.0.0.1:" + one.port() + "/", one.uri().toString());
    }
  }

  @Test
  void whatIsSetInCodeWinsOverTheCommandLine() {
    try (RunningApp app =
        Loomsocket.app("--host=no.such.host.invalid", "--port=1").host("0.0.0.0").port(0).start()) {
      assertEquals("http://localhost:" + app.port() + "/", app.uri().toString());
    }
  }

  @Test
  void everyProblemIsInOneReport() {
    StartupException e =
        refused(
            Loomsocket.app("--max-connections=none", "--ping-after=soon")
                .scan(withoutPackage())
                .endpoint(Wrong.class)
                .endpoint(String.class)
                .get("/same/{a}", OK)
                .get("/same/{b}", OK)
                .post("no-slash", OK)
                .port(70_000));
    assertEquals(
        List.of(
            "WithoutPackage is in no package, so its package cannot be scanned. Put it into one,"
                + " or name each endpoint with app.endpoint(...).",
            "app.port(70000): it takes 0 to 65535.",
            "--max-connections is \"none\"; it takes 1 or more.",
            "--ping-after is \"soon\"; it takes a time such as 500ms, 30s or 2m, up to a year, or 0 for none."),
        e.problems().subList(0, 4));
    String report = String.join("\n", e.problems());
    assertEquals(String.join(System.lineSeparator(), e.problems()), e.getMessage());
    assertTrue(report.contains("AppTest$Wrong.open(Thread)"), report);
    assertTrue(report.contains("AppTest$Wrong.text(Session)"), report);
    assertTrue(report.contains("java.lang.String"), report);
    assertTrue(report.contains("GET /same/{b}: "), report);
    assertTrue(report.contains("POST no-slash: "), report);
    assertEquals(9, e.problems().size(), report);
  }

  private static Class<?> withoutPackage() {
    try {
      return Class.forName("WithoutPackage");
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPortInUseIsOneLine() {
    try (RunningApp first = Loomsocket.app().port(0).start()) {
      StartupException e = refused(Loomsocket.app().port(first.port()));
      assertEquals(
          List.of(
              "Port "
                  + first.port()
                  + " on 127.0.0.1 is in use: stop the program that has it, or choose another port"
                  + " in app.port("
                  + first.port()
                  + ")."),
          e.problems());
    }
  }

  @Test
  void aPortInUseFromTheCommandLineIsToBeChangedThere() {
    try (RunningApp first = Loomsocket.app().port(0).start()) {
      StartupException e = refused(Loomsocket.app("--port=" + first.port()));
      assertTrue(e.getMessage().endsWith(" or choose another port with --port."), e.getMessage());
    }
  }

  @Test
  void anAddressThatIsUnknownOrNotOursIsOneLine() {
    StartupException unknown = refused(Loomsocket.app("--host=no.such.host.invalid").port(0));
    assertEquals(
        List.of("The address no.such.host.invalid is unknown: choose another one with --host."),
        unknown.problems());
    StartupException foreign = refused(Loomsocket.app().host("192.0.2.1").port(0)); // RFC 5737
    assertEquals(1, foreign.problems().size());
    assertTrue(
        foreign.problems().getFirst().startsWith("Cannot listen on port 0 of 192.0.2.1 ("),
        foreign.getMessage());
    assertTrue(
        foreign
            .getMessage()
            .endsWith(
                "): choose another port in app.port(0), or another address in"
                    + " app.host(\"192.0.2.1\")."),
        foreign.getMessage());
  }

  @Test
  void theLinesInTheLogAreLabelledWithTheMethodThatAUserCalls() {
    Logger logger = Logger.getLogger("dev.loomsocket");
    Level before = logger.getLevel();
    logger.setLevel(Level.INFO);
    try (Warnings log = Warnings.take()) {
      Loomsocket.app().port(0).start().close();
      assertEquals(List.of("dev.loomsocket.App start"), log.labels());
    } finally {
      logger.setLevel(before);
    }
  }
}
