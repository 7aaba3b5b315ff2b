package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.json.JsonEncoder;
import dev.loomsocket.net.BufferPool;
import dev.loomsocket.websocket.CloseStatus;
import dev.loomsocket.websocket.SessionClosedException;
import dev.loomsocket.wire.Opcode;
import java.io.EOFException;
import java.io.InputStream;
import java.io.Reader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Results that are read while they are sent; {@link ConversationTest} has the others. */
class ResultsTest {
  private final Peer peer = new Peer();
  private final Outbox outbox =
      new Outbox(
          peer.transport(),
          new BufferPool(4),
          Settings.DEFAULT,
          null,
          Thread.currentThread(),
          Settings.MEMORY);
  private final Results results = new Results(outbox, new JsonEncoder());

  /** Gives one character and throws; both forms of it count how often they were closed. */
  private static final class Failing {
    final Throwable thrown;
    int given;
    int closed;

    Failing(Throwable thrown) {
      this.thrown = thrown;
    }

    int read() {
      return given++ == 0 ? 'a' : Failing.<RuntimeException, Integer>sneak(thrown);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable, R> R sneak(Throwable thrown) throws T {
      throw (T) thrown;
    }

    InputStream bytes() {
      return new InputStream() {
        @Override
        public int read() {
          return Failing.this.read();
        }

        @Override
        public int read(byte[] to, int from, int length) {
          to[from] = (byte) read();
          return 1;
        }

        @Override
        public void close() {
          closed++;
        }
      };
    }

    Reader text() {
      return new Reader() {
        @Override
        public int read(char[] to, int from, int length) {
          to[from] = (char) Failing.this.read();
          return 1;
        }

        @Override
        public void close() {
          closed++;
        }
      };
    }
  }

  private static Stream<Throwable> failures() {
    return Stream.of(
        new EOFException(),
        new IllegalStateException(),
        new StackOverflowError(),
        new InterruptedException("sneaky"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whateverASourceThrowsItsMessageIsGivenUp(Throwable failure) {
    Failing failing = new Failing(failure);
    assertSame(failure, assertThrows(Throwable.class, () -> results.send(failing.bytes())));
    assertEquals(1, failing.closed);
    assertEquals(1011, outbox.ending().status().code());
    assertThrows(SessionClosedException.class, () -> outbox.stream(Opcode.TEXT), "not its turn");
    peer.awaitFrames("close 1011");
  }

  @ParameterizedTest
  @MethodSource("failures")
  void theSameHoldsForText(Throwable failure) {
    Failing failing = new Failing(failure);
    assertSame(failure, assertThrows(Throwable.class, () -> results.send(failing.text())));
    assertEquals(1, failing.closed);
    assertEquals(1011, outbox.ending().status().code());
    assertThrows(SessionClosedException.class, () -> outbox.stream(Opcode.TEXT), "not its turn");
  }

  @Test
  void aSourceIsClosedAlsoWhenItsMessageCannotBegin() {
    Failing failing = new Failing(new EOFException());
    outbox.closing().close(CloseStatus.NORMAL);
    assertThrows(SessionClosedException.class, () -> results.send(failing.bytes()));
    assertThrows(SessionClosedException.class, () -> results.send(failing.text()));
    assertEquals(2, failing.closed);
    assertEquals(0, failing.given);
    assertTrue(peer.frames().contains("close 1000"));
  }
}
