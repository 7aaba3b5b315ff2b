package dev.loomsocket.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.HttpException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestParserTest {
  private static final HttpLimits LIMITS = HttpLimits.DEFAULT;

  /** A head, and what the parser has to make of it. */
  private record Vector(
      String text,
      String method,
      String rawPath,
      String query,
      int minorVersion,
      BodyLength length,
      String headers) {

    @Override
    public String toString() {
      return text.replace("\r\n", "|");
    }
  }

  private static Vector get(String text, String rawPath, String query, String headers) {
    return new Vector(text, "GET", rawPath, query, 1, BodyLength.NONE, headers);
  }

  static List<Vector> vectors() {
    return List.of(
        get("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "/", null, "{host=[a]}"),
        get("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "/", null, "{host=[a]}"),
        get(
            "GET /a%20b/c?d=e&f HTTP/1.1\r\nHost: a:8080\r\n\r\n",
            "/a%20b/c", "d=e&f", "{host=[a:8080]}"),
        get("GET /? HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "/", "", "{host=[[::1]:80]}"),
        get(
            "GET //a/../b;c=d/?a?b/c HTTP/1.1\r\nHOST:a\r\n\r\n",
            "//a/../b;c=d/",
            "a?b/c",
            "{host=[a]}"),
        get(
            "GET /a|b[1]^?{a}=\\`|%zz HTTP/1.1\r\nhost: \t a-b_c.d \t \r\n\r\n",
            "/a|b[1]^", "{a}=\\`|%zz", "{host=[a-b_c.d]}"),
        get("GET http://A.b:80/c?d HTTP/1.1\r\nHost: a.B:80\r\n\r\n", "/c", "d", "{host=[a.B:80]}"),
        get("GET HTTPS://a HTTP/1.1\r\nHost: a\r\n\r\n", "/", null, "{host=[a]}"),
        get("GET http://a?b HTTP/1.1\r\nHost: a\r\n\r\n", "/", "b", "{host=[a]}"),
        get(
            "GET / HTTP/1.1\r\nHost: a\r\nX:\r\nY: \t\r\nX: b c\td\r\nZ!#$%&'*+-.^_`|~9: \u00e4\u00ff\r\n\r\n",
            "/", null, "{host=[a], x=[, b c\td], y=[], z!#$%&'*+-.^_`|~9=[\u00e4\u00ff]}"),
        get(
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
            "/",
            null,
            "{content-length=[0], host=[a]}"),
        new Vector("GET / HTTP/1.0\r\n\r\n", "GET", "/", null, 0, BodyLength.NONE, "{}"),
        new Vector(
            "HEAD /a HTTP/1.0\r\nHost: b\r\n\r\n",
            "HEAD",
            "/a",
            null,
            0,
            BodyLength.NONE,
            "{host=[b]}"),
        new Vector(
            "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
            "OPTIONS",
            "*",
            null,
            1,
            BodyLength.NONE,
            "{host=[a]}"),
        new Vector(
            "OPTIONS http://a HTTP/1.1\r\nHost: a\r\n\r\n",
            "OPTIONS",
            "*",
            null,
            1,
            BodyLength.NONE,
            "{host=[a]}"),
        new Vector(
            "POST /a HTTP/1.1\r\nHost: b\r\nContent-Length: 1048576\r\n\r\n",
            "POST",
            "/a",
            null,
            1,
            new BodyLength.Fixed(1_048_576),
            "{content-length=[1048576], host=[b]}"),
        new Vector(
            "PUT /a HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: Chunked\r\n\r\n",
            "PUT",
            "/a",
            null,
            1,
            new BodyLength.Chunked(),
            "{host=[b], transfer-encoding=[Chunked]}"),
        new Vector(
            "PATCH /a HTTP/1.0\r\nContent-Length: 5\r\n\r\n",
            "PATCH",
            "/a",
            null,
            0,
            new BodyLength.Fixed(5),
            "{content-length=[5]}"),
        new Vector(
            "DELETE /a HTTP/1.1\r\nHost: b\r\n\r\n",
            "DELETE",
            "/a",
            null,
            1,
            BodyLength.NONE,
            "{host=[b]}"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void readsAHeadHoweverItIsCut(Vector vector) {
    byte[] bytes = bytes(vector.text);
    for (int cut = 0; cut < bytes.length; cut++) {
      RequestParser parser = new RequestParser(LIMITS);
      assertEquals(0, parser.parse(bytes, 0, cut));
      assertEquals(bytes.length, parser.parse(bytes, 0, bytes.length));
      check(vector, parser.head());
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void readsAHeadThatComesByteByByteAndMovesMeanwhile(Vector vector) {
    byte[] bytes = bytes(vector.text);
    RequestParser parser = new RequestParser(LIMITS);
    for (int size = 0; size < bytes.length; size++) {
      byte[] moved = new byte[size + bytes.length];
      System.arraycopy(
          bytes, 0, moved, size, size); // only what has come, at another place each time
      assertEquals(0, parser.parse(moved, size, 2 * size));
    }
    assertEquals(bytes.length, parser.parse(bytes, 0, bytes.length));
    check(vector, parser.head());
  }

  private static void check(Vector vector, RequestHead head) {
    assertEquals(vector.method, head.method());
    assertEquals(vector.rawPath, head.rawPath());
    assertEquals(vector.query, head.query());
    assertEquals(vector.minorVersion, head.minorVersion());
    assertEquals(vector.length, head.bodyLength());
    assertEquals(vector.headers, head.headers().toMap().toString());
  }

  @Test
  void readsManyHeadsOneBehindTheOther() {
    StringBuilder text = new StringBuilder();
    for (Vector vector : vectors()) {
      text.append(vector.text);
    }
    byte[] bytes = bytes(text + "GET");
    RequestParser parser = new RequestParser(LIMITS);
    int pos = 0;
    for (Vector vector : vectors()) {
      int size = parser.parse(bytes, pos, bytes.length);
      assertEquals(vector.text.length(), size);
      check(vector, parser.head());
      pos += size;
    }
    assertEquals(0, parser.parse(bytes, pos, bytes.length));
  }

  @Test
  void doesNotTouchWhatIsBehindTheHead() {
    byte[] bytes = bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n\0\n\r body");
    assertEquals(bytes.length - 8, new RequestParser(LIMITS).parse(bytes, 0, bytes.length));
  }

  @Test
  void acceptsWhatIsJustWithinTheLimits() {
    String target = "/" + "a".repeat(LIMITS.requestLine() - "GET / HTTP/1.1".length());
    assertAccepted("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");

    String filler = "X: " + "a".repeat(LIMITS.headerBlock() - "Host: a\r\nX: \r\n".length());
    byte[] longest = assertAccepted("GET / HTTP/1.1\r\nHost: a\r\n" + filler + "\r\n\r\n");
    assertTrue(longest.length < LIMITS.head());

    assertAccepted(
        "GET / HTTP/1.1\r\nHost: a\r\n" + "X: b\r\n".repeat(LIMITS.headers() - 1) + "\r\n");
  }

  private static byte[] assertAccepted(String text) {
    byte[] bytes = bytes(text);
    RequestParser parser = new RequestParser(LIMITS);
    assertEquals(0, parser.parse(bytes, 0, bytes.length - 1));
    assertEquals(bytes.length, parser.parse(bytes, 0, bytes.length));
    return bytes;
  }

  @Test
  void theLongestHeadIsAsLongAsTheLimitsSay() {
    String line =
        "GET /" + "a".repeat(LIMITS.requestLine() - "GET / HTTP/1.1".length()) + " HTTP/1.1\r\n";
    String filler =
        "X: " + "a".repeat(LIMITS.headerBlock() - "Host: a\r\nX: \r\n".length()) + "\r\n";
    byte[] bytes = assertAccepted("\r\n" + line + "Host: a\r\n" + filler + "\r\n");
    assertEquals(LIMITS.head(), bytes.length);
  }

  @Test
  void limitsHoldBeforeTheHeadIsComplete() {
    assertRefused(414, "a".repeat(LIMITS.requestLine() + 2));
    assertRefused(414, "\r\nGET /" + "a".repeat(LIMITS.requestLine()));
    assertRefused(431, "GET / HTTP/1.1\r\nX: " + "a".repeat(LIMITS.headerBlock()));
    assertRefused(431, "GET / HTTP/1.1\r\n" + "X: b\r\n".repeat(LIMITS.headers() + 1));
    assertRefused(400, "\u0016\u0003\u0001"); // TLS
    assertRefused(400, "GET\n");
  }

  private static void assertRefused(int status, String text) {
    byte[] bytes = bytes(text);
    var thrown =
        assertThrows(
            HttpException.class, () -> new RequestParser(LIMITS).parse(bytes, 0, bytes.length));
    assertEquals(status, thrown.status());
  }

  @Test
  void looksAtEachByteOnceHoweverSlowlyTheyCome() {
    byte[] bytes =
        bytes(
            "GET /"
                + "a".repeat(8_000)
                + " HTTP/1.1\r\nHost: a\r\nX: "
                + "a".repeat(16_000)
                + "\r\n\r\n");
    // 24 000 bytes: 24 000 steps a round if each is seen once, 288 million if all are seen each
    // time
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          for (int round = 0; round < 100; round++) {
            RequestParser parser = new RequestParser(LIMITS);
            for (int size = 1; size < bytes.length; size++) {
              parser.parse(bytes, 0, size);
            }
            assertEquals(bytes.length, parser.parse(bytes, 0, bytes.length));
          }
        });
  }

  @Test
  void bytesCannotDisappear() {
    RequestParser parser = new RequestParser(LIMITS);
    byte[] bytes = bytes("GET / HTTP");
    parser.parse(bytes, 0, 10);
    assertThrows(IllegalArgumentException.class, () -> parser.parse(bytes, 0, 9));
    assertThrows(NullPointerException.class, parser::head);
  }

  static RequestHead parse(String text) {
    RequestParser parser = new RequestParser(LIMITS);
    assertEquals(text.length(), parser.parse(bytes(text), 0, text.length()));
    return parser.head();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
