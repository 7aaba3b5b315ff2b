package dev.loomsocket.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.loomsocket.conformance.Exchange.Chops;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the conformance table against the pure core. */
class ConformanceCoreTest {
  static List<Row> rows() {
    return Table.rows();
  }

  static List<Row> rowsForStreams() {
    return Table.rows().stream().filter(row -> Effort.isFull() || !row.isHeavy()).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void messagesAreAssembled(Row row) throws IOException {
    everyWay(row, false);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rowsForStreams")
  void messagesAreStreamed(Row row) throws IOException {
    everyWay(row, true);
  }

  /** In the row's own chops, byte by byte, and what is short cut at each byte. */
  private static void everyWay(Row row, boolean streams) throws IOException {
    for (String way : row.chops()) {
      boolean all = Effort.isFull() || !streams;
      for (Exchange exchange : all ? row.exchanges(way) : row.samples(way)) {
        converse(exchange, exchange.chops(way), streams);
      }
      if (way.equals(row.chops().getFirst()) || way.startsWith("/")) {
        for (Exchange exchange : row.samples(way)) {
          for (Chops chops : exchange.everyCut()) {
            converse(exchange, chops, streams);
          }
        }
      }
    }
  }

  private static void converse(Exchange exchange, Chops chops, boolean streams) throws IOException {
    String how = chops.name() + (streams ? ", streamed" : "");
    try (Core core = new Core(exchange.setting(), streams);
        PeerDeflate deflate = new PeerDeflate(core.answer())) {
      int from = 0;
      int pausesBefore = 0;
      for (int to : chops.ends()) {
        core.receive(exchange.script().bytes(), from, to);
        from = to;
        checkEnd(exchange, core, to, how);
        pausesBefore = checkPauses(exchange, core, to, pausesBefore, how);
      }
      assertTrue(core.isEnded(), () -> exchange.name() + " is not over, " + how);
      exchange.check(frames(core.take()), deflate, how);
    }
  }

  /** The connection fails where the row says, not earlier and not later. */
  private static void checkEnd(Exchange exchange, Core core, int at, String how) {
    int failsAt = exchange.script().failsAt();
    if (failsAt >= 0 && core.isEnded() != at >= failsAt) {
      fail(exchange.name() + " at " + at + ", " + how);
    }
  }

  /** Where the client waits for an answer it has come; the number of pauses that are over. */
  private static int checkPauses(Exchange exchange, Core core, int at, int before, String how) {
    List<Script.Pause> pauses = exchange.script().pauses();
    int next = before;
    while (next < pauses.size() && pauses.get(next).at() <= at) {
      int replies = pauses.get(next++).replies();
      assertEquals(replies, core.replies(), () -> exchange.name() + " at " + at + ", " + how);
    }
    return next;
  }

  private static List<Frame> frames(byte[] output) throws IOException {
    List<Frame> frames = new ArrayList<>();
    InputStream in = new ByteArrayInputStream(output);
    Optional<Frame> next;
    while ((next = Frame.read(in)).isPresent()) {
      frames.add(next.get());
    }
    return frames;
  }
}
