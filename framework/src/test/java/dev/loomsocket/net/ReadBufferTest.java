package dev.loomsocket.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
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
  void whoWaitsInTheMiddleOfSomethingIsGivenUpWhenTooManyDo() throws IOException {
    BufferPool small = new BufferPool(4, 2 * BufferPool.BUFFER_SIZE, Long.MAX_VALUE);
    List<MemoryTransport> peers = new ArrayList<>();
    List<ReadBuffer> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      peers.add(new MemoryTransport());
      waiting.add(new ReadBuffer(peers.get(i), small));
      peers.get(i).send(new byte[1000]);
      assertEquals(1000, waiting.get(i).fill(Transport.FOREVER));
    }
    assertEquals(0, waiting.get(0).fill(0));
    assertEquals(0, waiting.get(1).fill(0));
    assertThrows(BusyException.class, () -> waiting.get(2).fill(0));
    assertEquals(1000, waiting.get(2).available());
    waiting.get(0).consume(900); // the rest is little, and needs no buffer
    assertEquals(0, waiting.get(0).fill(0));
    assertEquals(0, waiting.get(2).fill(0));
    waiting.get(1).release();
    peers.get(0).send(new byte[1000]);
    assertEquals(1000, waiting.get(0).fill(0));
    assertEquals(0, waiting.get(0).fill(0));
  }

  @Test
  void theNextBytesMayGoElsewhere() throws IOException {
    ByteBuffer room = ByteBuffer.allocate(3);
    transport.send(ascii("abcde"));
    in.detour(room);
    assertEquals(3, in.fill(Transport.FOREVER));
    assertSame(room, in.endDetour());
    assertArrayEquals(ascii("abc"), room.array());
    assertEquals(0, in.available());
    assertEquals(2, in.fill(Transport.FOREVER));
    assertEquals("de", text());
    assertNull(in.endDetour());
  }

  @Test
  void bytesDoNotGoElsewhereBeforeThoseAtHandAreConsumed() throws IOException {
    transport.send(ascii("ab"));
    in.fill(Transport.FOREVER);
    in.detour(ByteBuffer.allocate(10));
    transport.send(ascii("c"));
    in.fill(Transport.FOREVER);
    assertNull(in.endDetour());
    assertEquals("abc", text());
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
  void inputThatIsNotThereLeavesTheBufferInThePool() throws Exception {
    ByteBuffer buffer = pool.borrow();
    pool.giveBack(buffer);
    transport.stir();
    Thread waiting = Thread.startVirtualThread(() -> fill(Transport.FOREVER));
    transport.awaitIdle();
    assertSame(buffer, pool.borrow());
    transport.wake();
    waiting.join();
  }

  @Test
  void theTimeoutIsNotBegunAnewByInputThatIsNotThere() throws Exception {
    Thread waiting = Thread.startVirtualThread(() -> fill(Duration.ofSeconds(10).toNanos()));
    transport.awaitIdle();
    transport.advance(Duration.ofSeconds(9));
    transport.stir();
    transport.awaitWaits(2);
    transport.advance(Duration.ofSeconds(1));
    waiting.join();
  }

  @Test
  void bytesInHandAreKeptWhileItWaits() throws IOException {
    transport.send(ascii("ab"));
    in.fill(Transport.FOREVER);
    in.consume(1);
    assertEquals(0, in.fill(0));
    assertEquals("b", text());
  }

  @Test
  void anythingConsumedInAnyPiecesIsTheSameStream() throws IOException {
    Random random = new Random(5);
    byte[] stream = new byte[200_000];
    random.nextBytes(stream);
    ByteArrayOutputStream consumed = new ByteArrayOutputStream();
    int sent = 0;
    while (consumed.size() < stream.length) {
      if (sent < stream.length) {
        int n = Math.min(stream.length - sent, 1 + random.nextInt(5_000));
        transport.send(Arrays.copyOfRange(stream, sent, sent + n));
        sent += n;
        in.fill(Transport.FOREVER);
      }
      int n = random.nextInt(in.available() + 1);
      consumed.write(in.array(), in.pos(), n);
      in.consume(n);
    }
    assertArrayEquals(stream, consumed.toByteArray());
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

  private void fill(long timeout) {
    try {
      assertEquals(0, in.fill(timeout));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text() {
    return new String(in.array(), in.pos(), in.available(), US_ASCII);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
