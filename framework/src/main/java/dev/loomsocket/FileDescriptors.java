package dev.loomsocket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many connections the operating system's limit of open files allows this process. */
final class FileDescriptors {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final int UNKNOWN = 10_000; // where the system does not tell
  private static final int OWN =
      128; // of the JVM: the archives of the class path, selectors, what it prints to

  private FileDescriptors() {}

  /**
   * 90 % of the limit, or less if it is small: the rest is for files, and for saying no to the
   * connections beyond.
   */
  static int forConnections() {
    try {
      return Files.isReadable(LIMITS) ? forConnections(Files.readAllLines(LIMITS)) : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** From lines such as {@code Max open files 20000 20000 files}. */
  static int forConnections(List<String> limits) {
    for (String line : limits) {
      if (line.startsWith("Max open files")) {
        String soft = line.substring("Max open files".length()).strip().split("\\s+")[0];
        if (soft.equals("unlimited")) {
          return Integer.MAX_VALUE;
        }
        long limit = Long.parseLong(soft);
        long connections = limit - Math.max(OWN, limit / 10);
        return Math.clamp(connections, 1, Integer.MAX_VALUE);
      }
    }
    return UNKNOWN;
  }
}
