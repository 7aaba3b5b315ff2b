package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.header;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory that a MessageAssembler takes for a message on its way. */
class MessageMemoryTest {
  private static final boolean FIN = true;

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 16_384})
  void memoryOfALargeFrameFollowsWhatArrives(int piece) {
    int declared = 4 << 20;
    MessageAssembler large = new MessageAssembler(16 << 20);
    large.begin(header(FIN, Opcode.BINARY, declared));
    assertEquals(0, large.capacity());
    byte[] bytes = new byte[piece];
    long copied = 0;
    int last = 0;
    for (int received = 0; received < declared; ) {
      int length = Math.min(piece, declared - received);
      large.append(bytes, 0, length);
      received += length;
      long held = large.capacity() == last ? last : (long) large.capacity() + last;
      assertTrue(held <= 9L * received + 65_536, held + " held, received " + received);
      assertTrue(large.capacity() <= declared);
      copied += large.capacity() == last ? 0 : last;
      last = large.capacity();
    }
    assertTrue(copied <= declared / 7L * 8, copied + " bytes copied"); // 1 + 1/8 + 1/64 + …
    large.frameEnded();
    assertEquals(declared, large.binary().length);
  }

  @Test
  void manySmallFragmentsAreNotCopiedOverAndOver() {
    int fragments = 200_000;
    MessageAssembler large = new MessageAssembler(1 << 30);
    long copied = 0;
    int last = 0;
    for (int n = 0; n < fragments; n++) {
      int opcode = n == 0 ? Opcode.BINARY : Opcode.CONTINUATION;
      large.begin(header(n == fragments - 1, opcode, 1));
      large.append(new byte[] {(byte) n}, 0, 1);
      assertEquals(n == fragments - 1, large.frameEnded());
      assertTrue(large.capacity() <= 2L * (n + 1) + 2048, large.capacity() + " after " + n);
      copied += large.capacity() == last ? 0 : last;
      last = large.capacity();
    }
    assertTrue(copied <= 2L * fragments, copied + " bytes copied");
    byte[] message = large.binary();
    assertEquals(fragments, message.length);
    assertEquals((byte) (fragments - 1), message[fragments - 1]);
  }
}
