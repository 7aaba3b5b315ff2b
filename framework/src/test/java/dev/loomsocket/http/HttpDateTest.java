package dev.loomsocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
  private static final Instant OF_THE_RFC = Instant.parse("1994-11-06T08:49:37Z");

  @Test
  void writesTheFixedForm() {
    assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", HttpDate.format(OF_THE_RFC.plusMillis(999)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994"
      })
  void readsAllThreeForms(String text) {
    assertEquals(Optional.of(OF_THE_RFC), HttpDate.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "0",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 CET"
      })
  void whatIsNoDateIsNone(String text) {
    assertEquals(Optional.empty(), HttpDate.parse(text));
  }
}
