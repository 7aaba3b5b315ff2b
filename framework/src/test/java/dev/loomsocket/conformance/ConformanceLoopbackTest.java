package dev.loomsocket.conformance;

import dev.loomsocket.RunningApp;
import dev.loomsocket.conformance.Exchange.Chops;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the conformance table over a loopback socket. */
class ConformanceLoopbackTest {
  private static RunningApp app;

  @BeforeAll
  static void start() {
    app = Echoes.start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  static List<Row> rows() {
    return Table.rows();
  }

  /** Those for endpoints that have a twin. */
  static List<Row> rowsForStreams() {
    return Table.rows().stream()
        .filter(Row::hasStreamedTwin)
        .filter(row -> Effort.isFull() || !row.isHeavy())
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void handlersReceiveWholeMessages(Row row) throws Exception {
    for (String way : row.chops()) {
      for (Exchange exchange : row.samples(way)) {
        converse(exchange, exchange.setting(), exchange.chops(way));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rowsForStreams")
  void handlersReadWhileMessagesArrive(Row row) throws Exception {
    Setting setting = row.setting().streamed();
    String way = row.chops().getLast();
    for (Exchange exchange : row.samples(way)) {
      converse(exchange, setting, exchange.chops(way));
    }
  }

  /**
   * Only the bytes that prove the connection broken: it must fail by them alone. And what stands
   * behind them too: it must not matter.
   */
  private static void converse(Exchange exchange, Setting setting, Chops chops) throws Exception {
    converse(exchange, setting, chops, exchange.enough());
    if (exchange.enough() < exchange.size() && chops.name().equals("whole")) {
      converse(exchange, setting, chops, exchange.size());
    }
  }

  private static void converse(Exchange exchange, Setting setting, Chops chops, int until)
      throws Exception {
    try (Client client = new Client(app.port());
        PeerDeflate deflate = new PeerDeflate(client.open(setting))) {
      List<Frame> frames = client.converse(exchange, chops, until);
      exchange.check(frames, deflate, chops.name() + ", " + until + " bytes, " + setting.path());
    }
  }
}
