package dev.loomsocket.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets Jazzer try one target after the other, each in a JVM of its own, starting from the corpus
 * and what earlier runs left in {@code target/fuzz}.
 *
 * <p>Arguments: the targets' names with commas between them, or {@code all}; the seconds for each;
 * and whether to add what is new to the corpus. It ends with status 1 at the first finding, which
 * is printed and left in {@code target/fuzz} as a line for the corpus.
 */
final class Fuzzing {
  private static final Path WORK = Path.of("target", "fuzz");
  private static final Path RESOURCES = Path.of("src", "test", "resources");

  private Fuzzing() {}

  public static void main(String[] args) throws Exception {
    for (Target target : Target.values()) {
      if (args[0].equals("all") || List.of(args[0].split(",")).contains(target.label())) {
        fuzz(target, Integer.parseInt(args[1]), Boolean.parseBoolean(args[2]));
      }
    }
  }

  private static void fuzz(Target target, int seconds, boolean keep) throws Exception {
    Path seeds = folder(target, "seeds");
    Path found = folder(target, "found");
    for (byte[] input : Corpus.of(target)) {
      Files.write(seeds.resolve(Integer.toHexString(Arrays.hashCode(input))), input);
    }
    System.out.println("fuzzing " + target.label() + " for " + seconds + " s");
    int status = jazzer(target, "-max_total_time=" + seconds, found.toString(), seeds.toString());
    if (status != 0) {
      report(target);
      System.exit(1);
    }
    if (keep) {
      long before = count(seeds);
      jazzer(target, "-merge=1", "-set_cover_merge=1", seeds.toString(), found.toString());
      addTo(RESOURCES.resolve(Corpus.file(target)), target, seeds);
      System.out.println(count(seeds) - before + " inputs added to " + Corpus.file(target));
    }
  }

  private static Path folder(Target target, String name) throws IOException {
    return Files.createDirectories(WORK.resolve(target.label()).resolve(name));
  }

  private static int jazzer(Target target, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + target.type().getName());
    command.add("--instrumentation_includes=dev.loomsocket.**");
    command.add("--reproducer_path=" + WORK);
    command.add("-artifact_prefix=" + folder(target, "") + "/");
    command.add("-print_final_stats=1");
    command.addAll(List.of(arguments));
    Path log = WORK.resolve(target.label()).resolve("log");
    int status =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    try (Stream<String> lines = Files.lines(log)) {
      lines
          .filter(line -> status == 0 ? line.startsWith("stat::") : line.matches("==.*|\\s+at .*"))
          .forEach(System.out::println);
    }
    return status;
  }

  /** What broke it, as a line for the corpus. */
  private static void report(Target target) throws IOException {
    try (Stream<Path> files = Files.list(folder(target, ""))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("log")) {
          System.out.println(file + ": " + Corpus.encode(Files.readAllBytes(file)));
        }
      }
    }
  }

  private static void addTo(Path file, Target target, Path seeds) throws IOException {
    List<String> known = Corpus.of(target).stream().map(Corpus::encode).toList();
    List<String> added = new ArrayList<>();
    try (Stream<Path> files = Files.list(seeds)) {
      for (Path seed : files.toList()) {
        added.add(Corpus.encode(Files.readAllBytes(seed)));
      }
    }
    added.removeAll(known);
    added.sort(null);
    Files.write(file, added, StandardOpenOption.APPEND);
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }
}
