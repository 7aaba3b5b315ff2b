package dev.loomsocket.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.Cookie;
import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResponseEncoderTest {
  private static final String DATE = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
  private static final String NOSNIFF = "X-Content-Type-Options: nosniff\r\n";

  private Instant now = Instant.parse("1994-11-06T08:49:37.9Z");
  private final ResponseEncoder encoder =
      new ResponseEncoder(value -> ("<" + value + ">").getBytes(StandardCharsets.UTF_8), () -> now);

  private String encode(Response response, String method, int minorVersion, boolean keepAlive) {
    return text(encoder.encode(response, method, minorVersion, keepAlive));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void writesHeadAndBody() {
    assertEquals(
        "HTTP/1.1 200 OK\r\n"
            + DATE
            + "Content-Type: text/plain; charset=utf-8\r\n"
            + NOSNIFF
            + "Content-Length: 7\r\n\r\ngröße",
        encode(Response.text("größe"), "GET", 1, true));
  }

  @Test
  void tellsHeadTheLengthAndSendsNothing() {
    assertEquals(
        "HTTP/1.1 200 OK\r\n"
            + DATE
            + "Content-Type: text/plain; charset=utf-8\r\n"
            + NOSNIFF
            + "Content-Length: 7\r\n\r\n",
        encode(Response.text("größe"), "HEAD", 1, true));
  }

  @Test
  void valuesAreEncodedByTheFunctionItWasGiven() {
    assertTrue(encode(Response.json(42), "GET", 1, true).endsWith("Content-Length: 4\r\n\r\n<42>"));
    assertTrue(encode(Response.json(42), "HEAD", 1, true).endsWith("Content-Length: 4\r\n\r\n"));
  }

  @Test
  void noContentAndNotModifiedHaveNeitherBodyNorLength() {
    for (int status : new int[] {204, 304}) {
      String text = encode(Response.text("x").withStatus(status), "GET", 1, true);
      assertTrue(text.endsWith(NOSNIFF + "\r\n"), text);
    }
  }

  @Test
  void anEmptyBodyHasALength() {
    assertTrue(encode(Response.status(404), "GET", 1, true).endsWith("Content-Length: 0\r\n\r\n"));
    assertTrue(encode(Response.redirect("/a"), "POST", 1, true).contains("\r\nLocation: /a\r\n"));
  }

  @Test
  void tellsWhatBecomesOfTheConnectionWhereItHasTo() {
    Response plain = Response.status(200);
    Response upgrade = plain.header("Upgrade", "websocket");
    assertEquals("none", connection(plain, 1, true));
    assertEquals("close", connection(plain, 1, false));
    assertEquals("keep-alive", connection(plain, 0, true));
    assertEquals("close", connection(plain, 0, false));
    assertEquals("Upgrade", connection(upgrade, 1, true));
    assertEquals("close, Upgrade", connection(upgrade, 1, false));
  }

  private String connection(Response response, int minorVersion, boolean keepAlive) {
    return encode(response, "GET", minorVersion, keepAlive)
        .lines()
        .filter(line -> line.startsWith("Connection: "))
        .map(line -> line.substring("Connection: ".length()))
        .reduce((one, another) -> one + " and " + another)
        .orElse("none");
  }

  @Test
  void eachCookieHasItsLine() {
    String text =
        encode(
            Response.status(200).cookie(Cookie.of("a", "1")).cookie(Cookie.of("b", "2")),
            "GET",
            1,
            true);
    assertTrue(
        text.contains("\r\nSet-Cookie: a=1; Path=/; HttpOnly; SameSite=Lax\r\nSet-Cookie: b=2; "),
        text);
  }

  @Test
  void aFileFollowsItsHead(@TempDir Path temp) throws IOException {
    Path file = Files.writeString(temp.resolve("a.txt"), "content");
    EncodedResponse encoded = encoder.encode(Response.file(file), "GET", 1, true);
    assertTrue(text(encoded).endsWith("Content-Length: 7\r\n\r\n"));
    assertEquals(new Response.Body.FileRange(file, 0, 7), encoded.rest());
    EncodedResponse head = encoder.encode(Response.file(file), "HEAD", 1, true);
    assertEquals(text(encoded), text(head));
    assertEquals(EncodedResponse.NOTHING, head.rest());
    assertEquals(
        EncodedResponse.NOTHING,
        encoder.encode(Response.file(file).withStatus(304), "GET", 1, true).rest());
  }

  @Test
  void anErrorIsOneLineOfText() {
    assertEquals(
        "HTTP/1.1 431 Request Header Fields Too Large\r\n"
            + DATE
            + "Connection: close\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\n"
            + NOSNIFF
            + "Content-Length: 9\r\n\r\ntoo much\n",
        text(encoder.encodeError(new HttpException(431, "too much"))));
  }

  @Test
  void aStatusWithoutWordsKeepsItsSpace() {
    assertTrue(encode(Response.status(299), "GET", 1, true).startsWith("HTTP/1.1 299 \r\n"));
  }

  @Test
  void theDateMovesOn() {
    encode(Response.status(200), "GET", 1, true);
    now = now.plusMillis(100);
    assertTrue(encode(Response.status(200), "GET", 1, true).contains("08:49:38 GMT"));
  }

  @Test
  void aValueThatCannotBeEncodedIsTheCallersError() {
    ResponseEncoder failing =
        new ResponseEncoder(
            value -> {
              throw new IllegalArgumentException("cannot");
            },
            () -> now);
    Response response = Response.json(1);
    assertThrows(IllegalArgumentException.class, () -> failing.encode(response, "GET", 1, true));
  }

  @Test
  void switchesProtocolsWithoutABody() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Upgrade", "websocket");
    headers.put("Sec-WebSocket-Accept", "x");
    assertEquals(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\nConnection: Upgrade\r\n\r\n",
        text(ResponseEncoder.switchingProtocols(headers)));
    assertEquals("HTTP/1.1 100 Continue\r\n\r\n", text(ResponseEncoder.continueBytes()));
  }

  private static String text(EncodedResponse encoded) {
    return text(encoded.head()) + text(encoded.body());
  }
}
