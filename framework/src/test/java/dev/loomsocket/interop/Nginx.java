package dev.loomsocket.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The proxy nginx in front of an application, configured as the guide says, but without TLS. */
final class Nginx implements AutoCloseable {
  private static final Path GUIDE = Path.of("src", "docs", "guide", "proxy.md");
  private static final int ATTEMPTS = 5; // another program may take the port meanwhile
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  private static Optional<Path> program() {
    Path usual = Path.of("/usr/sbin/nginx"); // not on everybody's PATH
    return Program.find("nginx").or(() -> Stream.of(usual).filter(Files::isExecutable).findFirst());
  }

  static boolean isInstalled() {
    return program().isPresent() && Files.exists(GUIDE);
  }

  /** Starts it in front of the application on that port. */
  static Nginx start(Path directory, int app) throws Exception {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = freePort();
      Path home = Files.createTempDirectory(directory, "nginx-");
      Path configuration = home.resolve("nginx.conf");
      Files.writeString(configuration, configuration(home, port, app));
      Nginx nginx = new Nginx(run(home, configuration), port);
      if (nginx.isUp()) {
        return nginx;
      }
      nginx.close();
    }
    throw new AssertionError("nginx does not start; its log is in " + directory);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Process run(Path home, Path configuration) throws IOException {
    List<String> command =
        List.of(
            program().orElseThrow().toString(),
            "-p",
            home.toString(),
            "-c",
            configuration.toString(),
            "-e",
            home.resolve("error.log").toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("output.txt").toFile())
        .start();
  }

  private boolean isUp() {
    long deadline = System.nanoTime() + PATIENCE;
    while (process.isAlive() && System.nanoTime() - deadline < 0) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.isConnected();
      } catch (IOException notYet) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
    }
    return false;
  }

  private static String configuration(Path home, int port, int app) throws IOException {
    Matcher block =
        Pattern.compile("```nginx\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(GUIDE, UTF_8));
    if (!block.find()) {
      throw new AssertionError("the guide has no configuration");
    }
    String servers =
        block
            .group(1)
            .replaceAll("(?m)^ *(ssl_\\w+|server_name) .*\n", "")
            .replaceAll("listen [^;]*;", "listen 127.0.0.1:" + port + ";")
            .replace("127.0.0.1:8080;", "127.0.0.1:" + app + ";");
    StringBuilder text =
        new StringBuilder(
            """
            daemon off;
            master_process off;
            pid %1$s/pid;
            events { worker_connections 1024; }
            http {
              access_log off;
            """
                .formatted(home));
    for (String temporary : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
      text.append(temporary).append("_temp_path ").append(home.resolve(temporary)).append(";\n");
    }
    return text.append(servers).append("}\n").toString();
  }

  /** Where it is found. */
  URI uri() {
    return URI.create("http://localhost:" + port + "/");
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
