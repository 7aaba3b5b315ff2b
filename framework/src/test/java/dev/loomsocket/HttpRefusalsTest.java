package dev.loomsocket;

import static dev.loomsocket.RawClient.ascii;
import static dev.loomsocket.RawClient.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.Response;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is no request, or one that two readers could understand differently: it gets one answer, the
 * connection ends, and what stands behind it is never looked at.
 */
class HttpRefusalsTest {
  private static final byte[] BEHIND = request("POST /count HTTP/1.1", "Host: localhost");
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static RunningApp app;

  @BeforeAll
  static void start() {
    app =
        Loomsocket.app()
            .post(
                "/count",
                request -> {
                  request.body(); // which throws what is wrong with it
                  return Response.text("request " + COUNT.incrementAndGet());
                })
            .port(0)
            .start();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | BREW                                                          | no request line
          400 | POST  /count HTTP/1.1~Host: x                                 | two spaces
          400 | POST /count~Host: x                                           | no version
          400 | POST /count http/1.1~Host: x                                  | a version in small letters
          400 | POST count HTTP/1.1~Host: x                                   | a path without a slash
          400 | POST /count{} HTTP/1.1~Host: x                                | a character to be escaped
          501 | CONNECT x:80 HTTP/1.1~Host: x:80                              | a method for proxies
          501 | BREW /count HTTP/1.1~Host: x                                  | an unknown method
          505 | POST /count HTTP/1.2~Host: x                                  | a later version
          505 | PRI * HTTP/2.0                                                | HTTP/2
          400 | POST /count HTTP/1.1                                          | no Host
          400 | POST /count HTTP/1.1~Host: x~Host: x                          | two Hosts
          400 | POST /count HTTP/1.1~Host: a b                                | no host in Host
          400 | POST http://x/count HTTP/1.1~Host: y                          | another host in the target
          400 | POST /count HTTP/1.1~Host : x                                 | a space before the colon
          400 | POST /count HTTP/1.1~ Host: x                                 | white space before the first header
          400 | POST /count HTTP/1.1~Host: x~A: b~ c                          | a folded line
          400 | POST /count HTTP/1.1~Host: x~A                                | a header without a colon
          400 | POST /count HTTP/1.1~Host: x~: b                              | a header without a name
          400 | POST /count HTTP/1.1~Host: x~A: b^c                           | a bare CR
          400 | POST /count HTTP/1.1~Host: x`A: b                             | a bare LF
          400 | POST /count HTTP/1.1~Host: x~A: %                             | a NUL
          400 | POST /count HTTP/1.1~Host: x~Content-Length: 0~Content-Length: 0 | two equal lengths
          400 | POST /count HTTP/1.1~Host: x~Content-Length: 0~Content-Length: 5 | two lengths
          400 | POST /count HTTP/1.1~Host: x~Content-Length: 0, 0             | a list of lengths
          400 | POST /count HTTP/1.1~Host: x~Content-Length: +5               | a length with a sign
          400 | POST /count HTTP/1.1~Host: x~Content-Length: -1               | a negative length
          400 | POST /count HTTP/1.1~Host: x~Content-Length: 0x5              | a hexadecimal length
          400 | POST /count HTTP/1.1~Host: x~Content-Length: 010              | a leading zero
          400 | POST /count HTTP/1.1~Host: x~Content-Length:                  | an empty length
          400 | POST /count HTTP/1.1~Host: x~Content-Length: 0~Transfer-Encoding: chunked | both
          400 | POST /count HTTP/1.1~Host: x~Transfer-Encoding: chunked~Content-Length: 0 | both
          400 | POST /count HTTP/1.1~Host: x~Transfer-Encoding: chunked~Transfer-Encoding: chunked | two codings
          400 | POST /count HTTP/1.1~Host: x~Transfer-Encoding: gzip, chunked | a list of codings
          400 | POST /count HTTP/1.1~Host: x~Transfer-Encoding: chunked, identity | a list of codings
          400 | POST /count HTTP/1.0~Host: x~Transfer-Encoding: chunked       | chunks in HTTP/1.0
          501 | POST /count HTTP/1.1~Host: x~Transfer-Encoding: gzip          | an unknown coding
          417 | POST /count HTTP/1.1~Host: x~Expect: miracles                 | an unknown expectation
          413 | POST /count HTTP/1.1~Host: x~Content-Length: 1048577          | too much announced
          413 | POST /count HTTP/1.1~Host: x~Content-Length: 99999999999999999999 | far too much announced
          413 | POST /count HTTP/1.1~Host: x~Content-Length: 1048577~Expect: 100-continue | nothing to continue with
          """)
  void aBadHeadIsAnsweredOnceAndTheConnectionEnds(int status, String head, String what) {
    String lines =
        head.strip().replace("~", "\r\n").replace('^', '\r').replace('`', '\n').replace('%', '\0');
    assertRefused(status, what, ascii(lines + "\r\n\r\n"), BEHIND);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | x~                       | no number
          400 | ~                        | nothing
          400 | -1~                      | a sign
          400 | 0x1~a~0~~                | a prefix
          400 | 1 ~a~0~~                 | a space
          400 | 000000001~a~0~~          | too many digits
          400 | fffffffff~               | too many digits
          400 | 1;~a~0~~                 | an extension without a name
          400 | 1`a~0~~                  | a bare LF behind the size
          400 | 1^a~0~~                  | a bare CR behind the size
          400 | 1~ab~0~~                 | more data than announced
          400 | 3~a~0~~                  | less data than announced
          400 | 1~a`0~~                  | a bare LF behind the data
          400 | 0~A : b~~                | a space before a trailer's colon
          400 | 0~ A: b~~                | a folded trailer
          413 | 100001~                  | more than 1 MiB in one chunk
          413 | 7fffffff~                | far more
          413 | 1~a~100000~              | more than 1 MiB in two chunks
          """)
  void aBadChunkIsAnsweredOnceAndTheConnectionEnds(int status, String body, String what) {
    String chunks = body.replace("~", "\r\n").replace('^', '\r').replace('`', '\n');
    assertRefused(
        status,
        what,
        request("POST /count HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked"),
        ascii(chunks),
        BEHIND);
  }

  @Test
  void moreThanTheLimitReallySentIs413() {
    byte[] mebibyte = new byte[1 << 20];
    assertRefused(
        413,
        "2 MiB announced and sent",
        request("POST /count HTTP/1.1", "Host: localhost", "Content-Length: 2097152"),
        mebibyte,
        mebibyte,
        BEHIND);
    assertRefused(
        413,
        "2 MiB in chunks",
        request("POST /count HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked"),
        ascii("100000\r\n"),
        mebibyte,
        ascii("\r\n100000\r\n"),
        mebibyte,
        ascii("\r\n0\r\n\r\n"),
        BEHIND);
  }

  @Test
  void tooLongARequestLineIs414() {
    assertRefused(
        414,
        "a target of 9 000 characters",
        request("POST /" + "a".repeat(9_000) + " HTTP/1.1", "Host: localhost"),
        BEHIND);
  }

  @Test
  void tooManyOrTooLongHeadersAre431() {
    String[] many = new String[102];
    many[0] = "POST /count HTTP/1.1";
    many[1] = "Host: localhost";
    for (int i = 2; i < many.length; i++) {
      many[i] = "X-" + i + ": y";
    }
    assertRefused(431, "101 headers", request(many), BEHIND);
    assertRefused(
        431,
        "a header of 17 000 characters",
        request("POST /count HTTP/1.1", "Host: localhost", "X: " + "y".repeat(17_000)),
        BEHIND);
  }

  @Test
  void whatWasAskedBeforeIsStillAnswered() {
    int before = COUNT.get();
    try (RawClient client = RawClient.connect(app.port())) {
      client.send(BEHIND, BEHIND, ascii("nonsense\r\n\r\n"), BEHIND);
      assertEquals("request " + (before + 1), client.answer().text());
      assertEquals("request " + (before + 2), client.answer().text());
      assertEquals(400, client.answer().status());
      assertEquals("", client.rest());
    }
    assertEquals(before + 2, COUNT.get());
  }

  private static void assertRefused(int status, String what, byte[]... bytes) {
    int before = COUNT.get();
    try (RawClient client = RawClient.connect(app.port())) {
      HttpAnswer answer = client.send(bytes).answer();
      assertEquals(status, answer.status(), what);
      assertEquals("close", answer.header("Connection"), what);
      assertTrue(answer.text().length() < 100, answer.text());
      assertEquals("", client.rest(), what);
    }
    assertEquals(before, COUNT.get(), what);
  }
}
