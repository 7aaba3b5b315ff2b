package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CloseCodeTest {
  private static final Set<Integer> ASSIGNED =
      Set.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014);

  @Test
  void assignedAndLibraryAndApplicationCodesMayBeOnTheWireAndNoOthers() {
    for (int code = 0; code <= 5999; code++) {
      boolean allowed = ASSIGNED.contains(code) || code / 1000 == 3 || code / 1000 == 4;
      assertEquals(allowed, CloseCode.mayBeSent(code), "" + code);
    }
  }

  @Test
  void whatSixteenBitsCanSayBeyondIsRefused() {
    for (int code = 6000; code <= 0xffff; code++) {
      assertEquals(false, CloseCode.mayBeSent(code), "" + code);
    }
  }
}
