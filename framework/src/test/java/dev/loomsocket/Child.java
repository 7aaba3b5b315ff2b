package dev.loomsocket;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A JVM of its own with this one's class path, and what it prints. */
final class Child implements AutoCloseable {
  private static final int PATIENCE = 60; // seconds; a JVM starts slowly on a busy machine

  private final Process process;
  private final BufferedReader out;
  private final CompletableFuture<List<String>> errors;

  private Child(Process process) {
    this.process = process;
    this.out = process.inputReader();
    this.errors =
        CompletableFuture.supplyAsync(() -> process.errorReader().lines().toList(), Child::run);
  }

  private static void run(Runnable task) {
    Thread.ofPlatform().daemon().start(task);
  }

  /** Starts a main class; options of the JVM come first. */
  static Child start(List<String> options, Class<?> main, String... arguments) throws IOException {
    return start(new ArrayList<>(), options, main, arguments);
  }

  /** Starts a main class with a limit of open files. */
  static Child startWithFiles(int limit, Class<?> main, String... arguments) throws IOException {
    List<String> shell = List.of("sh", "-c", "ulimit -n " + limit + " && exec \"$@\"", "sh");
    return start(new ArrayList<>(shell), List.of(), main, arguments);
  }

  private static Child start(
      List<String> command, List<String> options, Class<?> main, String... arguments)
      throws IOException {
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.equals("PORT") || name.startsWith("LOOMSOCKET_"));
    return new Child(builder.start());
  }

  /** Reads until it says where it listens, and returns the port. */
  int awaitPort() throws Exception {
    String line = line();
    while (line != null && !line.startsWith("Loomsocket is listening on ")) {
      line = line();
    }
    if (line == null) {
      throw new AssertionError("it ended: " + errors());
    }
    return Integer.parseInt(line.replaceAll(".*:([0-9]+)/$", "$1"));
  }

  /** The next line that it prints; null at its end. */
  private String line() throws Exception {
    return CompletableFuture.supplyAsync(this::readLine, Child::run)
        .get(PATIENCE, TimeUnit.SECONDS);
  }

  private String readLine() {
    try {
      return out.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to end, as {@code kill} does. */
  void terminate() {
    process.toHandle().destroy(); // that of Process would close what it prints, too
  }

  /** Waits for its end; the exit status. */
  int awaitExit() throws Exception {
    if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue();
  }

  /** All that it printed since, once it has ended. */
  List<String> output() {
    return out.lines().toList();
  }

  /** All that it printed as errors, once it has ended. */
  List<String> errors() throws Exception {
    return errors.get(PATIENCE, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
