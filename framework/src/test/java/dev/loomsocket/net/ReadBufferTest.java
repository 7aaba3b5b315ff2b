package dev.loomsocket.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadBufferTest {
  private final MemoryTransport transport = new MemoryTransport();
  private final BufferPool pool = new BufferPool(4);
  private final ReadBuffer in = new ReadBuffer(transport, pool);

  @Test
  void bytesAreAddedBehindThoseNotConsumed() throws IOException {
    transport.send(ascii("abc"));
    assertEquals(3, in.fill(Transport.FOREVER));
    in.consume(1);
    transport.send(ascii("de"));
    assertEquals(2, in.fill(Transport.FOREVER));
    assertEquals("bcde", text());
  }

  @Test
  void theEndOfTheStreamIsMinusOne() throws IOException {
    transport.send(ascii("a"));
    transport.end();
    assertEquals(1, in.fill(Transport.FOREVER));
    assertEquals(-1, in.fill(Transport.FOREVER));
    assertEquals("a", text());
  }

  @Test
  void aTimeoutThatPassedIsZero() throws IOException {
    assertEquals(0, in.fill(0));
    transport.send(ascii("a"));
    assertEquals(1, in.fill(Duration.ofSeconds(1).toNanos()));
  }

  @Test
  void wakingEndsOneWait() throws IOException {
    transport.wake();
    assertEquals(0, in.fill(Transport.FOREVER));
    transport.send(ascii("a"));
    assertEquals(1, in.fill(Transport.FOREVER));
  }

  @Test
  void aBrokenConnectionThrows() {
    transport.reset();
    assertThrows(IOException.class, () -> in.fill(Transport.FOREVER));
  }

  @Test
  void anEmptyBufferIsBackInThePoolWhileItWaits() throws IOException {
    transport.send(ascii("a"));
    in.fill(Transport.FOREVER);
    byte[] lent = in.array();
    in.consume(1);
    assertEquals(0, in.fill(0));
    assertEquals(0, in.array().length);
    assertSame(lent, pool.borrow().array());
  }

  @Test
  void growsForWhatIsNotConsumed() throws IOException {
    byte[] large = new byte[3 * BufferPool.BUFFER_SIZE];
    new Random(31).nextBytes(large);
    transport.send(large);
    while (in.available() < large.length) {
      in.fill(Transport.FOREVER);
    }
    assertArrayEquals(large, Arrays.copyOfRange(in.array(), in.pos(), in.limit()));
  }

  private String text() {
    return new String(in.array(), in.pos(), in.available(), US_ASCII);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
