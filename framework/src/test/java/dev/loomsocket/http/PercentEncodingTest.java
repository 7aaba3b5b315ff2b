package dev.loomsocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {

  @Test
  void whatIsEncodedComesBack() {
    for (String text :
        new String[] {"", "abc", "a b/c?d=e&f+g%h", "größe €", "\0\n\u007f", "𝄞", "-._~"}) {
      assertEquals(Optional.of(text), PercentEncoding.decode(PercentEncoding.encode(text)));
    }
  }

  @Test
  void onlyUnreservedCharactersStayAsTheyAre() {
    assertEquals(
        "a%20b%2Fc%3Fd%3D%26%2B%25-._~%E2%82%AC", PercentEncoding.encode("a b/c?d=&+%-._~€"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "a%",
        "%4",
        "%4g",
        "%g4",
        "%%41",
        "%80",
        "%C3",
        "%C0%80",
        "%F5%80%80%80",
        "%ED%A0%80"
      })
  void brokenEscapesAreNoText(String encoded) {
    assertEquals(Optional.empty(), PercentEncoding.decode(encoded));
  }
}
