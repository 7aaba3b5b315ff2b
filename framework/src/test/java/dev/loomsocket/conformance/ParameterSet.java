package dev.loomsocket.conformance;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A row of chapter 13: what a client offers for compression, and what must be agreed on.
 *
 * @param answer the value of the response's Sec-WebSocket-Extensions
 * @param fragment the size of the client's fragments in bytes; 0: its messages are not fragmented
 */
record ParameterSet(String id, String what, Setting setting, String answer, int fragment) {
  private static final int[] SIZES = {
    16, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 65_536, 131_072
  };

  /** One set with messages of one size, in bytes. */
  record Case(ParameterSet set, int number, int size) {
    /** How many messages are sent: a thousand, or as many as take no time. */
    int messages() {
      return Effort.isFull() ? 1000 : Math.clamp(16_384 / size, 1, 32);
    }

    @Override
    public String toString() {
      return set.id + "." + number + " " + set.what + ", " + size + " bytes";
    }
  }

  static List<ParameterSet> all() {
    return Table.lines(Table.PARAMETER_SETS).stream().map(ParameterSet::of).toList();
  }

  private static ParameterSet of(String line) {
    String[] cells = Stream.of(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
    int fragment = cells[5].isEmpty() ? 0 : Integer.parseInt(cells[5]);
    return new ParameterSet(
        cells[0], cells[1], new Setting(cells[2], cells[3]), cells[4], fragment);
  }

  Stream<Case> cases() {
    return IntStream.range(0, SIZES.length).mapToObj(i -> new Case(this, i + 1, SIZES[i]));
  }
}
