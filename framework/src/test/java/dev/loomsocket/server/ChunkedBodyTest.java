package dev.loomsocket.server;

import static dev.loomsocket.server.RequestParserTest.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.HttpException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedBodyTest {
  private static final HttpLimits LIMITS = new HttpLimits(64, 64, 3, 32);

  /** In the tables a bar stands for the end of a line. */
  private static byte[] wire(String text) {
    return bytes(text.replace("|", "\r\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "0||, ''",
    "5|hello|0||, hello",
    "5|hello|6| world|0||, hello world",
    "05|hello|00000000||, hello",
    "00000005|hello|0||, hello",
    "A|0123456789|b|0123456789a|0||, 01234567890123456789a",
    "5;a|hello|0;b=c||, hello",
    "5;a=\"x y;z\";b|hello|0||, hello",
    "5|hello|0|X: y|Z:||, hello",
    "20|01234567890123456789012345678901|0||, 01234567890123456789012345678901",
    "3|\u00ff\0\u00ff|0||, \u00ff\0\u00ff",
  })
  void decodesABodyHoweverItIsCut(String text, String decoded) {
    byte[] wire = wire(text);
    byte[] more = wire(text + "GET /");
    for (int cut = 0; cut <= wire.length; cut++) {
      CollectedBody body = new CollectedBody(new ChunkedBody(LIMITS));
      int taken = body.take(more, 0, cut);
      assertEquals(cut == wire.length, body.isComplete());
      assertEquals(wire.length, taken + body.take(more, taken, more.length));
      assertTrue(body.isComplete());
      assertArrayEquals(bytes(decoded), body.bytes());
    }
  }

  @Test
  void takesABodyByteByByte() {
    byte[] wire = wire("5;a=b|hello|1|!|0|X: y||");
    CollectedBody body = new CollectedBody(new ChunkedBody(LIMITS));
    int pos = 0;
    for (int limit = 0; limit <= wire.length; limit++) {
      assertFalse(body.isComplete());
      pos += body.take(wire, pos, limit);
    }
    assertEquals(wire.length, pos);
    assertArrayEquals(bytes("hello!"), body.bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|",
        "x|",
        "5 |hello",
        " 5|hello",
        "+5|hello",
        "-1|",
        "0x5|hello",
        "5h|hello",
        "5,5|hello",
        "\"5\"|hello",
        "5\t|hello",
        "000000005|hello",
        "fffffffff|",
        "10000000000000005|",
        "5;|hello",
        "5; a|hello",
        "5 ;a|hello",
        "5;=|hello",
        ";a|",
        "5\nhello|",
        "5\rhello|",
        "5\r\r\nhello",
        "5|hello0||",
        "5|hello\n0||",
        "5|hello\r0||",
        "5|hellox|0||",
        "5|hello||0||",
        "5;a=\0|",
        "5;a\u007f|",
        "5;a\nb|",
        "\u00b2|",
        "\u00ff|",
        "0|X : y||",
        "0| X: y||",
        "0|: y||",
        "0|X||",
        "0|X: \0||",
        "0|X: y\n\n",
        "0\n\n",
        "0|\n",
        "0|\rX",
        "0|X: y| z||",
      })
  void refusesWhatIsNotExactlyChunked(String text) {
    assertRefused(400, wire(text));
  }

  @Test
  void refusesWhatIsTooLong() {
    assertRefused(413, wire("21|"));
    assertRefused(413, wire("ffffffff|"));
    assertRefused(413, wire("20|" + "a".repeat(32) + "|1|"));
    assertRefused(431, wire("0|X: " + "a".repeat(64)));
    assertRefused(431, wire("0|" + ("X: " + "a".repeat(30) + "|").repeat(2)));
    assertRefused(431, wire("0|" + "X:|".repeat(4)));
    assertRefused(400, wire("1;" + "a".repeat(257)));
    assertRefused(400, wire(("1;" + "a".repeat(250) + "|x|").repeat(20)));
    assertRefused(400, wire("0".repeat(300)));
  }

  private static void assertRefused(int status, byte[] wire) {
    for (int cut = 0; cut <= wire.length; cut++) {
      int at = cut;
      CollectedBody body = new CollectedBody(new ChunkedBody(LIMITS));
      HttpException thrown =
          assertThrows(
              HttpException.class,
              () -> {
                int taken = body.take(wire, 0, at);
                body.take(wire, taken, wire.length);
              });
      assertEquals(status, thrown.status());
    }
  }

  @Test
  void aLineThatIsNeverEndedIsNotTaken() {
    CollectedBody body = new CollectedBody(new ChunkedBody(LIMITS));
    byte[] wire = wire("5|hel");
    assertEquals(wire.length, body.take(wire, 0, wire.length));
    byte[] rest = wire("lo|1;ab");
    assertEquals(4, body.take(rest, 0, rest.length)); // "lo" and the end of its line
  }

  @Test
  void theLengthDecidesWhoReads() {
    assertEquals(ChunkedBody.class, RequestBody.of(new BodyLength.Chunked(), LIMITS).getClass());
    assertEquals(FixedBody.class, RequestBody.of(new BodyLength.Fixed(32), LIMITS).getClass());
    BodyLength tooLong = new BodyLength.Fixed(33);
    HttpException thrown = assertThrows(HttpException.class, () -> RequestBody.of(tooLong, LIMITS));
    assertEquals(413, thrown.status());
  }

  @Test
  void withoutALimitAChunkMayHaveFourGibibytes() {
    ChunkedBody body = new ChunkedBody(LIMITS.withBody(Long.MAX_VALUE));
    byte[] wire = wire("ffffffff|x");
    assertEquals(wire.length - 1, body.frame(wire, 0, wire.length));
    assertEquals(0xffffffffL, body.data());
  }
}
