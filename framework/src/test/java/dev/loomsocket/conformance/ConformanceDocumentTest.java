package dev.loomsocket.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code conformance.md} counts what the tables have, chapter by chapter. */
class ConformanceDocumentTest {
  private static final Path DOCUMENT = Path.of("src/docs/conformance.md");
  private static final String HEAD = "| chapter | what | rows | cases |";

  /**
   * The lines that the document must have. When this fails, its message has the right ones: copy
   * them.
   */
  @Test
  void itsCountsAreThoseOfTheTables() throws IOException {
    List<String> document = Files.readAllLines(DOCUMENT);
    int from = document.indexOf(HEAD);
    int to = from;
    while (document.get(to).startsWith("|")) {
      to++;
    }
    assertEquals(String.join("\n", counts()), String.join("\n", document.subList(from, to)));
  }

  private static List<String> counts() {
    List<String> lines = new ArrayList<>(List.of(HEAD, "|---|---|---:|---:|"));
    List<Row> rows = Table.rows();
    int[] sum = new int[2];
    Table.chapters()
        .forEach((chapter, title) -> {
          List<Row> own = rows.stream().filter(row -> row.chapter() == chapter).toList();
          int cases = own.stream().mapToInt(Row::size).sum();
          lines.add(line(chapter + "", title, own.size(), cases, sum));
        });
    List<ParameterSet> sets = ParameterSet.all();
    int cases = (int) sets.stream().flatMap(ParameterSet::cases).count();
    lines.add(line("13", Table.title(Table.PARAMETER_SETS), sets.size(), cases, sum));
    int handshakes = ConformanceHandshakeTest.rows().size();
    lines.add(line("14", Table.title(Table.HANDSHAKES), handshakes, handshakes, sum));
    lines.add("| | together | %d | %d |".formatted(sum[0], sum[1]));
    return lines;
  }

  private static String line(String chapter, String title, int rows, int cases, int[] sum) {
    sum[0] += rows;
    sum[1] += cases;
    return "| %s | %s | %d | %d |".formatted(chapter, title, rows, cases);
  }
}
