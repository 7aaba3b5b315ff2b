package dev.loomsocket.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WriteBufferTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final MemoryTransport transport = new MemoryTransport();
  private final BufferPool pool = new BufferPool(4);
  private final WriteBuffer out = new WriteBuffer(transport, pool, TIMEOUT.toNanos());

  @Test
  void smallPiecesWaitForTheFlush() throws IOException {
    out.write(ascii("one "));
    out.write(ascii("two"));
    assertEquals("", received());
    out.flush();
    assertEquals("one two", received());
  }

  @Test
  void flushingNothingWritesNothing() throws IOException {
    out.flush();
    assertEquals("", received());
  }

  @Test
  void whatDoesNotFitGoesBehindWhatIsGathered() throws IOException {
    byte[] large = new byte[BufferPool.BUFFER_SIZE];
    out.write(ascii("head"));
    out.write(ByteBuffer.wrap(large));
    assertEquals(4 + large.length, transport.received().length);
    assertEquals("head", received().substring(0, 4));
  }

  private static Doing stall(MemoryTransport peer, BufferPool pool, byte[] bytes, boolean shared) {
    peer.take(0);
    WriteBuffer writer = new WriteBuffer(peer, pool, TIMEOUT.toNanos());
    return Doing.start(() -> {
      if (shared) {
        writer.writeShared(bytes);
      } else {
        writer.write(bytes);
      }
      writer.flush();
    });
  }

  @Test
  void whoWaitsForRoomIsGivenUpWhenTooMuchWaits() throws IOException {
    BufferPool small = new BufferPool(4, Long.MAX_VALUE, 500_000);
    byte[] vast = new byte[1_000_000];
    MemoryTransport first = new MemoryTransport();
    Doing large = stall(first, small, vast, false);
    first.awaitStalled(); // one alone may wait with any number, which counts for half
    MemoryTransport second = new MemoryTransport();
    Doing another = stall(second, small, vast, false);
    second.awaitStalled();
    byte[] few = new byte[BufferPool.BUFFER_SIZE];
    assertThrows(BusyException.class, stall(new MemoryTransport(), small, few, false)::await);
    first.take(Long.MAX_VALUE);
    large.await();
    MemoryTransport third = new MemoryTransport();
    Doing again = stall(third, small, few, false);
    third.awaitStalled();
    for (MemoryTransport each : List.of(second, third)) {
      each.take(Long.MAX_VALUE);
    }
    another.await();
    again.await();
    assertEquals(vast.length, second.received().length);
    assertEquals(few.length, third.received().length);
  }

  @Test
  void bytesThatAreThereAnywayDoNotCount() throws IOException {
    BufferPool small = new BufferPool(4, Long.MAX_VALUE, 500_000);
    byte[] vast = new byte[1_000_000];
    List<MemoryTransport> peers = new ArrayList<>();
    List<Doing> writing = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      peers.add(new MemoryTransport());
      writing.add(stall(peers.get(i), small, vast, true));
      peers.get(i).awaitStalled();
    }
    for (int i = 0; i < 10; i++) {
      peers.get(i).take(Long.MAX_VALUE);
      writing.get(i).await();
      assertEquals(vast.length, peers.get(i).received().length);
    }
  }

  @Test
  void aFilesBytesAreHeldOnlyWhileTheyAreWritten(@TempDir Path directory) throws Exception {
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    Path file = Files.write(directory.resolve("file"), content);
    BufferPool none = new BufferPool(1);
    WriteBuffer writer = new WriteBuffer(transport, none, TIMEOUT.toNanos());
    ByteBuffer only = none.borrow();
    none.giveBack(only);
    transport.take(100_000);
    Doing writing =
        Doing.start(() -> {
          try (FileChannel channel = FileChannel.open(file)) {
            writer.write(channel, 1, content.length - 1);
          }
        });
    transport.awaitStalled();
    assertSame(only, none.borrow());
    transport.take(Long.MAX_VALUE);
    writing.await();
    assertArrayEquals(Arrays.copyOfRange(content, 1, content.length), transport.received());
  }

  @Test
  void aFileThatIsTooShortIsNotWritten(@TempDir Path directory) throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[10]);
    try (FileChannel channel = FileChannel.open(file)) {
      assertThrows(EOFException.class, () -> out.write(channel, 5, 6));
    }
  }

  @Test
  void aPeerThatTakesNothingOfAFileIsGivenUp(@TempDir Path directory) throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[10]);
    transport.take(0);
    Doing writing =
        Doing.start(() -> {
          try (FileChannel channel = FileChannel.open(file)) {
            assertThrows(IOException.class, () -> out.write(channel, 0, 10));
          }
        });
    transport.awaitStalled();
    transport.advance(TIMEOUT.plusSeconds(1));
    writing.await();
  }

  @Test
  void eachWriteIsWork() throws IOException {
    for (int i = 0; i < 10; i++) {
      out.write(ascii("a"));
      out.flush();
    }
    assertEquals(10 * 4096, transport.worked()); // as much as the call costs, at least
    out.write(new byte[100_000]);
    assertEquals(10 * 4096 + 100_000, transport.worked());
  }

  @Test
  void theBufferIsBackInThePoolAfterTheFlush() throws IOException {
    ByteBuffer buffer = pool.borrow();
    pool.giveBack(buffer);
    out.write(ascii("a"));
    out.flush();
    assertSame(buffer, pool.borrow());
  }

  @Test
  void piecesOfEverySizeArriveInOrder() throws IOException {
    Random random = new Random(17);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (int i = 0; i < 500; i++) {
      byte[] piece = new byte[random.nextInt(random.nextBoolean() ? 40 : 40_000)];
      random.nextBytes(piece);
      transport.mouthful(1 + random.nextInt(20_000));
      expected.writeBytes(piece);
      out.write(piece);
      if (random.nextInt(4) == 0) {
        out.flush();
      }
    }
    out.flush();
    assertArrayEquals(expected.toByteArray(), transport.received());
  }

  @Test
  void flushingWaitsForAPeerThatTakesNothing() throws Exception {
    transport.take(2);
    CompletableFuture<Void> flushed = flushElsewhere("abcd");
    transport.awaitStalled();
    assertEquals("ab", received());
    transport.take(2);
    flushed.get();
    assertEquals("abcd", received());
  }

  @Test
  void aPeerThatTakesNothingForTooLongIsGivenUp() {
    transport.take(0);
    CompletableFuture<Void> flushed = flushElsewhere("abcd");
    transport.awaitStalled();
    transport.advance(TIMEOUT);
    assertThrows(ExecutionException.class, flushed::get);
  }

  @Test
  void aPeerThatTakesAFewBytesIsNotGivenUp() throws Exception {
    transport.take(0);
    CompletableFuture<Void> flushed = flushElsewhere("abcd");
    for (int i = 0; i < 4; i++) {
      transport.awaitStalled();
      transport.trickle(1);
      transport.advance(TIMEOUT);
      transport.awaitReceived(i + 1);
    }
    flushed.get();
    assertEquals("abcd", received());
  }

  @Test
  void aConnectionThatBreaksEndsTheWait() {
    transport.take(0);
    CompletableFuture<Void> flushed = flushElsewhere("abcd");
    transport.awaitStalled();
    transport.reset();
    assertThrows(ExecutionException.class, flushed::get);
  }

  private CompletableFuture<Void> flushElsewhere(String text) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        out.write(ascii(text));
        out.flush();
        done.complete(null);
      } catch (IOException e) {
        done.completeExceptionally(e);
      }
    });
    return done;
  }

  private String received() {
    return new String(transport.received(), US_ASCII);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
