package dev.loomsocket;

import static dev.loomsocket.RawClient.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.OnOpen;
import dev.loomsocket.websocket.Overflow;
import dev.loomsocket.websocket.PathParam;
import dev.loomsocket.websocket.Room;
import dev.loomsocket.websocket.Session;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rooms with real connections: many members, stalled ones, and messages from elsewhere. */
@Timeout(120)
class RoomsConversationTest {
  private static final Logger LOG = Logger.getLogger("dev.loomsocket.session");
  private static final int SENDERS = 20;
  private static final int EACH = 20; // messages
  private static final int QUEUE = 256 * 1024;

  private static RunningApp app;

  /** Joins, says so, and sends what it hears to all. */
  @WebSocketEndpoint(value = "/room/{name}", maxQueueSize = QUEUE)
  static class Talk {
    private Room room;

    @OnOpen
    String open(Session session, @PathParam String name) {
      room = session.join(name);
      return "in";
    }

    @OnMessage
    void text(String text) {
      room.send(text);
    }
  }

  record Alarm(String text) {}

  @BeforeAll
  static void start() {
    LOG.setLevel(Level.SEVERE); // what is dropped here is dropped on purpose
    App built = Loomsocket.app().endpoint(Talk.class).port(0);
    built.room("news").history(10, Duration.ofHours(1));
    built.post(
        "/alarm",
        request -> {
          built.room("news").send(new Alarm(request.text()));
          return Response.status(204);
        });
    built.room("news").send(new Alarm("before the start"));
    app = built.start();
  }

  @AfterAll
  static void stop() {
    app.close();
    LOG.setLevel(null);
  }

  @Test
  void aPageSendsToThoseWhoAreInTheRoomAndComeLater() {
    try (RawClient client = RawClient.webSocket(app.port(), "/room/news");
        RawClient page = RawClient.connect(app.port())) {
      String joined = client.frame().text();
      assertTrue(joined.startsWith("{\"type\":\"@joined\",\"room\":\"news\","), joined);
      assertTrue(client.frame().text().startsWith("{\"text\":\"before the start\",\"@position\":"));
      assertEquals("in", client.frame().text());
      page.send(
          RawClient.request("POST /alarm HTTP/1.1", "Host: localhost", "Content-Length: 4"),
          RawClient.ascii("fire"));
      assertEquals(204, page.answer().status());
      assertTrue(client.frame().text().startsWith("{\"text\":\"fire\",\"@position\":"));
      assertEquals(1, app.room("news").size());
    }
  }

  @Test
  void aThousandMembersSeeTheMessagesOfTwentySendersInOneOrder() throws Exception {
    int most = (FileDescriptors.forConnections() - 200) / 2; // both ends are here
    List<RawClient> members = join("crowd", Math.min(1_000, most));
    int bytes = SENDERS * EACH * (2 + "00:00".length());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> received = new ArrayList<>();
      members.forEach(member -> received.add(threads.submit(() -> member.read(bytes))));
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        threads.submit(() -> {
          for (int n = 0; n < EACH; n++) {
            members.get(sender).send(text("%02d:%02d".formatted(sender, n)));
          }
        });
      }
      byte[] order = received.getFirst().get();
      for (Future<byte[]> each : received) {
        assertArrayEquals(order, each.get());
      }
      assertInOrderOfSenders(order);
    } finally {
      members.forEach(RawClient::close);
    }
  }

  private static void assertInOrderOfSenders(byte[] received) throws IOException {
    int[] next = new int[SENDERS];
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(received));
    for (int i = 0; i < SENDERS * EACH; i++) {
      assertEquals(0x81, in.readUnsignedByte());
      String message = new String(in.readNBytes(in.readUnsignedByte()), UTF_8);
      int sender = Integer.parseInt(message.substring(0, 2));
      assertEquals("%02d:%02d".formatted(sender, next[sender]++), message);
    }
  }

  /** They take nothing until their queues overflow; the others take every message. */
  @ParameterizedTest
  @EnumSource(Overflow.class)
  void threeStalledMembersHoldNothingUp(Overflow policy) throws Exception {
    String name = policy.name();
    Room room = app.room(name).overflow(policy);
    List<RawClient> stalled = join(name, 3);
    List<Session> slow = List.copyOf(room.members());
    List<RawClient> quick = join(name, 10);
    byte[] message = new byte[16 * 1024];
    Semaphore taken = new Semaphore(10 * quick.size()); // so far nobody is too slow
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    quick.forEach(client -> Thread.startVirtualThread(() -> take(client, taken, failures)));
    int sent = 0;
    while (!slow.stream().allMatch(session -> hasOverflown(session)) && failures.isEmpty()) {
      taken.acquire(quick.size());
      message[0] = (byte) sent++;
      room.send(message);
      for (Session session : slow) {
        assertTrue(session.queuedBytes() <= QUEUE, () -> session.queuedBytes() + " bytes wait");
      }
    }
    taken.acquire(10 * quick.size()); // all have got all
    assertEquals(List.of(), failures);
    // without a key conflating cannot drop anything
    boolean closes = policy == Overflow.CLOSE || policy == Overflow.CONFLATE;
    slow.forEach(session -> assertEquals(!closes, session.isOpen()));
    quick.forEach(RawClient::close);
    stalled.forEach(RawClient::close);
    assertTrue(sent > 10);
    assertFalse(failures.stream().findAny().isPresent());
  }

  private static boolean hasOverflown(Session session) {
    return !session.isOpen() || session.droppedMessages() > 100;
  }

  private static void take(RawClient client, Semaphore taken, List<Throwable> failures) {
    try {
      for (int i = 0; ; i++) {
        RawClient.Frame frame = client.frame();
        assertEquals(0x82, frame.first());
        assertEquals((byte) i, frame.payload()[0]);
        taken.release();
      }
    } catch (UncheckedIOException e) {
      // the test is over
    } catch (Throwable e) {
      failures.add(e);
      taken.release(1_000_000);
    }
  }

  /** So many clients that are in the room. */
  private static List<RawClient> join(String room, int clients) {
    List<RawClient> all = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      RawClient client = RawClient.webSocket(app.port(), "/room/" + room);
      assertEquals("in", client.frame().text());
      all.add(client);
    }
    return all;
  }
}
