package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeflateOptionsTest {
  @Test
  void compressionIsOnFromOneKibibyteAndKeepsNothing() {
    assertEquals(new DeflateOptions(true, 6, 1024, false, false, 15), DeflateOptions.DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 15, level is 0 to 9",
    "10, 0, 15, level is 0 to 9",
    "6, -1, 15, threshold is 0 or more bytes",
    "6, 0, 7, maxWindowBits is 8 to 15",
    "6, 0, 16, maxWindowBits is 8 to 15",
  })
  void aValueOutOfItsRangeIsNamed(int level, int threshold, int bits, String sentence) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new DeflateOptions(true, level, threshold, false, false, bits))
            .getMessage();
    assertTrue(message.startsWith(sentence), message);
  }
}
