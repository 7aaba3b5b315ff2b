package dev.loomsocket.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A server that knows nothing but the opening handshake, and does it wrong: its magic string
 * differs from the true one in a character. It serves this machine only, on a port of its own.
 */
final class BrokenHandshake implements AutoCloseable {
  private static final String MAGIC = Accept.MAGIC.replaceFirst("1$", "2");
  private static final String KEY = "Sec-WebSocket-Key: ";
  private static final int PATIENCE = 5_000; // ms
  private static final int MOST_LINES = 50;
  private static final int MOST_KEPT = 100;

  private final ServerSocket server;
  private final ReentrantLock lock = new ReentrantLock();
  private final SequencedMap<String, Exchange> exchanges = new LinkedHashMap<>(); // guarded by lock

  BrokenHandshake() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** What was said when the browser asked for {@code /id}. */
  Optional<Exchange> exchange(String id) {
    lock.lock();
    try {
      return Optional.ofNullable(exchanges.get("/" + id));
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.startVirtualThread(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the app has stopped
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setSoTimeout(PATIENCE);
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      List<String> request = head(in);
      Exchange exchange = answer(request);
      keep(request.getFirst().split(" ")[1], exchange);
      String response = String.join("\r\n", exchange.response()) + "\r\n\r\n";
      socket.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
      in.read(); // until the browser has had enough
    } catch (IOException | RuntimeException e) {
      // whoever speaks otherwise gets no answer
    }
  }

  private static List<String> head(BufferedReader in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (lines.size() < MOST_LINES) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static Exchange answer(List<String> request) {
    String key = request.stream().filter(line -> line.startsWith(KEY)).findFirst().orElseThrow();
    Accept accept = Accept.of(key.substring(KEY.length()), MAGIC);
    return Exchange.of(request, accept);
  }

  private void keep(String path, Exchange exchange) {
    lock.lock();
    try {
      exchanges.putLast(path, exchange);
      if (exchanges.size() > MOST_KEPT) {
        exchanges.pollFirstEntry();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
