package dev.loomsocket;

import static dev.loomsocket.RawClient.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.Events;
import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.Room;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Server-sent events that come from a room, over a loopback socket. */
class HttpEventsTest {
  private static App built;
  private static RunningApp app;
  private static final Semaphore refused = new Semaphore(0);

  /** What is new. */
  record News(String text) {}

  @BeforeAll
  @SuppressWarnings("try") // following is there to be closed
  static void start() {
    built = Loomsocket.app();
    app =
        built
            .get(
                "/news/{room}",
                request ->
                    Response.events(events -> {
                      Room room = built.room(request.pathParam("room"));
                      try (Room.Following following = room.follow(events::offer)) {
                        events.send("ready", room.name());
                        events.await();
                      }
                    }))
            .get(
                "/remembered/{room}",
                request ->
                    Response.events(events -> {
                      Room room = built.room(request.pathParam("room"));
                      try (Room.Following following =
                          room.follow(events.lastSeen(), (id, text) -> offer(events, id, text))) {
                        following.await();
                      }
                    }))
            .port(0)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  private static RawClient follow(String room) {
    RawClient client = RawClient.connect(app.port());
    client.send(request("GET /news/" + room + " HTTP/1.0", "Host: localhost"));
    String head = client.head();
    assertTrue(head.contains("\r\nContent-Type: text/event-stream\r\n"), head);
    assertEquals("event: ready\ndata: " + room + "\n\n", event(client));
    return client;
  }

  private static String event(RawClient client) {
    StringBuilder event = new StringBuilder();
    while (event.indexOf("\n\n") < 0) {
      event.append((char) client.read(1)[0]);
    }
    return event.toString();
  }

  @Test
  void aRoomsMessagesAreEvents() {
    try (RawClient one = follow("a");
        RawClient two = follow("a");
        RawClient other = follow("b")) {
      built.room("a").send(new News("hello\nthere"));
      built.room("a").send(new byte[] {1, 2, 3}); // which no event can carry
      built.room("b").send("other");
      built.room("a").send("two\nlines");
      for (RawClient client : new RawClient[] {one, two}) {
        assertEquals("data: {\"text\":\"hello\\nthere\"}\n\n", event(client));
        assertEquals("data: two\ndata: lines\n\n", event(client));
      }
      assertEquals("data: other\n\n", event(other));
    }
  }

  @Test
  void manySendersAreInTheRoomsOrder() throws Exception {
    try (RawClient one = follow("c");
        RawClient two = follow("c")) {
      Thread[] senders = new Thread[4];
      for (int i = 0; i < senders.length; i++) {
        String name = "s" + i;
        senders[i] =
            Thread.startVirtualThread(() -> {
              for (int n = 0; n < 250; n++) {
                built.room("c").send(name + "-" + n);
              }
            });
      }
      for (Thread sender : senders) {
        sender.join();
      }
      for (int i = 0; i < 1000; i++) {
        assertEquals(event(one), event(two));
      }
    }
  }

  @Test
  void whoLeavesIsForgotten() {
    follow("d").close();
    Eventually.holds("no connection is left", () -> app.connections() == 0);
  }

  private static void offer(Events events, String id, String text) {
    if (!events.offer(id, text)) {
      refused.release();
    }
  }

  private static String id(String event) {
    return event.lines().findFirst().orElseThrow().substring("id: ".length());
  }

  private static RawClient remembered(String room, String lastSeen) {
    RawClient client = RawClient.connect(app.port());
    client.send(
        request("GET /remembered/" + room + " HTTP/1.0", "Host: x", "Last-Event-ID: " + lastSeen));
    client.head();
    return client;
  }

  @Test
  void whoComesBackGetsWhatItHasMissed() {
    Room room = built.room("e").history(100, Duration.ofHours(1));
    room.send("one");
    String last;
    try (RawClient client = remembered("e", "")) {
      String one = event(client);
      assertTrue(one.endsWith("\ndata: one\n\n"), one);
      room.send("two");
      last = id(event(client));
    }
    room.send("three");
    try (RawClient client = remembered("e", last)) {
      String three = event(client);
      assertTrue(three.endsWith("\ndata: three\n\n"), three);
    }
  }

  @Test
  void whoIsTooSlowGoesOnInAnotherStream() throws InterruptedException {
    Room room = built.room("f").history(100, Duration.ofHours(1));
    for (int i = 0; i < 40; i++) { // more than sockets and the stream hold
      room.send(i + "x".repeat(500_000));
    }
    String[] events;
    try (RawClient client = remembered("f", "")) {
      assertTrue(refused.tryAcquire(20, TimeUnit.SECONDS));
      events = client.rest().split("\n\n");
    }
    for (int i = 0; i < events.length; i++) {
      assertTrue(events[i].contains("\ndata: " + i + "x"), "the event " + i);
      assertTrue(events[i].length() > 500_000, "the event is whole");
    }
    try (RawClient client = remembered("f", id(events[events.length - 1]))) {
      String next = new String(client.read(50), ISO_8859_1);
      assertTrue(next.contains("\ndata: " + events.length + "x"), next);
    }
  }
}
