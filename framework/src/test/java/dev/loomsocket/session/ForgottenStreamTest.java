package dev.loomsocket.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.Eventually;
import dev.loomsocket.Warnings;
import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Doing;
import dev.loomsocket.net.MemoryTransport;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.wire.Opcode;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A streamed message that is not closed while others wait for its end. Time passes when a test says
 * so; somebody looks every millisecond.
 */
@Timeout(60)
class ForgottenStreamTest {
  private static final Duration TIMEOUT = Duration.ofMillis(1);

  private final Warnings warnings = Warnings.take();
  private final Peer peer = new Peer();
  private final MemoryTransport transport = peer.transport();
  private final Outbox outbox =
      new Outbox(
          transport,
          new BufferPool(4),
          Settings.sending(TIMEOUT),
          null,
          Thread.currentThread(),
          Settings.MEMORY);

  @AfterEach
  void leave() {
    warnings.close();
  }

  @Test
  void itIsToldOfOnceAndTheWaitGoesOn() throws IOException {
    OutgoingMessage forgotten = outbox.stream(Opcode.TEXT, "Session[1 /here]");
    Doing one = Doing.start(() -> outbox.send(Message.text("one"))).awaitParked();
    assertEquals(List.of(), warnings.messages());
    transport.advance(TIMEOUT);
    String told = awaitWarning();
    assertTrue(told.contains("Session[1 /here]"), told);
    assertTrue(told.contains(Thread.currentThread().toString()), told);
    assertTrue(told.contains("Close its Writer or OutputStream"), told);
    Doing two = Doing.start(() -> outbox.stream(Opcode.TEXT).close()).awaitParked();
    transport.advance(TIMEOUT);
    one.awaitParked();
    forgotten.close();
    one.await();
    two.await();
    assertEquals(1, warnings.messages().size());
    assertEquals(3, peer.frames().size());
  }

  @Test
  void itIsToldOfWhenAnotherWantsToStream() {
    outbox.stream(Opcode.TEXT, "Session[1 /here]");
    Doing.start(() -> outbox.stream(Opcode.TEXT)).awaitParked();
    transport.advance(TIMEOUT);
    awaitWarning();
  }

  @Test
  void itIsToldOfWhenRoomsWait() {
    outbox.stream(Opcode.TEXT, "Session[1 /here]");
    outbox.offer(new PreparedMessage(Message.text("behind")));
    transport.advance(TIMEOUT);
    awaitWarning();
  }

  @Test
  void oneThatGoesOnIsNotForgotten() throws IOException {
    OutgoingMessage message = outbox.stream(Opcode.TEXT, "Session[1 /here]");
    Doing.start(() -> outbox.send(Message.text("other"))).awaitParked();
    for (int i = 0; i < 1_000; i++) {
      transport.advance(TIMEOUT.minusNanos(1));
      message.write("more".getBytes(UTF_8));
      message.flush();
    }
    assertEquals(List.of(), warnings.messages());
    transport.advance(TIMEOUT);
    awaitWarning();
  }

  @Test
  void timeCountsFromTheMomentWhenSomebodyWaits() throws IOException {
    OutgoingMessage kept = outbox.stream(Opcode.TEXT, "Session[1 /here]");
    transport.advance(TIMEOUT.multipliedBy(1_000));
    Doing other = Doing.start(() -> outbox.send(Message.text("other"))).awaitParked();
    transport.advance(TIMEOUT.minusNanos(1));
    kept.close();
    other.await();
    assertEquals(List.of(), warnings.messages());
  }

  @Test
  void theEndOfTheSessionIsTheEndOfTheWatch() {
    outbox.stream(Opcode.TEXT, "Session[1 /here]");
    outbox.offer(new PreparedMessage(Message.text("behind")));
    outbox.closing().close(CloseStatus.NORMAL);
    transport.advance(TIMEOUT);
    assertEquals(List.of(), warnings.messages());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSessionIsNamedByItself(boolean text) {
    Member member = Member.of(new Rooms(), "7", Settings.sending(TIMEOUT));
    Closeable forgotten = text ? member.session().sendText() : member.session().sendBinary();
    Doing.start(() -> member.session().send("other")).awaitParked();
    member.peer().transport().advance(TIMEOUT);
    assertTrue(awaitWarning().contains("Session[7 /test]"), forgotten::toString);
  }

  private String awaitWarning() {
    Eventually.holds("there is a warning", () -> !warnings.messages().isEmpty());
    return warnings.messages().getFirst();
  }
}
