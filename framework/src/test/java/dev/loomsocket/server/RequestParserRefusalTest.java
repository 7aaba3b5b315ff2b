package dev.loomsocket.server;

import static dev.loomsocket.server.RequestParserTest.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.HttpException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile requests and the status that each gets, whatever pieces it comes in. */
class RequestParserRefusalTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n";

  /** The lines of the table: a status, a space, and the request with escapes. */
  static Stream<String> table() throws IOException {
    try (InputStream in =
        RequestParserRefusalTest.class.getResourceAsStream("refused-requests.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return text.lines().filter(line -> !line.isEmpty() && !line.startsWith("#"));
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void everyPieceLeadsToTheSameStatus(String line) {
    assertRefused(Integer.parseInt(line.substring(0, 3)), line.substring(4).translateEscapes());
  }

  @Test
  void tooLongARequestLineIs414() {
    assertRefused(414, "GET /" + "a".repeat(8_192 - 13) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    assertRefused(414, "GET /" + "a".repeat(8_192) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    assertRefused(414, "A".repeat(9_000));
    assertRefused(414, " ".repeat(9_000));
  }

  @Test
  void tooLongOrTooManyHeadersAre431() {
    assertRefused(431, GET + "X: " + "a".repeat(16_384 - 13) + "\r\n\r\n");
    assertRefused(431, GET + "X: " + "a".repeat(16_384) + "\r\n\r\n");
    assertRefused(431, GET + "X".repeat(20_000));
    assertRefused(431, GET + ("X: " + "a".repeat(995) + "\r\n").repeat(17));
    assertRefused(431, GET + "X: a\r\n".repeat(100) + "\r\n");
  }

  private static void assertRefused(int status, String text) {
    byte[] bytes = bytes(text);
    assertEquals(status, status(bytes, bytes.length));
    int step = bytes.length < 1_000 ? 1 : 97;
    for (int cut = 0; cut < bytes.length; cut += step) {
      assertEquals(status, status(bytes, cut));
    }
  }

  /** The status that the bytes get in two pieces: -1 if they are a head, 0 if they begin one. */
  private static int status(byte[] bytes, int cut) {
    RequestParser parser = new RequestParser(HttpLimits.DEFAULT);
    try {
      boolean head = parser.parse(bytes, 0, cut) > 0 || parser.parse(bytes, 0, bytes.length) > 0;
      return head ? -1 : 0;
    } catch (HttpException e) {
      assertTellsNothing(e);
      return e.status();
    }
  }

  /**
   * The client reads our own words, nothing of what was sent, and nobody pays for a stack trace.
   */
  private static void assertTellsNothing(HttpException e) {
    assertTrue(e.getMessage().matches("[A-Za-z0-9 ,./'-]{5,80}"), e.getMessage());
    assertEquals(0, e.getStackTrace().length);
  }
}
