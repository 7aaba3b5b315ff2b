package dev.loomsocket.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Lets Jazzer try one target after the other, each in a JVM of its own, starting from the corpus
 * and what earlier runs left in {@code target/fuzz}.
 *
 * <p>Arguments: the targets' names with commas between them, or {@code all}; the seconds for each;
 * and whether to add to the corpus what reaches new code. It ends with status 1 at the first input
 * that breaks a target, and prints it as a line for the corpus.
 */
final class Fuzzing {
  private static final Path RESOURCES = Path.of("src", "test", "resources");

  private final Target target;
  private final Path seeds; // the corpus
  private final Path found; // what reached new code, in this run or an earlier one
  private final Path broken; // what broke the target in this run

  private Fuzzing(Target target) throws IOException {
    this.target = target;
    Path work = Path.of("target", "fuzz", target.label());
    seeds = empty(work.resolve("seeds"));
    broken = empty(work.resolve("broken"));
    found = Files.createDirectories(work.resolve("found"));
  }

  public static void main(String[] args) throws Exception {
    List<Target> targets =
        args[0].equals("all")
            ? List.of(Target.values())
            : Stream.of(args[0].toUpperCase(Locale.ROOT).split(",")).map(Target::valueOf).toList();
    for (Target target : targets) {
      Fuzzing fuzzing = new Fuzzing(target);
      if (!fuzzing.run(Integer.parseInt(args[1]))) {
        System.exit(1);
      }
      if (Boolean.parseBoolean(args[2])) {
        fuzzing.keep();
      }
    }
  }

  /** False if something broke. */
  private boolean run(int seconds) throws Exception {
    System.out.println("fuzzing " + target.label() + " for " + seconds + " s");
    List<byte[]> corpus = Corpus.of(target);
    for (int i = 0; i < corpus.size(); i++) {
      Files.write(seeds.resolve("seed-" + i), corpus.get(i));
    }
    boolean well = jazzer("-max_total_time=" + seconds, found.toString(), seeds.toString());
    lines(broken).forEach(System.out::println);
    return well;
  }

  private void keep() throws Exception {
    List<String> before = lines(seeds);
    jazzer("-merge=1", "-set_cover_merge=1", seeds.toString(), found.toString());
    List<String> added = new ArrayList<>(lines(seeds));
    added.removeAll(before);
    Files.write(RESOURCES.resolve(Corpus.file(target)), added, StandardOpenOption.APPEND);
    System.out.println(added.size() + " inputs added to " + Corpus.file(target));
  }

  private boolean jazzer(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + target.type().getName());
    command.add("--instrumentation_includes=dev.loomsocket.**");
    command.add("--reproducer_path=" + seeds.getParent());
    command.add("-artifact_prefix=" + broken + "/");
    command.add("-print_final_stats=1");
    command.addAll(List.of(arguments));
    Path log = seeds.resolveSibling("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean well = process.waitFor() == 0;
    try (Stream<String> lines = Files.lines(log)) {
      lines
          .filter(line -> well ? line.startsWith("stat::") : line.matches("==.*|\\s+at .*"))
          .forEach(System.out::println);
    }
    return well;
  }

  private static Path empty(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    return folder;
  }

  /** The files of a folder as lines for the corpus. */
  private static List<String> lines(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Fuzzing::line).sorted().toList();
    }
  }

  private static String line(Path file) {
    try {
      return Corpus.encode(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
