package dev.loomsocket.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FixedBodyTest {

  @Test
  void anEmptyBodyIsCompleteAtOnce() {
    FixedBody body = new FixedBody(0);
    assertTrue(body.isComplete());
    assertEquals(0, body.take(new byte[3], 1, 3));
    assertEquals(0, body.bytes().length);
  }

  @Test
  void takesItsLengthAndNoMore() {
    byte[] wire = "abcdef".getBytes(UTF_8);
    for (int cut = 1; cut < 6; cut++) {
      FixedBody body = new FixedBody(4);
      int taken = body.take(wire, 1, cut);
      assertFalse(body.isComplete() && cut < 5);
      assertEquals(4, taken + body.take(wire, 1 + taken, 6));
      assertTrue(body.isComplete());
      assertArrayEquals("bcde".getBytes(UTF_8), body.bytes());
    }
  }

  @Test
  void growsWithWhatArrives() {
    byte[] wire = new byte[100_000];
    SplittableRandom random = new SplittableRandom(1);
    random.nextBytes(wire);
    FixedBody body = new FixedBody(99_999);
    for (int pos = 0; !body.isComplete(); ) {
      pos += body.take(wire, pos, Math.min(wire.length, pos + random.nextInt(5_000)));
    }
    assertArrayEquals(Arrays.copyOf(wire, 99_999), body.bytes());
  }
}
