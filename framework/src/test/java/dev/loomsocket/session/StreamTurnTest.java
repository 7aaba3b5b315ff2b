package dev.loomsocket.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.json.JsonEncoder;
import dev.loomsocket.net.BufferPool;
import dev.loomsocket.net.Doing;
import dev.loomsocket.net.MemoryTransport;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.wire.DeflateOptions;
import dev.loomsocket.wire.DeflateParameters;
import dev.loomsocket.wire.DeflatePools;
import dev.loomsocket.wire.Idle;
import dev.loomsocket.wire.Opcode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message in fragments, and what waits for its end. The queue takes 100 bytes. */
@Timeout(60)
class StreamTurnTest {
  private final Peer peer = new Peer();
  private final MemoryTransport transport = peer.transport();
  private final Outbox outbox =
      new Outbox(
          transport,
          new BufferPool(4),
          Settings.queue(100),
          null,
          Thread.currentThread(),
          Settings.MEMORY);

  @Test
  void aMessageThatWaitedForRoomDoesNotLandInAStreamedOne() throws IOException {
    transport.take(0);
    outbox.send(Message.text("x".repeat(60)));
    outbox.flush();
    transport.awaitStalled();
    Doing whole = Doing.start(() -> outbox.send(Message.text("y".repeat(60)))).awaitParked();
    OutgoingMessage streamed = outbox.stream(Opcode.TEXT);
    streamed.write("one".getBytes(UTF_8));
    streamed.flush();
    transport.take(Long.MAX_VALUE);
    peer.awaitFrames("text " + "x".repeat(60), "1 6f6e65");
    streamed.write("two".getBytes(UTF_8));
    streamed.close();
    whole.await();
    List<String> frames = peer.frames();
    assertEquals("text " + "y".repeat(60), frames.getLast());
    assertEquals(4, frames.size(), frames.toString());
  }

  @Test
  void whatWaitsBehindAStreamedMessageDoesNotStopIt() throws IOException {
    OutgoingMessage streamed = outbox.stream(Opcode.TEXT);
    outbox.offer(new PreparedMessage(Message.text("behind")));
    streamed.write("z".repeat(95).getBytes(UTF_8));
    streamed.close();
    outbox.flush();
    assertEquals(List.of("text " + "z".repeat(95), "text behind"), peer.frames());
  }

  @Test
  void aMessageThatTwoThreadsWriteAndCloseIsOne() throws IOException {
    OutgoingMessage streamed = outbox.stream(Opcode.TEXT);
    transport.take(0);
    outbox.pong(new byte[90]);
    streamed.write("z".repeat(95).getBytes(UTF_8));
    Doing flushing = Doing.start(streamed::flush).awaitParked();
    Doing closing = Doing.start(streamed::close).awaitParked();
    transport.take(Long.MAX_VALUE);
    flushing.await();
    closing.await();
    peer.awaitFrames("pong " + "\0".repeat(90), "1 " + "7a".repeat(95), "80 ");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatCompressesAMessageIsGivenBackWhenTheSessionEndsWithinIt(boolean keepsContext) {
    DeflatePools pools = new DeflatePools(1);
    Outbox compressing =
        new Outbox(
            transport,
            new BufferPool(4),
            Settings.DEFAULT,
            new Compressor(
                pools, DeflateOptions.DEFAULTS, new DeflateParameters(!keepsContext, true, 15, 15)),
            Thread.currentThread(),
            Settings.MEMORY);
    InputStream endless =
        new InputStream() {
          private int left = 100_000;

          @Override
          public int read() {
            if (--left == 0) {
              compressing.closing().close(CloseStatus.NORMAL);
            }
            return 0;
          }

          @Override
          public int read(byte[] to, int from, int length) {
            to[from] = (byte) read();
            return 1;
          }
        };
    assertThrows(
        IOException.class, () -> new Results(compressing, new JsonEncoder()).send(endless));
    assertEquals(1, Idle.deflaters(pools, DeflateOptions.DEFAULTS.level()));
  }

  @Test
  void theTimeOfThePeersCloseBeginsWhenOursHasGoneOut() throws IOException {
    transport.take(0);
    outbox.send(Message.text("first"));
    outbox.flush();
    transport.awaitStalled();
    outbox.closing().close(CloseStatus.NORMAL);
    transport.advance(Duration.ofSeconds(6));
    assertTrue(outbox.closing().timeLeft() > 0);
    transport.take(Long.MAX_VALUE);
    peer.awaitFrames("text first", "close 1000");
    outbox.awaitDrained(Duration.ofSeconds(20).toNanos());
    assertEquals(Duration.ofSeconds(5).toNanos(), outbox.closing().timeLeft());
  }
}
