package dev.loomsocket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loomsocket.http.Response;
import dev.loomsocket.websocket.OnMessage;
import dev.loomsocket.websocket.WebSocketEndpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What an idle connection costs: no thread, and no more if it agreed on compression and has used
 * it.
 */
class IdleMemoryTest {
  private static final int CONNECTIONS = 10_000;
  private static final int SPARE_DESCRIPTORS = 1_000; // of the test's own JVM
  private static final long POOLS = 8 << 20; // bytes for what connections use in turn

  private static final String HANDSHAKE = new String(RawClient.handshake("/echo"), US_ASCII);
  private static final byte[] MESSAGE = RawClient.ascii("a message like others. ".repeat(100));

  /** The server, in a JVM of its own, which tells what memory it uses. */
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
      Loomsocket.app(args)
          .endpoint(Echo.class)
          .get("/memory", request -> Response.text(memory()))
          .run();
    }

    /**
     * The bytes of all objects that can be reached (collectors leave some of the others there), how
     * many of them are virtual threads, and the bytes of the whole process.
     */
    private static String memory() throws JMException, IOException {
      String histogram =
          (String)
              ManagementFactory.getPlatformMBeanServer()
                  .invoke(
                      new ObjectName("com.sun.management:type=DiagnosticCommand"),
                      "gcClassHistogram",
                      new Object[] {new String[0]},
                      new String[] {String[].class.getName()});
      return "%s %s %d"
          .formatted(
              found("Total +\\d+ +(\\d+)", histogram),
              found(" (\\d+) +\\d+ +java\\.lang\\.VirtualThread( |\n)", histogram),
              resident());
    }

    private static String found(String pattern, String text) {
      Matcher matcher = Pattern.compile(pattern).matcher(text);
      return matcher.find() ? matcher.group(1) : "0";
    }

    private static long resident() throws IOException {
      try (var lines = Files.lines(Path.of("/proc/self/status"))) {
        return 1024
            * lines
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
      }
    }
  }

  /** Bytes: of the objects in use, and of the process outside of the heap. */
  private record Memory(long heap, int threads, long outside) {
    static Memory of(RawClient observer) {
      String[] numbers = observer.get("/memory").text().split(" ");
      return new Memory(
          Long.parseLong(numbers[0]), Integer.parseInt(numbers[1]), Long.parseLong(numbers[2]));
    }

    Memory since(Memory before) {
      return new Memory(heap - before.heap, threads, outside - before.outside);
    }

    @Override
    public String toString() {
      return "%d bytes of heap and %d outside of it for each connection"
          .formatted(heap / CONNECTIONS, outside / CONNECTIONS);
    }
  }

  @Test
  @Timeout(300)
  void compressionCostsAnIdleConnectionNoMemory() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "skipped: no /proc here");
    int allowed = FileDescriptors.forConnections();
    assumeTrue(
        allowed >= CONNECTIONS + SPARE_DESCRIPTORS,
        () -> "skipped: `ulimit -n` leaves only " + allowed + " connections to a process");
    Memory plain = measure(HANDSHAKE, RawClient.frame(0x81, MESSAGE));
    Memory compressed =
        measure(
            HANDSHAKE.replace(
                "\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"),
            RawClient.frame(0xc1, deflated()));
    String both = "without compression " + plain + ", with it " + compressed;
    System.out.println(both);
    assertTrue(compressed.heap <= 1.1 * plain.heap, both);
    assertTrue(compressed.outside <= 1.1 * Math.max(0, plain.outside) + POOLS, both);
  }

  /** Ten thousand connections, each of which has said something once. */
  private static Memory measure(String handshake, byte[] message) throws Exception {
    List<SocketChannel> clients = new ArrayList<>();
    // The heap is there from the start, so that what the process grows by is outside of it; and the
    // collector moves everything together: what it leaves as it was would count as objects in use.
    List<String> options =
        List.of(
            "-Xms256m",
            "-Xmx256m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:MarkSweepDeadRatio=0",
            "-XX:TieredStopAtLevel=1");
    try (Child server = Child.start(options, Served.class, "--port=0")) {
      int port = server.awaitPort();
      try (RawClient observer = RawClient.connect(port)) {
        talk(port, handshake, message).close(); // all classes are loaded then
        Memory before = Memory.of(observer);
        for (int i = 0; i < CONNECTIONS; i++) {
          clients.add(talk(port, handshake, message));
        }
        AtomicReference<Memory> idle = new AtomicReference<>();
        Eventually.holds(
            "hardly one that is silent has a thread",
            () -> {
              idle.set(Memory.of(observer));
              return idle.get().threads < CONNECTIONS / 100;
            });
        return idle.get().since(before);
      }
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }

  private static SocketChannel talk(int port, String handshake, byte[] message) throws IOException {
    SocketChannel client =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    client.write(ByteBuffer.wrap(handshake.getBytes(US_ASCII)));
    String head = "";
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    while (!head.endsWith("\r\n\r\n")) { // the server says nothing behind it until it is asked
      assertTrue(client.read(buffer) > 0, head);
      head = US_ASCII.decode(buffer.duplicate().flip()).toString();
    }
    boolean compresses = handshake.contains("permessage-deflate");
    assertEquals(compresses, head.contains("permessage-deflate"), head);
    client.write(ByteBuffer.wrap(message));
    buffer.clear();
    int size = 2;
    while (buffer.position() < size) {
      assertTrue(client.read(buffer) > 0);
      if (buffer.position() >= 4) {
        int length7 = buffer.get(1);
        size = length7 == 126 ? 4 + buffer.getShort(2) : 2 + length7;
      }
    }
    assertEquals(compresses ? 0xc1 : 0x81, buffer.get(0) & 0xff);
    return client;
  }

  private static byte[] deflated() {
    Deflater deflater = new Deflater(6, true);
    deflater.setInput(MESSAGE);
    byte[] out = new byte[MESSAGE.length];
    int size = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(out, size - 4);
  }
}
