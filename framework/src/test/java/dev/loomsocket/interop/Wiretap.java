package dev.loomsocket.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between clients and a server, passes every byte on, and counts. */
final class Wiretap implements AutoCloseable {
  private static final int REMEMBERED = 2048; // bytes of each direction: more than any head here

  private final ServerSocket listener;
  private final int serverPort;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();

  Wiretap(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The connection that became a WebSocket. */
  Connection webSocket() {
    return connections.stream()
        .filter(connection -> connection.answered.start().startsWith("HTTP/1.1 101 "))
        .reduce((one, other) -> other)
        .orElseThrow();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Connection connection = new Connection();
        connections.add(connection);
        Thread.ofVirtual().start(() -> connection.asked.pump(client, server));
        Thread.ofVirtual().start(() -> connection.answered.pump(server, client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /** Both directions of one connection. */
  static final class Connection {
    private final Direction asked = new Direction();
    private final Direction answered = new Direction();

    /** What the client sent, with its handshake. */
    long bytesUp() {
      return asked.bytes.get();
    }

    /** What the server sent, with its handshake. */
    long bytesDown() {
      return answered.bytes.get();
    }

    /** What the server answered about extensions; empty if nothing. */
    String extensions() {
      String name = "sec-websocket-extensions:";
      return answered
          .start()
          .lines()
          .takeWhile(line -> !line.isEmpty())
          .filter(line -> line.regionMatches(true, 0, name, 0, name.length()))
          .map(line -> line.substring(name.length()).strip())
          .reduce("", String::concat);
    }
  }

  private static final class Direction {
    private final byte[] start = new byte[REMEMBERED];
    private final AtomicLong bytes = new AtomicLong();

    String start() {
      return new String(start, 0, (int) Math.min(bytes.get(), REMEMBERED), ISO_8859_1);
    }

    void pump(Socket from, Socket to) {
      byte[] buffer = new byte[1 << 16];
      try (to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int count; (count = in.read(buffer)) > 0; ) {
          int before = (int) Math.min(bytes.get(), REMEMBERED);
          System.arraycopy(buffer, 0, start, before, Math.min(count, REMEMBERED - before));
          bytes.addAndGet(count); // and so what was remembered is seen
          out.write(buffer, 0, count);
        }
      } catch (SocketException e) {
        // closed from the other side
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
