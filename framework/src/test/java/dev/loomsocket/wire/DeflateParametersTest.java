package dev.loomsocket.wire;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeflateParametersTest {
  @ParameterizedTest
  @CsvSource({"7, 15", "16, 15", "15, 7", "15, 16"})
  void windowsAreOfEightToFifteenBits(int server, int client) {
    assertThrows(
        IllegalArgumentException.class, () -> new DeflateParameters(true, true, server, client));
  }
}
