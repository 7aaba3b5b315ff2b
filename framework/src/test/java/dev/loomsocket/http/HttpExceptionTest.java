package dev.loomsocket.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpExceptionTest {
  private final HttpException plain = new HttpException(401, "who are you?");

  @Test
  void headersAreAdded() {
    HttpException e = plain.header("WWW-Authenticate", "Bearer").header("X-Why", "because");
    assertEquals(401, e.status());
    assertEquals("who are you?", e.getMessage());
    assertEquals(
        List.of(
            new Response.Field("WWW-Authenticate", "Bearer"),
            new Response.Field("X-Why", "because")),
        e.fields());
    assertEquals(List.of(), plain.fields());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length", "connection", "Date", "a b", ""})
  void whatTheServerSetsAndWhatIsNoNameIsRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> plain.header(name, "1"));
  }

  @Test
  void aLineIsALine() {
    assertThrows(IllegalArgumentException.class, () -> plain.header("X-A", "a\r\nX-B: b"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 399, 600})
  void itIsAnError(int status) {
    assertThrows(IllegalArgumentException.class, () -> new HttpException(status, "x"));
  }
}
