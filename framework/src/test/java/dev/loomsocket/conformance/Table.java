package dev.loomsocket.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The conformance table, which stands beside this class in text files: one for each chapter.
 *
 * <p>A line that starts with # is for people; one that starts with = names a part of the chapter
 * and to whom its rows speak: {@code = title | path | offered extensions}. Any other is a {@link
 * Row}.
 */
final class Table {
  /** Chapter 13, which has columns of its own. */
  static final String PARAMETER_SETS = "13-parameter-sets.txt";

  /** Chapter 14, likewise. */
  static final String HANDSHAKES = "14-handshakes.txt";

  private static final List<String> FILES =
      List.of(
          "01-framing.txt",
          "02-pings-and-pongs.txt",
          "03-reserved-bits.txt",
          "04-opcodes.txt",
          "05-fragmentation.txt",
          "06-utf-8.txt",
          "07-close.txt",
          "08-frames-that-may-not-be.txt",
          "09-limits.txt",
          "12-compression.txt");

  private Table() {}

  /** All rows, in order. */
  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (String file : FILES) {
      Setting setting = new Setting("/echo", "");
      for (String line : lines(file)) {
        if (line.startsWith("=")) {
          String[] columns = line.split("\\|", -1);
          setting = new Setting(columns[1].strip(), columns[2].strip());
        } else {
          rows.add(Row.of(setting, line));
        }
      }
    }
    return rows;
  }

  /**
   * From the numbers of the chapters with such rows to their titles: the first lines of the files.
   */
  static Map<Integer, String> chapters() {
    Map<Integer, String> chapters = new LinkedHashMap<>();
    for (String file : FILES) {
      chapters.put(Integer.parseInt(file.substring(0, 2)), title(file));
    }
    return chapters;
  }

  /** A chapter's title. */
  static String title(String file) {
    return read(file).lines().findFirst().orElseThrow().substring(1).strip();
  }

  /** The lines of a file that are not only for people. */
  static List<String> lines(String file) {
    return read(file).lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
  }

  private static String read(String file) {
    try (InputStream in = Table.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
