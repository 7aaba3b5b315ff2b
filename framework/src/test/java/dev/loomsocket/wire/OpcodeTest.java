package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OpcodeTest {
  @Test
  void theUpperEightAreControlFrames() {
    for (int opcode = 0; opcode < 16; opcode++) {
      assertEquals(opcode >= 8, Opcode.isControl(opcode), "opcode " + opcode);
    }
  }
}
