package dev.loomsocket.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FixedBodyTest {

  @Test
  void anEmptyBodyIsCompleteAtOnce() {
    CollectedBody body = new CollectedBody(new FixedBody(0));
    assertTrue(body.isComplete());
    assertEquals(0, body.take(new byte[3], 1, 3));
    assertEquals(0, body.bytes().length);
  }

  @Test
  void takesItsLengthAndNoMore() {
    byte[] wire = "abcdef".getBytes(UTF_8);
    for (int cut = 1; cut < 6; cut++) {
      CollectedBody body = new CollectedBody(new FixedBody(4));
      int taken = body.take(wire, 1, cut);
      assertFalse(body.isComplete() && cut < 5);
      assertEquals(4, taken + body.take(wire, 1 + taken, 6));
      assertTrue(body.isComplete());
      assertArrayEquals("bcde".getBytes(UTF_8), body.bytes());
    }
  }
}
