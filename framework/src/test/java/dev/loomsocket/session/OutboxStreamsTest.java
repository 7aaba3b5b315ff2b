package dev.loomsocket.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Doing;
import dev.loomsocket.net.MemoryTransport;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.wire.Deflation;
import dev.loomsocket.wire.Opcode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages in fragments among all the others; the queue has 100 bytes. */
@Timeout(60)
class OutboxStreamsTest {
  private static final String FIFTY = "x".repeat(48); // in a frame, with its header of two bytes

  private final Peer peer = new Peer();
  private final MemoryTransport transport = peer.transport();
  private final Outbox outbox = outbox(100);

  @Test
  void fragmentsAreOneMessage() throws IOException {
    OutgoingMessage message = outbox.stream(Opcode.TEXT);
    message.write("Hel".getBytes(UTF_8));
    message.flush();
    message.write("lo".getBytes(UTF_8));
    message.close();
    message.close();
    outbox.flush();
    peer.awaitFrames("1 48656c", "80 6c6f"); // the RFC's example, §5.7
  }

  @Test
  void aMessageThatHasBeenSentTakesNothingMore() throws IOException {
    OutgoingMessage message = begin();
    message.close();
    assertThrows(IOException.class, () -> message.write('b'));
    assertThrows(IOException.class, message::flush);
    message.close();
    outbox.flush();
    peer.awaitFrames("1 61", "80 ");
  }

  @Test
  void anAbandonedMessageEndsItsTurnAndGivesItsDeflaterBack() throws IOException {
    OutgoingMessage message = begin();
    message.abandon();
    outbox.send(Message.text("next"));
    peer.awaitFrames("1 61", "text next");
    Deflation deflation = mock();
    new OutgoingMessage(mock(), Opcode.TEXT, deflation).abandon();
    verify(deflation).close();
  }

  @Test
  void othersWaitForTheEnd() throws IOException {
    OutgoingMessage message = begin();
    Doing other = Doing.start(() -> outbox.send(Message.text("other"))).awaitParked();
    message.close();
    other.await();
    peer.awaitFrames("1 61", "80 ", "text other");
  }

  @Test
  void whoSendsAnotherMessageMeanwhileIsToldOfTheMistake() throws IOException {
    OutgoingMessage message = begin();
    assertThrows(IllegalStateException.class, () -> outbox.send(Message.text("mine")));
    assertThrows(IllegalStateException.class, () -> outbox.stream(Opcode.BINARY));
    message.close();
    outbox.send(Message.text("mine"));
    peer.awaitFrames("1 61", "80 ", "text mine");
  }

  @Test
  void roomsDoNotWaitAndTheirMessagesFollow() throws IOException {
    OutgoingMessage message = begin();
    outbox.offer(new PreparedMessage(Message.text("one")));
    outbox.offer(new PreparedMessage(Message.text("two")));
    assertEquals(10, outbox.queuedBytes());
    message.close();
    peer.awaitFrames("1 61", "80 ", "text one", "text two");
  }

  @Test
  void controlFramesMayComeBetweenFragments() throws IOException {
    OutgoingMessage message = begin();
    Doing.start(() -> outbox.pong("x".getBytes(UTF_8))).await();
    Doing.start(outbox::ping).await();
    message.close();
    peer.awaitFrames("1 61", "pong x", "ping 00000001", "80 ");
  }

  @Test
  void whoWaitedForRoomDoesNotGoBetweenFragments() throws IOException {
    transport.take(0);
    outbox.send(Message.text(FIFTY));
    outbox.send(Message.text(FIFTY));
    outbox.flush();
    Doing other = Doing.start(() -> outbox.send(Message.text("other"))).awaitParked();
    OutgoingMessage message = outbox.stream(Opcode.TEXT); // nobody's turn: it need not wait
    message.write('a');
    Doing first = Doing.start(message::flush).awaitParked();
    transport.take(Long.MAX_VALUE);
    first.await();
    other.awaitParked();
    message.close();
    other.await();
    peer.awaitFrames("text " + FIFTY, "text " + FIFTY, "1 61", "80 ", "text other");
  }

  @Test
  void roomsThatWaitBehindDoNotBlockTheMessage() throws IOException {
    OutgoingMessage message = begin();
    outbox.offer(new PreparedMessage(Message.text(FIFTY)));
    outbox.offer(new PreparedMessage(Message.text("y".repeat(40))));
    Doing writing =
        Doing.start(() -> {
          message.write("z".repeat(50).getBytes(UTF_8));
          message.close();
          outbox.pong(new byte[20]);
        });
    writing.await();
    peer.awaitFrames(
        "1 61",
        "80 " + "7a".repeat(50),
        "text " + FIFTY,
        "text " + "y".repeat(40),
        "pong " + "\0".repeat(20));
  }

  @Test
  void roomsThatWaitBehindAreBoundedToo() throws IOException {
    OutgoingMessage message = begin();
    outbox.flush();
    outbox.offer(new PreparedMessage(Message.text(FIFTY)));
    outbox.offer(new PreparedMessage(Message.text(FIFTY)));
    outbox.offer(new PreparedMessage(Message.text("z")));
    assertEquals(1013, outbox.ending().status().code());
    assertThrows(IOException.class, message::close);
    peer.awaitFrames("1 61", "close 1013 this client is too slow");
  }

  @Test
  void theEndOfTheSessionEndsEveryWait() throws IOException {
    OutgoingMessage message = begin();
    Doing other = Doing.start(() -> outbox.send(Message.text("other"))).awaitParked();
    Doing another = Doing.start(() -> outbox.stream(Opcode.TEXT)).awaitParked();
    outbox.closing().close(CloseStatus.NORMAL);
    assertThrows(SessionClosedException.class, other::await);
    assertThrows(SessionClosedException.class, another::await);
    assertThrows(IOException.class, message::close);
    peer.awaitFrames("1 61", "close 1000");
  }

  @Test
  void messagesOfManyThreadsAreWholeWhicheverWayTheyAreSent() throws IOException {
    Outbox busy = outbox(300);
    transport.mouthful(40);
    List<Doing> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int sender = i;
      all.add(Doing.start(() -> sendInEveryWay(busy, sender)));
    }
    for (Doing each : all) {
      each.await();
    }
    busy.awaitDrained(Long.MAX_VALUE / 2);
    assertEquals(8 * 100, wholeMessages(Frames.read(transport.received())));
  }

  private static void sendInEveryWay(Outbox outbox, int sender) throws IOException {
    Random random = new Random(sender);
    String text = Integer.toString(sender).repeat(30);
    for (int i = 0; i < 100; i++) {
      if (random.nextBoolean()) {
        outbox.send(Message.text(text));
        continue;
      }
      OutgoingMessage message = outbox.stream(Opcode.TEXT);
      for (int from = 0; from < 30; from += 10) {
        message.write(text.substring(from, from + 10).getBytes(UTF_8));
        if (random.nextBoolean()) {
          message.flush();
        }
        Thread.yield();
      }
      message.close();
    }
  }

  /** How many messages the frames are; each must say one thing thirty times. */
  private static int wholeMessages(List<Frames.Frame> frames) {
    int messages = 0;
    boolean underWay = false;
    StringBuilder message = new StringBuilder();
    for (Frames.Frame frame : frames) {
      assertEquals(underWay, isContinuation(frame));
      underWay = (frame.first() & 0x80) == 0;
      message.append(frame.text());
      if (!underWay) {
        assertEquals(message.substring(0, 1).repeat(30), message.toString());
        message.setLength(0);
        messages++;
      }
    }
    return messages;
  }

  private static boolean isContinuation(Frames.Frame frame) {
    return (frame.first() & 0xf) == Opcode.CONTINUATION;
  }

  /** A message of which one letter has been sent. */
  private OutgoingMessage begin() throws IOException {
    OutgoingMessage message = outbox.stream(Opcode.TEXT);
    message.write('a');
    message.flush();
    outbox.flush();
    return message;
  }

  private Outbox outbox(int queue) {
    return new Outbox(
        transport,
        new BufferPool(4),
        Settings.queue(queue),
        null,
        Thread.currentThread(),
        Settings.MEMORY);
  }
}
