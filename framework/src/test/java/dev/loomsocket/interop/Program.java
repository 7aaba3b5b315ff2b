package dev.loomsocket.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another program of this machine. */
final class Program {
  private static final int PATIENCE = 60; // seconds

  private Program() {}

  /** The first of these names that PATH has. */
  static Optional<Path> find(String... names) {
    return Stream.of(names)
        .flatMap(name ->
            Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Goes on if it is there. If not, the test is skipped, and that is said; it fails instead where
   * the environment has {@code LOOMSOCKET_REQUIRE_PEERS=true}.
   */
  static void require(boolean isThere, String what) {
    if (!isThere) {
      if ("true".equals(System.getenv("LOOMSOCKET_REQUIRE_PEERS"))) {
        fail(what + " is not installed");
      }
      System.out.println("SKIPPED: " + what + " is not installed: no conversation with it");
      abort(what + " is not installed");
    }
  }

  /** True if it ends well. */
  static boolean succeeds(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // there is no such program
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs it to its end, which must be good; what it printed. */
  static String run(List<String> command) throws Exception {
    Path output = Files.createTempFile("peer-", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(PATIENCE, TimeUnit.SECONDS);
      String printed = Files.readString(output, UTF_8).strip();
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError(
            command.getFirst() + (ended ? " failed: " : " does not end: ") + printed);
      }
      return printed;
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  /** A file of the resources beside this class, as a file that another program can read. */
  static Path script(String name) throws Exception {
    return Path.of(Program.class.getResource(name).toURI());
  }
}
