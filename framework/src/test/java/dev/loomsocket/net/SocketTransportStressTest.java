package dev.loomsocket.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.loomsocket.net.Loopback.Pair;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Thousands of exchanges over several connections at once, each side now the slower and now the
 * faster one. If a wake-up or a read interest were ever lost, an exchange would wait for ever.
 */
@Timeout(120)
class SocketTransportStressTest {
  private static final int CONNECTIONS = 6;
  private static final int PIECES = 300;
  private static final long TIMEOUT = 60_000_000_000L; // nanoseconds

  private final BufferPool pool = new BufferPool(4);
  private final List<Pair> pairs = new ArrayList<>();
  private Loopback loopback;

  @BeforeEach
  void connect() throws IOException, InterruptedException {
    loopback = new Loopback();
    for (int i = 0; i < CONNECTIONS; i++) {
      pairs.add(loopback.connect());
    }
  }

  @AfterEach
  void close() throws IOException {
    for (Pair pair : pairs) {
      pair.close();
    }
    loopback.close();
  }

  @Test
  void everyMessageIsAnswered() throws IOException {
    List<Doing> all = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Pair pair = pairs.get(i);
      int seed = i;
      all.add(Doing.start(() -> echo(pair.transport(), new Random(seed), 1 + seed * 8)));
      all.add(Doing.start(() -> ask(pair, new Random(100 + seed), 1 + (CONNECTIONS - seed) * 8)));
    }
    for (Doing each : all) {
      each.await();
    }
  }

  @Test
  void streamsInBothDirectionsArriveAsTheyWere() throws IOException {
    List<Doing> all = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Pair pair = pairs.get(i);
      int seed = i;
      all.add(Doing.start(() -> echo(pair.transport(), new Random(seed), 1 + seed * 20)));
      all.add(Doing.start(() -> pour(pair, new Random(seed))));
      all.add(Doing.start(() -> drink(pair, new Random(seed), 1 + (CONNECTIONS - seed) * 20)));
    }
    for (Doing each : all) {
      each.await();
    }
  }

  /**
   * Sends everything back, sometimes late; wakes and timeouts that come between must not matter.
   */
  private void echo(Transport transport, Random random, int slowness) throws IOException {
    ReadBuffer in = new ReadBuffer(transport, pool);
    WriteBuffer out = new WriteBuffer(transport, pool, TIMEOUT);
    int n;
    while ((n = in.fill(random.nextBoolean() ? Transport.FOREVER : 1 + random.nextInt(1000)))
        >= 0) {
      if (n > 0) {
        byte[] bytes = new byte[n];
        System.arraycopy(in.array(), in.pos(), bytes, 0, n);
        in.consume(n);
        idle(random, slowness);
        out.write(bytes);
        out.flush();
      }
      if (random.nextInt(20) == 0) {
        transport.wake();
      }
    }
    in.release();
  }

  private static void ask(Pair pair, Random random, int slowness) throws IOException {
    DataInputStream in = new DataInputStream(pair.peer().getInputStream());
    OutputStream out = pair.peer().getOutputStream();
    for (int i = 0; i < 1_500; i++) {
      byte[] question = new byte[1 + random.nextInt(i % 50 == 0 ? 100_000 : 60)];
      random.nextBytes(question);
      out.write(question);
      idle(random, slowness);
      assertArrayEquals(question, in.readNBytes(question.length));
    }
    pair.peer().shutdownOutput();
  }

  private static void pour(Pair pair, Random random) throws IOException {
    Random content = new Random(7);
    for (int i = 0; i < PIECES; i++) {
      idle(random, 10);
      pair.peer().getOutputStream().write(piece(content));
    }
    pair.peer().shutdownOutput();
  }

  private static void drink(Pair pair, Random random, int slowness) throws IOException {
    DataInputStream in = new DataInputStream(pair.peer().getInputStream());
    Random content = new Random(7);
    for (int i = 0; i < PIECES; i++) {
      idle(random, slowness);
      byte[] expected = piece(content);
      assertArrayEquals(expected, in.readNBytes(expected.length));
    }
  }

  private static byte[] piece(Random content) {
    byte[] piece = new byte[1 + content.nextInt(20_000)];
    content.nextBytes(piece);
    return piece;
  }

  private static void idle(Random random, int slowness) {
    for (int i = random.nextInt(slowness); i > 0; i--) {
      Thread.yield();
    }
  }
}
