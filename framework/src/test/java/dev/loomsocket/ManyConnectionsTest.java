package dev.loomsocket;

import static dev.loomsocket.RawClient.request;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten thousand connections that say nothing, in a heap of 256 MiB; and then each says something.
 */
class ManyConnectionsTest {
  private static final int CONNECTIONS = 10_000;
  private static final int SPARE_DESCRIPTORS = 1_000; // of the test's own JVM

  /** As browsers do it: they offer compression. */
  private static final byte[] HANDSHAKE =
      request(
          "GET /echo HTTP/1.1",
          "Host: localhost",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Key: " + RawClient.KEY,
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
          "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)",
          "Accept-Language: en-US,en;q=0.9",
          "Cookie: session=0123456789abcdef");

  /** The server, in a JVM of its own. */
  public static final class Served {
    private Served() {}

    @WebSocketEndpoint("/echo")
    static class Echo {
      @OnMessage
      String text(String text) {
        return text;
      }
    }

    public static void main(String[] args) {
      Loomsocket.app(args).endpoint(Echo.class).run();
    }
  }

  @Test
  @Timeout(300) // of a server that does not answer
  void tenThousandIdleConnectionsFitInto256MebibytesAndAllAreAnswered() throws Exception {
    int allowed = FileDescriptors.forConnections();
    String why = "skipped: `ulimit -n` leaves only " + allowed + " connections to a process";
    if (allowed < CONNECTIONS + SPARE_DESCRIPTORS) {
      System.out.println(why);
      abort(why);
    }
    List<SocketChannel> clients = new ArrayList<>();
    List<String> options = List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
    try (Child server = Child.start(options, Served.class, "--port=0")) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.awaitPort());
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(SocketChannel.open(address));
        clients.get(i).write(ByteBuffer.wrap(HANDSHAKE));
      }
      for (SocketChannel client : clients) {
        assertTrue(readHead(client).startsWith("HTTP/1.1 101 "));
      }
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.get(i).write(ByteBuffer.wrap(RawClient.text("message %05d".formatted(i))));
      }
      for (int i = 0; i < CONNECTIONS; i++) {
        ByteBuffer frame = read(clients.get(i), 2 + 13);
        assertEquals("message %05d".formatted(i), US_ASCII.decode(frame.position(2)).toString());
      }
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }

  private static ByteBuffer read(SocketChannel channel, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    return buffer.flip();
  }

  /** The server says nothing behind its head until it is asked. */
  private static String readHead(SocketChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(512);
    String head = "";
    while (!head.endsWith("\r\n\r\n")) {
      if (channel.read(buffer) < 0) {
        throw new EOFException(head);
      }
      head = US_ASCII.decode(buffer.duplicate().flip()).toString();
    }
    return head;
  }
}
