package dev.loomsocket.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;

/**
 * The inputs of a target that are worth keeping, as a text file in git: one a line, printable ASCII
 * as it is, a backslash doubled, and any other byte as {@code \xNN}. Lines that start with {@code
 * #} tell about those below them.
 */
final class Corpus {
  private static final HexFormat HEX = HexFormat.of();

  private Corpus() {}

  /** Where a target's file is among the resources. */
  static String file(Target target) {
    return "dev/loomsocket/fuzz/" + target.label() + ".txt";
  }

  /** All inputs of a target. */
  static List<byte[]> of(Target target) throws IOException {
    try (InputStream in = Corpus.class.getResourceAsStream(target.label() + ".txt")) {
      return new String(in.readAllBytes(), US_ASCII)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(Corpus::decode)
          .toList();
    }
  }

  static byte[] decode(String line) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '\\') {
        bytes.write(c);
      } else if (line.charAt(++i) == '\\') {
        bytes.write('\\');
      } else {
        bytes.write(HexFormat.fromHexDigits(line, i + 1, i + 3));
        i += 2;
      }
    }
    return bytes.toByteArray();
  }

  static String encode(byte[] input) {
    StringBuilder line = new StringBuilder();
    for (byte b : input) {
      boolean comment = b == '#' && line.isEmpty();
      if (b == '\\') {
        line.append("\\\\");
      } else if (b < ' ' || b == 0x7f || comment) { // negative ones too
        line.append("\\x").append(HEX.toHexDigits(b));
      } else {
        line.append((char) b);
      }
    }
    return line.toString();
  }
}
