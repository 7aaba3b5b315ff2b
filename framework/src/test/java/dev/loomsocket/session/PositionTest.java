package dev.loomsocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
  @ParameterizedTest
  @ValueSource(strings = {"k3v0q8zr1m5x.17", "e.0", "E9.999999999999999999"})
  void itsTextIsReadBack(String text) {
    assertEquals(Optional.of(text), Position.parse(text).map(Position::toString));
  }

  @Test
  void itHasAnEpochAndAnOffset() {
    assertEquals(Optional.of(new Position("e1", 17)), Position.parse("e1.17"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "e",
        "e.",
        ".1",
        "e.-1",
        "e.+1",
        "e. 1",
        "e.1 ",
        "e.1.2",
        "e.x",
        "e.1e3",
        "é.1",
        "e.١",
        "e_.1",
        "e.9999999999999999999",
        "a,b.1",
        "e.1\n"
      })
  void whatIsNoneIsNone(String text) {
    assertEquals(Optional.empty(), Position.parse(text));
  }

  @Test
  void noEpochIsThatLong() {
    assertEquals(Optional.empty(), Position.parse("e".repeat(1_000_000) + ".1"));
  }
}
