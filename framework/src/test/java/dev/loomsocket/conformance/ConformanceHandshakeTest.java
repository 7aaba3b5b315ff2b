package dev.loomsocket.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.loomsocket.RunningApp;
import dev.loomsocket.wire.DeflateNegotiation;
import dev.loomsocket.wire.DeflateOptions;
import dev.loomsocket.wire.OpeningHandshake;
import dev.loomsocket.wire.OpeningHandshake.Answer;
import dev.loomsocket.wire.OpeningHandshake.Offer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chapter 14 of the conformance table, over a loopback socket and against the pure core. */
class ConformanceHandshakeTest {
  private static RunningApp app;

  @BeforeAll
  static void start() {
    app = Echoes.start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  /** A row of the chapter. */
  record Row(
      String id,
      String what,
      List<String> changes,
      int status,
      List<String> fields,
      boolean ofHttp) {
    static Row of(String line) {
      String[] cells = Stream.of(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
      boolean ofHttp = cells[1].endsWith(" *");
      return new Row(
          cells[0], cells[1], parts(cells[2]), Integer.parseInt(cells[3]), parts(cells[4]), ofHttp);
    }

    private static List<String> parts(String cell) {
      return Stream.of(cell.split("&")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    }

    @Override
    public String toString() {
      return id + " " + what;
    }

    /** Compares an answer's lines with what they must be. */
    void check(List<String> head) {
      assertEquals(status, Integer.parseInt(head.getFirst().split(" ")[1]), head.toString());
      for (String field : fields) {
        boolean absent = field.startsWith("-");
        String name = field.substring(absent ? 1 : 0).split(":")[0];
        List<String> expected =
            absent ? List.of() : List.of(field.substring(name.length() + 1).strip());
        assertEquals(expected, Handshakes.fields(head, name), name);
      }
    }
  }

  static List<Row> rows() {
    return Table.lines(Table.HANDSHAKES).stream().map(Row::of).toList();
  }

  static List<Row> rowsForTheCore() {
    return rows().stream().filter(row -> !row.ofHttp).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void overLoopback(Row row) throws IOException {
    try (Client client = new Client(app.port())) {
      client.send(Handshakes.request(Handshakes.with(row.changes)));
      row.check(client.head());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rowsForTheCore")
  void throughTheCore(Row row) {
    List<String> lines = Handshakes.with(row.changes);
    String[] start = lines.getFirst().split(" ");
    int minorVersion = start[2].endsWith("1") ? 1 : 0;
    Offer offer = new Offer(start[0], minorVersion, name -> Handshakes.fields(lines, name), false);
    row.check(head(OpeningHandshake.answer(offer, List.of(), Set.of()), lines));
  }

  /** What the server makes of an answer. */
  private static List<String> head(Answer answer, List<String> request) {
    List<String> head = new ArrayList<>();
    switch (answer) {
      case Answer.Accepted accepted -> {
        head.add("HTTP/1.1 101 Switching Protocols");
        head.add("Upgrade: websocket");
        head.add("Connection: Upgrade");
        head.add("Sec-WebSocket-Accept: " + accepted.accept());
        accepted.subprotocol().ifPresent(name -> head.add("Sec-WebSocket-Protocol: " + name));
        List<String> offers = Handshakes.fields(request, "Sec-WebSocket-Extensions");
        DeflateNegotiation.negotiate(offers, DeflateOptions.DEFAULTS)
            .ifPresent(agreed -> head.add("Sec-WebSocket-Extensions: " + agreed.answer()));
      }
      case Answer.Refused refused -> {
        head.add("HTTP/1.1 " + refused.status() + " " + refused.reason());
        refused.headers().forEach((name, value) -> head.add(name + ": " + value));
      }
    }
    return head;
  }
}
