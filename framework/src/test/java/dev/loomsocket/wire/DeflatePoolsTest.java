package dev.loomsocket.wire;

import static dev.loomsocket.wire.Samples.CONTEXT;
import static dev.loomsocket.wire.Samples.NO_CONTEXT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class DeflatePoolsTest {
  private static final int CAPACITY = 2;

  private final DeflatePools pools = new DeflatePools(CAPACITY);

  @Test
  void eachLevelHasDeflatersOfItsOwn() {
    byte[] text = Samples.text(new Random(4), 5_000);
    int previous = Integer.MAX_VALUE;
    for (int level : new int[] {0, 1, 9}) {
      try (Deflation deflation = new Deflation(pools, level, NO_CONTEXT)) {
        int size = deflation.message(text).length;
        assertTrue(size < previous, "level " + level + ": " + size);
        previous = size;
      }
      assertEquals(1, pools.deflaters(level).idle());
    }
    assertEquals(0, pools.deflaters(6).idle());
  }

  @Test
  void whatIsTooManyIsEndedNatively() {
    List<Inflater> inflaters =
        IntStream.rangeClosed(0, CAPACITY).mapToObj(i -> pools.inflaters().borrow()).toList();
    inflaters.forEach(pools.inflaters()::giveBack);
    assertThrows(RuntimeException.class, inflaters.get(CAPACITY)::getBytesRead);
    assertEquals(0, inflaters.getFirst().getBytesRead());
    List<Deflater> deflaters =
        IntStream.rangeClosed(0, CAPACITY).mapToObj(i -> pools.deflaters(1).borrow()).toList();
    deflaters.forEach(pools.deflaters(1)::giveBack);
    assertThrows(RuntimeException.class, deflaters.get(CAPACITY)::getBytesRead);
    assertEquals(0, deflaters.getFirst().getBytesRead());

    pools.close();
    assertThrows(RuntimeException.class, inflaters.getFirst()::getBytesRead);
    assertThrows(RuntimeException.class, deflaters.getFirst()::getBytesRead);
  }

  @Test
  void connectionsOnManyThreadsDoNotDisturbEachOther() throws Exception {
    int threads = 8;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Callable<Void>> all =
          IntStream.range(0, threads).<Callable<Void>>mapToObj(i -> () -> talk(i)).toList();
      for (Future<Void> done : executor.invokeAll(all)) {
        done.get();
      }
    }
    assertTrue(pools.inflaters().idle() >= 1 && pools.inflaters().idle() <= CAPACITY);
    assertTrue(pools.deflaters(1).idle() >= 1 && pools.deflaters(1).idle() <= CAPACITY);
    assertTrue(pools.scratch().idle() >= 1 && pools.scratch().idle() <= CAPACITY);
  }

  /** Some connections, one after the other; some are closed in the middle of a message. */
  private Void talk(int seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 30; n++) {
      DeflateParameters parameters = random.nextBoolean() ? CONTEXT : NO_CONTEXT;
      try (Deflation deflation = new Deflation(pools, 1, parameters);
          Inflation inflation = new Inflation(pools, parameters)) {
        for (int messages = random.nextInt(20); messages > 0; messages--) {
          byte[] message = Samples.message(random, random.nextInt(20_000));
          assertArrayEquals(message, inflate(inflation, deflation.message(message)));
          inflation.end();
        }
        inflate(inflation, deflation.piece(new byte[100], 0, 100));
      }
    }
    return null;
  }

  private static byte[] inflate(Inflation inflation, byte[] payload) {
    inflation.feed(payload, 0, payload.length);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] out = new byte[1_000];
    for (int n = inflation.inflate(out, 0, 1_000); n > 0; n = inflation.inflate(out, 0, 1_000)) {
      all.write(out, 0, n);
    }
    return all.toByteArray();
  }
}
