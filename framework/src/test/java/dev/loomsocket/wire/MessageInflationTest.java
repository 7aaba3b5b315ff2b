package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed messages in a MessageAssembler, and the memory that they take there. */
class MessageInflationTest {
  private static final boolean FIN = true;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final DeflatePools pools = new DeflatePools(2);
  private final Deflation deflation = new Deflation(pools, 6, Samples.NO_CONTEXT);
  private final Inflation inflation = new Inflation(pools, Samples.NO_CONTEXT);
  private final MessageAssembler assembler = new MessageAssembler(1 << 20, inflation);

  private void receive(int opcode, byte[] payload) {
    FrameHeader header = header(FIN, true, opcode, payload.length);
    assertFalse(header.isMessage()); // as it is, it is no message
    assembler.begin(header);
    assembler.append(payload, 0, payload.length);
    assertTrue(assembler.frameEnded());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000, 16_383, 16_384, 16_385, 40_000, 1 << 20})
  void messagesOfEverySizeAreInflatedAndTheBorrowedArrayIsGivenBack(int size) {
    Random random = new Random(size);
    for (int n = 0; n < 8; n++) {
      byte[] message = Samples.message(random, size);
      receive(Opcode.BINARY, deflation.message(message));
      assertFalse(assembler.isText());
      assertArrayEquals(message, assembler.binary());
      assertEquals(0, assembler.capacity());
      assertEquals(1, pools.scratch().idle());
      assertEquals(1, pools.inflaters().idle());
    }
  }

  @Test
  void aMessageOf16KiBTakesNoLargerArrayThanTheBorrowedOne() {
    byte[] payload = deflation.message(new byte[16 * 1024]);
    assembler.begin(header(FIN, true, Opcode.BINARY, payload.length));
    assembler.append(payload, 0, payload.length);
    assertEquals(16 * 1024, assembler.size());
    assertEquals(DeflatePools.SCRATCH_SIZE, assembler.capacity());
  }

  @Test
  void anArrayHandedOutIsNotUsedAgain() {
    byte[] message = new byte[DeflatePools.SCRATCH_SIZE]; // fills the borrowed array exactly
    receive(Opcode.BINARY, deflation.message(message));
    byte[] first = assembler.binary();
    receive(Opcode.BINARY, deflation.message(Samples.message(new Random(1), 5_000)));
    assertNotSame(first, assembler.binary());
    assertArrayEquals(message, first);
  }

  @Test
  void compressedAndPlainMessagesMayTakeTurns() {
    receive(Opcode.TEXT, deflation.message("compressed €".getBytes(UTF_8)));
    assertTrue(assembler.isText());
    assertEquals("compressed €", assembler.text());
    FrameHeader plain = header(FIN, Opcode.TEXT, 5);
    assertTrue(plain.isMessage());
    assembler.begin(plain);
    assembler.append("plain".getBytes(UTF_8), 0, 5);
    assertTrue(assembler.frameEnded());
    assertEquals("plain", assembler.text());
    receive(Opcode.BINARY, deflation.message(new byte[3]));
    assertArrayEquals(new byte[3], assembler.binary());
  }

  @Test
  void memoryFollowsWhatComesOut() {
    byte[] message = new byte[1 << 20];
    byte[] payload = deflation.message(message);
    FrameHeader header = header(FIN, true, Opcode.BINARY, payload.length);
    assembler.begin(header);
    assertEquals(0, assembler.capacity());
    for (int at = 0; at < payload.length; at++) {
      assembler.append(payload, at, at + 1);
      // a byte unfolds to 1032 at most, and to as much again that zlib held back
      long inflated = Math.min(message.length, 1032L * (at + 2));
      assertTrue(assembler.capacity() <= 8 * inflated + 65_536, assembler.capacity() + " at " + at);
    }
    assertTrue(assembler.frameEnded());
    assertArrayEquals(message, assembler.binary());
  }

  @Test
  void aSmallMessageCostsNothingButWhatTheUserReceives() {
    byte[] message = Samples.text(new Random(9), 2_000);
    byte[] payload = deflation.message(message);
    FrameHeader header = header(FIN, true, Opcode.BINARY, payload.length);
    long before = 0;
    int count = 2_000;
    for (int n = -count; n < count; n++) {
      before = n == 0 ? THREADS.getCurrentThreadAllocatedBytes() : before;
      assembler.begin(header);
      assembler.append(payload, 0, payload.length);
      assembler.frameEnded();
      assembler.binary();
    }
    long each = (THREADS.getCurrentThreadAllocatedBytes() - before) / count;
    assertTrue(each < message.length + 200, each + " bytes a message"); // places in the pools
  }

  @Test
  void badTextFailsWithThePieceThatHoldsIt() {
    byte[] payload = deflation.piece(new byte[] {'a', (byte) 0xff}, 0, 2);
    assembler.begin(header(false, true, Opcode.TEXT, payload.length));
    ProtocolException e =
        assertThrows(ProtocolException.class, () -> assembler.append(payload, 0, payload.length));
    assertEquals(1007, e.closeCode());
  }
}
