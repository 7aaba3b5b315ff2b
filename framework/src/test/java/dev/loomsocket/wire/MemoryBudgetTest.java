package dev.loomsocket.wire;

import static dev.loomsocket.wire.ClientFrames.header;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private static final boolean MORE = false;
  private static final boolean FIN = true;
  private static final int PIECE = 1_000;

  private final MemoryBudget budget = new MemoryBudget(100_000);

  private MessageAssembler assembler() {
    return new MessageAssembler(1 << 20, null, budget);
  }

  private static MessageAssembler begun(MessageAssembler assembler, int size) {
    assembler.begin(header(MORE, Opcode.BINARY, size));
    byte[] piece = new byte[PIECE];
    for (int left = size; left > 0; left -= PIECE) { // as a socket gives them
      assembler.append(piece, 0, Math.min(PIECE, left));
    }
    assembler.frameEnded();
    return assembler;
  }

  private static int refusal(MessageAssembler assembler, int size) {
    return assertThrows(ProtocolException.class, () -> begun(assembler, size)).closeCode();
  }

  @Test
  void messagesThatAreNotEndedShareIt() {
    begun(assembler(), 20_000);
    begun(assembler(), 20_000);
    assertEquals(1013, refusal(assembler(), 80_000));
  }

  @Test
  void oneMessageMayTakeMoreWhileThereIsNoOther() {
    begun(assembler(), 300_000);
    assertEquals(1013, refusal(assembler(), 1));
  }

  @Test
  void aMessageGivesItBackWhenItsHandlerHasEnded() {
    MessageAssembler assembler = begun(assembler(), 20_000);
    assembler.begin(header(FIN, Opcode.CONTINUATION, 0));
    assembler.frameEnded();
    assertEquals(20_000, assembler.binary().length);
    assertTrue(budget.taken() >= 20_000);
    assembler.close();
    assertEquals(0, budget.taken());
  }

  @Test
  void aConnectionThatEndsWithinAMessageGivesItBack() {
    begun(assembler(), 20_000).close();
    assertEquals(0, budget.taken());
  }

  @Test
  void whatIsInflatedCountsAsItComesOut() {
    DeflatePools pools = new DeflatePools(2);
    DeflateParameters parameters = new DeflateParameters(true, true, 15, 15);
    byte[] bomb = new Deflation(pools, 6, parameters).message(new byte[1 << 20]);
    Inflation inflation = new Inflation(pools, parameters);
    MessageAssembler compressed = new MessageAssembler(1 << 20, inflation, budget);
    begun(assembler(), 1_000);
    compressed.begin(header(FIN, true, Opcode.BINARY, bomb.length));
    var refused =
        assertThrows(ProtocolException.class, () -> compressed.append(bomb, 0, bomb.length));
    assertEquals(1013, refused.closeCode());
    compressed.close();
    inflation.close();
  }
}
