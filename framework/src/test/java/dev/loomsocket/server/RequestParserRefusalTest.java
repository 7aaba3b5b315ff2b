package dev.loomsocket.server;

import static dev.loomsocket.server.RequestParserTest.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.HttpException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile requests and the status that each gets, whatever pieces it comes in. */
class RequestParserRefusalTest {

  private record Refusal(int status, String text) {
    @Override
    public String toString() {
      String shown = text.length() > 90 ? text.substring(0, 90) + "…" : text;
      return status
          + " "
          + shown
              .replace("\r", "\\r")
              .replace("\n", "\\n")
              .replace("\0", "\\0")
              .replace("\t", "\\t");
    }
  }

  static Stream<Refusal> refusals() {
    return Stream.of(requestLines(), hosts(), fields(), lengths(), codings(), sizes())
        .flatMap(List::stream);
  }

  private static List<Refusal> each(int status, String before, String after, String... middles) {
    return Arrays.stream(middles)
        .map(middle -> new Refusal(status, before + middle + after))
        .toList();
  }

  private static List<Refusal> join(List<List<Refusal>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }

  private static List<Refusal> requestLines() {
    String rest = "\r\nHost: a\r\n\r\n";
    return join(
        List.of(
            each(
                400,
                "",
                rest,
                "",
                "GET",
                "GET /",
                "GET / ",
                "GET  / HTTP/1.1",
                "GET /  HTTP/1.1",
                "GET / HTTP/1.1 ",
                " GET / HTTP/1.1",
                "GET\t/\tHTTP/1.1",
                "GET / a HTTP/1.1",
                "G(T / HTTP/1.1",
                "G\u00c4T / HTTP/1.1",
                "/ HTTP/1.1",
                "GET / http/1.1",
                "GET / HTTP/1",
                "GET / HTTP/1.",
                "GET / HTTP/1.10",
                "GET / HTTP/11",
                "GET / HTTP/ 1.1",
                "GET / HTTP/+1.1",
                "GET / HTTPS/1.1",
                "GET / ICY/1.0",
                "GET / HTTP/1.1x",
                "\r\n\r\nGET / HTTP/1.1"),
            each(505, "GET / HTTP/", rest, "2.0", "0.9", "1.2", "1.9", "3.0", "9.9"),
            each(505, "", "\r\n\r\n", "PRI * HTTP/2.0"),
            each(
                501,
                "",
                " / HTTP/1.1" + rest,
                "get",
                "TRACE",
                "CONNECT",
                "PROPFIND",
                "GETS",
                "G",
                "M-SEARCH",
                "HELO"),
            each(
                400,
                "GET ",
                " HTTP/1.1" + rest,
                "*",
                "a",
                "a/b",
                "a:80",
                "?a",
                "#",
                "/#a",
                "/a#b",
                "/\"",
                "/<",
                "/>",
                "/\\",
                "/{a}",
                "/`",
                "/\u00e4",
                "/?\u00e4",
                "/?\"",
                "/?<a>",
                "/?a#b",
                "/\ta",
                "ftp://a/",
                "ws://a/",
                "http:/a",
                "http:a",
                "http:///a",
                "http://",
                "http://u@a/",
                "http://u:p@a/",
                "http://a b/",
                "http://a:/",
                "http://a:99999/",
                "http://b/",
                "http://a#/",
                "http://[::1/",
                "//a\u007f"),
            each(400, "", rest, "POST * HTTP/1.1", "OPTIONS ** HTTP/1.1", "OPTIONS *? HTTP/1.1")));
  }

  private static List<Refusal> hosts() {
    return join(
        List.of(
            each(
                400,
                "GET / HTTP/1.1\r\n",
                "\r\n",
                "",
                "X: a\r\n",
                "Host: a\r\nHost: a\r\n",
                "Host: a\r\nhost: b\r\n"),
            each(400, "GET / HTTP/1.0\r\n", "\r\n", "Host: a\r\nHost: a\r\n", "Host: a b\r\n"),
            each(
                400,
                "GET / HTTP/1.1\r\nHost:",
                "\r\n\r\n",
                "",
                " ",
                " a b",
                " a,b",
                " a/b",
                " a:b",
                " a:",
                " a:123456",
                " a:65536",
                " a:-1",
                " :80",
                " u@a",
                " http://a",
                " [::1",
                " ::1",
                " []",
                " [g]",
                " a?b",
                " a#b",
                " a\\b",
                " \u00e4",
                " a;b",
                " a\tb")));
  }

  private static List<Refusal> fields() {
    return join(
        List.of(
            each(
                400,
                "GET / HTTP/1.1\r\nHost: a\r\n",
                "\r\n\r\n",
                // names
                "X : a",
                "X\t: a",
                " X: a",
                "\tX: a",
                ": a",
                ":",
                "X",
                "X a",
                "X\u00e4: a",
                "X(: a",
                "X\"a\": b",
                "[X]: a",
                "X@a: b",
                "X/a: b",
                "X=a",
                "{X}: a",
                // folding
                "X: a\r\n b",
                "X: a\r\n\tb",
                "X: a\r\n \r\nY: b",
                // control characters
                "X: a\0b",
                "X\0: a",
                "X: \u0001",
                "X: a\u007f",
                "X: \u001b[2J",
                "X: a\u000bb",
                "X: a\u000cb",
                "X: \b",
                // ends of lines
                "X: a\rY: b",
                "X: a\nY: b",
                "X: a\r\rY: b",
                "X: a\n\rY: b",
                "X: a\r\r\nY: b",
                "X: a\n\nGET /x HTTP/1.1",
                "X: \r",
                "\rX: a",
                "\nX: a",
                "X\r\n : a"),
            each(
                400,
                "",
                "",
                "GET / HTTP/1.1\nHost: a\n\n",
                "GET / HTTP/1.1\r\nHost: a\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n\n",
                "GET / HTTP/1.1\rHost: a\r\n\r\n",
                "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "\r\r\nGET / HTTP/1.1\r\n",
                "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
                "\u0016\u0003\u0001\u0002\0\u0001\0",
                "\0\0\0\0",
                "\u0080\u0000"),
            each(
                417,
                "PUT / HTTP/1.1\r\nHost: a\r\nExpect: ",
                "\r\nContent-Length: 1\r\n\r\n",
                "",
                "200-ok",
                "100-continue, x")));
  }

  private static List<Refusal> lengths() {
    String post = "POST / HTTP/1.1\r\nHost: a\r\n";
    return join(
        List.of(
            each(
                400,
                post + "Content-Length: ",
                "\r\n\r\n",
                "",
                "-1",
                "+1",
                "1 1",
                "1,1",
                "1, 1",
                "0x1",
                "1a",
                "a",
                "1.0",
                "1e1",
                "00",
                "01",
                "010",
                "\"1\"",
                "1;",
                "\u00b2",
                "5\r\nContent-Length: 5",
                "5\r\nContent-Length: 6",
                "5\r\ncontent-length: 5",
                "5\r\nContent-Length:",
                "-0"),
            each(
                413,
                post + "Content-Length: ",
                "\r\n\r\n",
                "1048577",
                "2147483647",
                "2147483648",
                "4294967296",
                "4294967301",
                "9223372036854775807",
                "18446744073709551616",
                "99999999999999999999999999999999"),
            each(
                400,
                post,
                "\r\n\r\n",
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Transfer-Encoding: x\r\nContent-Length: 5",
                "Transfer-Encoding:\r\nContent-Length: 0",
                "Content-Length : 5",
                "Content-Length\t: 5",
                "Content Length: 5")));
  }

  private static List<Refusal> codings() {
    String post = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:";
    return join(
        List.of(
            each(
                400,
                post,
                "\r\n\r\n",
                "",
                " ",
                " ,",
                " chunked,",
                " ,chunked",
                " chunked, chunked",
                " chunked, gzip",
                " gzip, chunked",
                " chunked;a=b",
                " \"chunked\"",
                " 'chunked' x",
                " chun ked",
                " chunked\u000b",
                " \u000bchunked",
                " chunked\0",
                " chunked\u00a0",
                " chunked\r\nTransfer-Encoding: chunked",
                " chunked\r\nTransfer-Encoding: x",
                " x\r\nTransfer-Encoding: chunked",
                "\r\n chunked",
                " chunked\r\n , x",
                " \rchunked",
                " identity, chunked"),
            each(
                501,
                post,
                "\r\n\r\n",
                " identity",
                " gzip",
                " xchunked",
                " chunkedx",
                " x",
                " gzip, x",
                " chunked-a",
                " 'chunked'"),
            each(400, "POST / HTTP/1.0\r\nTransfer-Encoding:", "\r\n\r\n", " chunked", " gzip"),
            each(
                400,
                "POST / HTTP/1.1\r\nHost: a\r\n",
                "\r\n\r\n",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding\t: chunked",
                " Transfer-Encoding: chunked",
                "X: a\rTransfer-Encoding: chunked",
                "X: a\nTransfer-Encoding: chunked")));
  }

  private static List<Refusal> sizes() {
    String get = "GET / HTTP/1.1\r\nHost: a\r\n";
    return join(
        List.of(
            each(
                414,
                "",
                "",
                "GET /" + "a".repeat(8_192) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "A".repeat(9_000),
                " ".repeat(9_000),
                "GET /" + "a".repeat(8_192 - 13) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
            each(
                431,
                get,
                "\r\n\r\n",
                "X: " + "a".repeat(16_384),
                "X".repeat(20_000),
                "X: a\r\n".repeat(99) + "X: a",
                "X: " + "a".repeat(16_384 - 13),
                ("X: " + "a".repeat(995) + "\r\n").repeat(16) + "X: " + "a".repeat(500))));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void everyPieceLeadsToTheSameStatus(Refusal refusal) {
    byte[] bytes = bytes(refusal.text);
    assertEquals(refusal.status, status(bytes, bytes.length));
    int step = bytes.length < 1_000 ? 1 : 97;
    for (int cut = 0; cut < bytes.length; cut += step) {
      assertEquals(refusal.status, status(bytes, cut));
    }
  }

  /** The status that the bytes get in two pieces: -1 if they are a head. */
  private static int status(byte[] bytes, int cut) {
    RequestParser parser = new RequestParser(HttpLimits.DEFAULT);
    try {
      for (int limit : new int[] {cut, bytes.length}) {
        if (parser.parse(bytes, 0, limit) > 0) {
          return -1;
        }
      }
      return 0;
    } catch (HttpException e) {
      return e.status();
    }
  }

  @Test
  void anErrorTellsNothingOfWhatWasSent() {
    refusals()
        .forEach(refusal -> {
          RequestParser parser = new RequestParser(HttpLimits.DEFAULT);
          try {
            parser.parse(bytes(refusal.text), 0, refusal.text.length());
          } catch (HttpException e) {
            assertTrue(e.getMessage().matches("[A-Za-z0-9 ,./'-]{5,80}"), e.getMessage());
            assertEquals(0, e.getStackTrace().length);
          }
        });
  }
}
