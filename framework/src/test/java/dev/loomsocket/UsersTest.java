package dev.loomsocket;

import static dev.loomsocket.RawClient.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.User;
import dev.loomsocket.websocket.Users;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.security.Principal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Every session of a user, from anywhere. */
class UsersTest {
  record News(String text) {}

  record Guest(String name) implements Principal {
    @Override
    public String getName() {
      return name;
    }
  }

  /** Says that it is open. */
  @WebSocketEndpoint("/one")
  static class One {
    @OnOpen
    String open() {
      return "open";
    }

    @OnMessage("news")
    void news(News news) {}
  }

  /** The same on another path. */
  @WebSocketEndpoint("/two")
  static class Two {
    @OnOpen
    String open(Session session) {
      return "open";
    }
  }

  private static App app() {
    App app = Loomsocket.app();
    return app.authenticate(request -> request.queryParam("name").map(Guest::new))
        .endpoint(One.class)
        .endpoint(Two.class)
        .post(
            "/news",
            request -> {
              app.users().user("Ann").send(new News(request.text()));
              return Response.status(204);
            })
        .port(0);
  }

  private static RawClient open(RunningApp app, String path) {
    RawClient client = RawClient.webSocket(app.port(), path);
    assertEquals("open", client.frame().text());
    return client;
  }

  @Test
  void aMessageReachesEachSessionOfTheUserAndNobodyElse() {
    try (RunningApp app = app().start();
        RawClient tab = open(app, "/one?name=Ann");
        RawClient other = open(app, "/two?name=Ann");
        RawClient bob = open(app, "/one?name=Bob");
        RawClient nobody = open(app, "/one");
        RawClient page = RawClient.connect(app.port())) {
      page.send(
          RawClient.request("POST /news HTTP/1.1", "Host: localhost", "Content-Length: 2"),
          RawClient.ascii("hi"));
      assertEquals(204, page.answer().status());
      String news = "{\"type\":\"news\",\"text\":\"hi\"}";
      assertEquals(news, tab.frame().text());
      assertEquals(news, other.frame().text());
      app.users().user("Bob").send("for Bob");
      assertEquals("for Bob", bob.frame().text());
      nobody.send(text("no json"));
      assertTrue(nobody.frame().text().contains("bad-json"));
      assertEquals(2, app.users().user("Ann").sessions().size());
    }
  }

  @Test
  void whoHasLeftIsForgotten() {
    try (RunningApp app = app().start()) {
      User ann = app.users().user("Ann");
      assertFalse(ann.isPresent());
      ann.send("nobody hears this");
      try (RawClient one = open(app, "/one?name=Ann");
          RawClient two = open(app, "/one?name=Ann")) {
        assertTrue(ann.isPresent());
        assertEquals("Ann", ann.name());
        one.send(RawClient.close(1000));
        one.frame();
        Eventually.holds("one has left", () -> ann.sessions().size() == 1);
        two.reset();
        Eventually.holds("both have left", () -> !ann.isPresent());
      }
    }
  }

  /** A name that is another one whenever it is asked for. */
  @Test
  void theNameIsThatOfTheBeginning() {
    AtomicInteger count = new AtomicInteger();
    try (RunningApp app =
        Loomsocket.app()
            .authenticate(request -> Optional.of(() -> "guest-" + count.incrementAndGet()))
            .endpoint(One.class)
            .port(0)
            .start()) {
      Users users = app.users();
      try (RawClient client = open(app, "/one")) {
        assertTrue(users.user("guest-1").isPresent());
        client.send(RawClient.close(1000));
        client.frame();
      }
      Eventually.holds("it has left", () -> !users.user("guest-1").isPresent());
    }
  }
}
