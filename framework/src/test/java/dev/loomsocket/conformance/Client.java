package dev.loomsocket.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.loomsocket.conformance.Exchange.Chops;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A TCP connection to the server, which knows as much of HTTP as an opening handshake takes. */
final class Client implements AutoCloseable {
  private static final int PATIENCE = 20; // seconds until a read that should have an answer fails
  private static final int SENT_WITHOUT_READING = 16 * 1024; // bytes that no socket refuses

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Client(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE));
    in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    out = socket.getOutputStream();
  }

  /** Does the opening handshake; the value of Sec-WebSocket-Extensions, or nothing. */
  String open(Setting setting) throws IOException {
    List<String> lines = new ArrayList<>(Handshakes.GOOD);
    lines.set(0, "GET " + setting.path() + " HTTP/1.1");
    if (!setting.offer().isEmpty()) {
      lines.add("Sec-WebSocket-Extensions: " + setting.offer());
    }
    send(Handshakes.request(lines));
    List<String> head = head();
    if (!head.getFirst().startsWith("HTTP/1.1 101 ")) {
      throw new AssertionError(head.getFirst());
    }
    return Handshakes.field(head, "Sec-WebSocket-Extensions").orElse("");
  }

  /** Reads up to the empty line behind a response's fields: its other lines. */
  List<String> head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new AssertionError("the connection ended within a head: " + head);
      }
      head.append((char) next);
    }
    return head.toString().lines().filter(line -> !line.isEmpty()).toList();
  }

  void send(String text) throws IOException {
    send(text.getBytes(ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** Reads the next frame; empty at the connection's end. */
  Optional<Frame> frame() throws IOException {
    return Frame.read(in);
  }

  /**
   * Sends a case's bytes up to an index, so cut, and reads all frames up to the connection's end.
   */
  List<Frame> converse(Exchange exchange, Chops chops, int until) throws Exception {
    Semaphore arrived = new Semaphore(0);
    boolean mustRead = until > SENT_WITHOUT_READING || !exchange.script().pauses().isEmpty();
    Thread writer = null;
    if (mustRead) {
      writer = Thread.startVirtualThread(() -> write(exchange, chops, until, arrived));
    } else {
      write(exchange, chops, until, arrived);
    }
    List<Frame> frames = new ArrayList<>();
    Optional<Frame> next;
    while ((next = frame()).isPresent()) {
      frames.add(next.get());
      arrived.release();
    }
    if (writer != null) {
      arrived.release(Short.MAX_VALUE); // it need not wait for what will not come
      writer.join();
    }
    return frames;
  }

  private void write(Exchange exchange, Chops chops, int until, Semaphore arrived) {
    byte[] bytes = exchange.script().bytes();
    List<Script.Pause> pauses = new ArrayList<>(exchange.script().pauses());
    int waited = 0;
    try {
      int from = 0;
      for (int end : chops.ends()) {
        int to = Math.min(end, until);
        out.write(bytes, from, to - from);
        from = to;
        while (!pauses.isEmpty() && pauses.getFirst().at() <= from) {
          int replies = pauses.removeFirst().replies();
          if (!arrived.tryAcquire(replies - waited, PATIENCE, TimeUnit.SECONDS)) {
            socket.shutdownOutput(); // nothing comes: let the reader see what there is
            return;
          }
          waited = replies;
        }
      }
    } catch (SocketException e) {
      // The server has ended the connection in the middle: what it said before is what counts.
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
