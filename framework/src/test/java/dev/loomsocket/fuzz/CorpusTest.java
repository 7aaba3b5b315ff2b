package dev.loomsocket.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All that fuzzing has found, again; and what lies next to it, seeded. */
class CorpusTest {
  private static final int NEIGHBOURS = 500;

  @ParameterizedTest
  @EnumSource
  void whatWasFoundStaysMended(Target target) throws IOException {
    List<byte[]> corpus = Corpus.of(target);
    assertFalse(corpus.isEmpty());
    corpus.forEach(input -> run(target, input));
    run(target, new byte[0]);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAlmostTheSameHoldsToo(Target target) throws IOException {
    List<byte[]> corpus = Corpus.of(target);
    SplittableRandom random = new SplittableRandom(6455);
    for (int i = 0; i < NEIGHBOURS; i++) {
      run(target, neighbour(random, corpus));
    }
  }

  /** The front of one input with the rear of another, and some bytes changed. */
  private static byte[] neighbour(SplittableRandom random, List<byte[]> corpus) {
    byte[] front = corpus.get(random.nextInt(corpus.size()));
    byte[] rear = random.nextInt(3) > 0 ? front : corpus.get(random.nextInt(corpus.size()));
    int from = random.nextInt(rear.length + 1);
    int to = rear == front && random.nextBoolean() ? from : random.nextInt(front.length + 1);
    byte[] input = new byte[to + rear.length - from];
    System.arraycopy(front, 0, input, 0, to);
    System.arraycopy(rear, from, input, to, rear.length - from);
    for (int changes = input.length == 0 ? 0 : random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(input.length);
      input[at] =
          (byte) (random.nextBoolean() ? random.nextInt() : input[at] ^ 1 << random.nextInt(8));
    }
    return input;
  }

  private static void run(Target target, byte[] input) {
    try {
      target.run(input);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(target.label() + " fails with " + Corpus.encode(input), e);
    }
  }

  @Test
  void anyByteCanStandInALine() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertArrayEquals(all, Corpus.decode(Corpus.encode(all)));
    assertEquals("\\x23 GET /\\x0d\\x0a\\\\#\\xff", Corpus.encode(bytes("# GET /\r\n\\#\u00ff")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
