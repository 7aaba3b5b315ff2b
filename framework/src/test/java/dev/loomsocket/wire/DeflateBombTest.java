package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.header;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Few bytes that unfold to very many cost no more than the limit. */
class DeflateBombTest {
  private static final int MIB = 1 << 20;
  private static final int SIZE = 256 * MIB;
  private static final byte[] BOMB = bomb();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final DeflatePools pools = new DeflatePools(1);
  private final Inflation inflation = new Inflation(pools, Samples.NO_CONTEXT);

  /** 256 MiB of zeros. */
  private static byte[] bomb() {
    Deflater deflater = new Deflater(9, true);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] zeros = new byte[MIB];
    byte[] out = new byte[MIB];
    for (int n = 1; n <= SIZE / MIB; n++) {
      deflater.setInput(zeros);
      int flush = n == SIZE / MIB ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH;
      all.write(out, 0, deflater.deflate(out, 0, MIB, flush));
    }
    deflater.end();
    return Arrays.copyOf(all.toByteArray(), all.size() - 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1_000, 16_384})
  void aBombEndsAtTheLimitAndCostsNoMore(int piece) {
    MessageAssembler assembler = new MessageAssembler(MIB, inflation);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assembler.begin(header(true, true, Opcode.BINARY, BOMB.length));
    ProtocolException e =
        assertThrows(
            ProtocolException.class,
            () -> {
              for (int at = 0; at < BOMB.length; at += piece) {
                assembler.append(BOMB, at, Math.min(BOMB.length, at + piece));
                assertTrue(assembler.capacity() <= MIB);
              }
            });
    assertEquals(1009, e.closeCode());
    assertTrue(
        e.getMessage().contains("larger than 1048576 bytes: max-message-size"), e.getMessage());
    assertTrue(assembler.capacity() <= MIB);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated <= 4 * MIB, allocated + " bytes allocated"); // buffers that doubled
    inflation.close();
    assertEquals(1, pools.inflaters().idle());
  }

  @Test
  void theLimitCountsWhatIsInflatedOverAllFragments() {
    MessageAssembler assembler = new MessageAssembler(1_000, inflation);
    Deflation deflation = new Deflation(pools, 6, Samples.NO_CONTEXT);
    for (int message = 0; message < 2; message++) { // each message anew
      byte[] first = deflation.piece(new byte[600], 0, 600);
      assembler.begin(header(false, true, Opcode.BINARY, first.length));
      assembler.append(first, 0, first.length);
      assertFalse(assembler.frameEnded());
      byte[] last = deflation.lastPiece(new byte[400], 0, 400);
      assembler.begin(header(true, Opcode.CONTINUATION, last.length));
      assembler.append(last, 0, last.length);
      assertTrue(assembler.frameEnded());
      assertEquals(1_000, assembler.binary().length);
    }
    byte[] tooMuch = deflation.message(new byte[1_001]);
    assembler.begin(header(true, true, Opcode.BINARY, tooMuch.length));
    ProtocolException e =
        assertThrows(ProtocolException.class, () -> assembler.append(tooMuch, 0, tooMuch.length));
    assertEquals(1009, e.closeCode());
  }

  @Test
  void aCompressedFrameMayBeLargerThanItsMessage() {
    MessageAssembler assembler = new MessageAssembler(5, inflation);
    byte[] stored = ClientFrames.hex("00 05 00 fa ff 48 65 6c 6c 6f 00");
    assembler.begin(header(true, true, Opcode.TEXT, stored.length));
    assembler.append(stored, 0, stored.length);
    assertTrue(assembler.frameEnded());
    assertEquals("Hello", assembler.text());
  }

  @Test
  void aStreamWithoutLimitPassesAllOfItInConstantMemory() {
    MessageStream stream = new MessageStream(Long.MAX_VALUE, inflation);
    byte[] out = new byte[8_192];
    long total = 0;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    stream.begin(header(true, true, Opcode.TEXT, BOMB.length));
    for (int at = 0; at < BOMB.length; at += 1_000) {
      stream.feed(BOMB, at, Math.min(BOMB.length, at + 1_000));
      for (int n = stream.read(out, 0, 8_192); n > 0; n = stream.read(out, 0, 8_192)) {
        total += n;
      }
    }
    assertTrue(stream.frameEnded());
    assertEquals(SIZE, total);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated <= MIB, allocated + " bytes allocated");
  }

  @Test
  void aStreamHasALimitAsWell() {
    MessageStream stream = new MessageStream(10_000, inflation);
    byte[] out = new byte[8_192];
    stream.begin(header(true, true, Opcode.BINARY, BOMB.length));
    stream.feed(BOMB, 0, BOMB.length);
    assertEquals(8_192, stream.read(out, 0, 8_192));
    assertEquals(10_000 - 8_192, stream.read(out, 0, 8_192));
    ProtocolException e = assertThrows(ProtocolException.class, () -> stream.read(out, 0, 8_192));
    assertEquals(1009, e.closeCode());
  }
}
