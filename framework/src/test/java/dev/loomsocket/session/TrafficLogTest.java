package dev.loomsocket.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.loomsocket.websocket.Session;
import dev.loomsocket.wire.Opcode;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrafficLogTest {
  private final Logger logger = Logger.getLogger("dev.loomsocket.traffic");
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Session session = mock();
  private final Handler collector =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          if (line.getMessage().startsWith("test ")) {
            lines.add(line.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void collect() {
    when(session.id()).thenReturn("test");
    logger.setLevel(Level.INFO);
    logger.addHandler(collector);
  }

  @AfterEach
  void leave() {
    logger.removeHandler(collector);
    logger.setLevel(null);
  }

  private final TrafficLog log = new TrafficLog(session, (who, payload) -> payload);

  @Test
  void aTextFrameIsQuoted() {
    log.received(frame(true, false, Opcode.TEXT, 5), 5, "Hello".getBytes(UTF_8));
    assertLines("test received text fin 5 B \"Hello\"");
  }

  @Test
  void aCompressedFrameHasBothSizesInTheOrderOfTheirMaking() {
    log.received(frame(true, true, Opcode.TEXT, 24), 41, "x".repeat(41).getBytes(UTF_8));
    log.sent(frame(false, true, Opcode.BINARY, 2), new byte[] {1, 2, 3});
    assertLines(
        "test received text fin rsv1=deflate 24→41 B \"" + "x".repeat(41) + "\"",
        "test sent binary rsv1=deflate 3→2 B 01 02 03");
  }

  @Test
  void longPayloadsAreCut() {
    log.sent(frame(true, false, Opcode.TEXT, 81), "y".repeat(81).getBytes(UTF_8));
    log.sent(frame(true, false, Opcode.BINARY, 33), new byte[33]);
    assertLines(
        "test sent text fin 81 B \"" + "y".repeat(80) + "…\"",
        "test sent binary fin 33 B " + "00 ".repeat(32) + "…");
  }

  @Test
  void aLineStaysALine() {
    log.received(frame(true, false, Opcode.TEXT, 3), 3, "a\nb".getBytes(UTF_8));
    assertLines("test received text fin 3 B \"a\\u000ab\"");
  }

  @Test
  void aCloseShowsItsCode() {
    log.received(
        frame(true, false, Opcode.CLOSE, 5), 5, new byte[] {3, (byte) 0xe8, 'b', 'y', 'e'});
    assertLines("test received close fin 5 B 1000 \"bye\"");
  }

  @Test
  void payloadsMayBeRedacted() {
    TrafficLog redacting = new TrafficLog(session, (who, payload) -> "(hidden)");
    redacting.sent(frame(true, false, Opcode.TEXT, 6), "secret".getBytes(UTF_8));
    assertLines("test sent text fin 6 B (hidden)");
  }

  @Test
  void aRedactorThatFailsShowsNothing() {
    TrafficLog failing =
        new TrafficLog(
            session,
            (who, payload) -> {
              throw new IllegalStateException("oh");
            });
    failing.sent(frame(true, false, Opcode.TEXT, 6), "secret".getBytes(UTF_8));
    assertLines(
        "test sent text fin 6 B (the redactor failed: java.lang.IllegalStateException: oh)");
  }

  @Test
  void anErrorOfTheRedactorIsNoEndOfTheLog() {
    TrafficLog failing =
        new TrafficLog(
            session,
            (who, payload) -> {
              throw new StackOverflowError("deep");
            });
    for (int i = 0; i < 2; i++) {
      failing.sent(frame(true, false, Opcode.TEXT, 6), "secret".getBytes(UTF_8));
      assertLines(
          "test sent text fin 6 B (the redactor failed: java.lang.StackOverflowError: deep)");
    }
  }

  @Test
  void aLoggerThatFailsIsNoEndOfTheLog() {
    logger.removeHandler(collector);
    Handler failing = mock();
    doThrow(new NoSuchFieldError("on purpose")).when(failing).publish(any());
    logger.addHandler(failing);
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> lines.add(thrown.getMessage()));
    try {
      log.sent(frame(true, false, Opcode.TEXT, 1), "a".getBytes(UTF_8));
      log.sent(frame(true, false, Opcode.TEXT, 1), "b".getBytes(UTF_8));
      assertLines("on purpose", "on purpose");
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(null);
      logger.removeHandler(failing);
    }
  }

  @Test
  void framesThatComeTooFastAreCounted() {
    CountDownLatch go = new CountDownLatch(1);
    TrafficLog slow =
        new TrafficLog(
            session,
            (who, payload) -> {
              try {
                go.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return payload;
            });
    for (int i = 0; i < 1_007; i++) {
      slow.sent(frame(true, false, Opcode.PING, 0), new byte[0]);
    }
    go.countDown();
    String[] expected = new String[1_001];
    Arrays.fill(expected, "test sent ping fin 0 B ");
    expected[1_000] = "test (7 frames came too fast to be shown)";
    assertLines(expected);
    slow.sent(frame(true, false, Opcode.PING, 0), new byte[0]);
    assertLines("test sent ping fin 0 B ");
  }

  private void assertLines(String... expected) {
    try {
      for (String line : expected) {
        assertEquals(line, lines.poll(20, TimeUnit.SECONDS));
      }
      assertEquals(List.of(), List.copyOf(lines));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static TrafficLog.Frame frame(boolean fin, boolean rsv1, int opcode, long length) {
    return new TrafficLog.Frame(fin, rsv1, opcode, length);
  }
}
