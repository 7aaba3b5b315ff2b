package dev.loomsocket.server;

import static dev.loomsocket.server.RequestParserTest.parse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestHeadTest {

  @Test
  void tellsWhetherTheConnectionLivesOn() {
    Map<String, Boolean> table =
        Map.of(
            "HTTP/1.1\r\nHost: a\r\n", true,
            "HTTP/1.1\r\nHost: a\r\nConnection: close\r\n", false,
            "HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, CLOSE\r\n", false,
            "HTTP/1.1\r\nHost: a\r\nConnection: a\r\nConnection: close\r\n", false,
            "HTTP/1.1\r\nHost: a\r\nConnection: closed\r\n", true,
            "HTTP/1.0\r\n", false,
            "HTTP/1.0\r\nConnection: Keep-Alive\r\n", true,
            "HTTP/1.0\r\nConnection: keep-alive, close\r\n", false);
    table.forEach(
        (rest, alive) -> assertEquals(alive, parse("GET / " + rest + "\r\n").keepsAlive(), rest));
  }

  @Test
  void tellsWhetherTheClientWaitsForContinue() {
    String expect = "Host: a\r\nExpect: 100-Continue\r\n";
    assertTrue(
        parse("PUT / HTTP/1.1\r\n" + expect + "Content-Length: 1\r\n\r\n").expectsContinue());
    assertTrue(
        parse("PUT / HTTP/1.1\r\n" + expect + "Transfer-Encoding: chunked\r\n\r\n")
            .expectsContinue());
    assertFalse(parse("PUT / HTTP/1.1\r\n" + expect + "\r\n").expectsContinue());
    assertFalse(
        parse("PUT / HTTP/1.0\r\n" + expect + "Content-Length: 1\r\n\r\n").expectsContinue());
    assertFalse(parse("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n").expectsContinue());
  }
}
