package dev.loomsocket.browser;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A headless Chromium of this machine, driven with nothing but the JDK's own WebSocket client. */
public final class Chromium implements AutoCloseable {
  private static final String READY = "DevTools listening on ";
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          // several pages at once: none of them counts as hidden
          "--disable-background-timer-throttling",
          "--disable-backgrounding-occluded-windows",
          "--disable-renderer-backgrounding",
          "--force-device-scale-factor=1",
          "--lang=en-GB",
          "--remote-debugging-port=0");

  private final Process process;
  private final Path profile;
  private final DevTools devTools;
  private final List<String> contexts = new ArrayList<>(); // of the pages that are open

  /** Starts the browser and waits until it listens. */
  Chromium(Path browser) throws IOException {
    profile = Files.createTempDirectory("chromium-");
    List<String> command = new ArrayList<>(FLAGS);
    command.addFirst(browser.toString());
    command.addAll(List.of("--user-data-dir=" + profile, "about:blank"));
    process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    var output = process.errorReader(StandardCharsets.UTF_8);
    devTools = new DevTools(URI.create(address(browser, output)));
    Thread.ofVirtual().start(() -> drain(output));
  }

  /** The browser that the environment's CHROMIUM names, or else the first known name in PATH. */
  static Optional<Path> find() {
    String named = System.getenv("CHROMIUM");
    if (named != null) {
      return Optional.of(Path.of(named)).filter(Files::isExecutable);
    }
    return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
        .flatMap(name ->
            Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(dir -> Path.of(dir, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A page in a context of its own: its cookies and storage are another user's. */
  public Page open(URI address) {
    String context =
        devTools.call("Target.createBrowserContext", Map.of()).path("browserContextId").asString();
    contexts.add(context);
    return open(address, context);
  }

  /** Another tab of the same user. */
  public Page openBeside(Page other, URI address) {
    return open(address, other.context());
  }

  private Page open(URI address, String context) {
    Map<String, ?> blank = Map.of("url", "about:blank", "browserContextId", context);
    String target = devTools.call("Target.createTarget", blank).path("targetId").asString();
    Map<String, ?> flat = Map.of("targetId", target, "flatten", true);
    String session = devTools.call("Target.attachToTarget", flat).path("sessionId").asString();
    Page page = new Page(devTools, context, target, session);
    page.go(address);
    return page;
  }

  /** Closes all pages with whatever they have stored. */
  public void closePages() {
    contexts.forEach(context ->
        devTools.call("Target.disposeBrowserContext", Map.of("browserContextId", context)));
    contexts.clear();
  }

  @Override
  public void close() throws IOException {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(ended -> ended.onExit().join()); // or they would still write into the profile
    devTools.close();
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.toList().reversed()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static String address(Path browser, BufferedReader output) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        return line.substring(READY.length());
      }
    }
    throw new IOException(browser + " ended before it listened");
  }

  /** A full pipe would stop the browser. */
  private static void drain(BufferedReader output) {
    try {
      while (output.readLine() != null) {
        // its warnings are of no interest
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
