package dev.loomsocket.sample;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A server that knows nothing but the opening handshake, and does it wrong: its magic string
 * differs from the true one in a character. It serves this machine only, on a port of its own.
 */
final class BrokenHandshake implements AutoCloseable {
  private static final String MAGIC = Accept.MAGIC.replaceFirst("1$", "2");
  private static final String KEY = "Sec-WebSocket-Key: ";
  private static final String END = "\r\n\r\n";
  private static final int PATIENCE = 5_000; // ms
  private static final int LONGEST_HEAD = 16 * 1024; // bytes
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
      InputStream in = new BufferedInputStream(socket.getInputStream());
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

  /** The first line and the headers that may be shown. */
  private static List<String> head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf(END, Math.max(0, head.length() - END.length())) < 0) {
      int next = in.read();
      if (next < 0 || head.length() == LONGEST_HEAD) {
        throw new IOException("that is no handshake");
      }
      head.append((char) next);
    }
    List<String> lines = head.toString().lines().toList();
    return Stream.concat(
            Stream.of(lines.getFirst()), lines.stream().filter(BrokenHandshake::isShown))
        .toList();
  }

  private static boolean isShown(String line) {
    return HandshakeLab.NAMES.stream().anyMatch(name -> line.startsWith(name + ":"));
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
