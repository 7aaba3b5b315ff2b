package dev.loomsocket.server;

import static dev.loomsocket.server.RequestParserTest.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.http.HttpException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Seeded garbage against the HTTP parsers: a result or an {@link HttpException}, and nothing else.
 */
class GarbageTest {
  private static final HttpLimits SMALL = new HttpLimits(64, 128, 5, 64);

  private static final HttpLimits ONE_TRAILER = new HttpLimits(64, 128, 1, 64);

  private static final List<byte[]> HEAD_PIECES =
      pieces(
          "GET ",
          "POST ",
          "OPTIONS ",
          "/",
          "*",
          "http://a",
          "/a%20b",
          "?c=d",
          " HTTP/1.1",
          " HTTP/1.0",
          "\r\n",
          "\r\n",
          "\r\n",
          "\r\n\r\n",
          "Host: a",
          "Host: b:80",
          "Content-Length: 5",
          "Content-Length: 99999999999",
          "Transfer-Encoding: chunked",
          "X: y",
          ":",
          " ",
          "\t",
          "\r",
          "\n",
          "\0",
          "\u00ff",
          "GET / HTTP/1.1\r\nHost: a\r\n",
          "Expect: 100-continue");

  private static final List<byte[]> CHUNK_PIECES =
      pieces(
          "0",
          "1",
          "5",
          "a",
          "F",
          "ffffffff",
          "\r\n",
          "\r\n",
          "\r\n",
          "\r\n0\r\n",
          "5\r\nhello",
          "hello",
          "x",
          ";",
          ";a=b",
          "X: y\r\n",
          "0\r\nX: y\r\n",
          ":",
          " ",
          "\r",
          "\n",
          "\0",
          "\u00ff",
          "0\r\n\r\n",
          "3\r\nabc\r\n");

  private static List<byte[]> pieces(String... texts) {
    return Arrays.stream(texts).map(RequestParserTest::bytes).toList();
  }

  private final byte[] input = new byte[512];
  private final int[] outcomes = new int[600];

  @Test
  void aMillionHeadsAreHeadsOrRefused() {
    SplittableRandom random = new SplittableRandom(20_260_101);
    byte[] good = bytes("POST /a?b HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
    for (int i = 0; i < 1_000_000; i++) {
      int size =
          switch (i % 3) {
            case 0 -> noise(random);
            case 1 -> soup(random, HEAD_PIECES);
            default -> mutation(random, good);
          };
      outcomes[head(size, random.nextInt(size + 1))]++;
    }
    for (int expected : new int[] {0, 200, 400, 414, 431, 501, 505}) {
      assertTrue(outcomes[expected] > 10, "no input led to " + expected);
    }
  }

  /** The status: 200 for a head, 0 for the beginning of one. */
  private int head(int size, int cut) {
    RequestParser parser = new RequestParser(SMALL);
    try {
      int read = parser.parse(input, 0, cut);
      if (read == 0) {
        read = parser.parse(input, 0, size);
      }
      assertTrue(read <= Math.min(size, SMALL.head()));
      if (read == 0) {
        assertTrue(size < SMALL.head());
        return 0;
      }
      String path = parser.head().rawPath();
      assertTrue(path.startsWith("/") || path.equals("*"));
      return 200;
    } catch (HttpException e) {
      return e.status();
    }
  }

  @Test
  void aMillionBodiesAreBodiesOrRefused() {
    SplittableRandom random = new SplittableRandom(20_260_102);
    byte[] good = bytes("5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nX: y\r\n\r\n");
    for (int i = 0; i < 1_000_000; i++) {
      int size =
          switch (i % 3) {
            case 0 -> noise(random);
            case 1 -> soup(random, CHUNK_PIECES);
            default -> mutation(random, good);
          };
      outcomes[body(size, random.nextInt(size + 1))]++;
    }
    for (int expected : new int[] {0, 200, 400, 413, 431}) {
      assertTrue(outcomes[expected] > 10, "no input led to " + expected);
    }
  }

  private int body(int size, int cut) {
    CollectedBody body = new CollectedBody(new ChunkedBody(ONE_TRAILER));
    try {
      int taken = body.take(input, 0, cut);
      assertTrue(taken <= cut);
      taken += body.take(input, taken, size);
      assertTrue(taken <= size);
      assertTrue(body.bytes().length <= Math.min(size, ONE_TRAILER.body()));
      assertEquals(0, body.isComplete() ? body.take(input, taken, size) : 0);
      return body.isComplete() ? 200 : 0;
    } catch (HttpException e) {
      return e.status();
    }
  }

  private int noise(SplittableRandom random) {
    int size = random.nextInt(64);
    for (int i = 0; i < size; i++) {
      input[i] = (byte) random.nextInt();
    }
    return size;
  }

  private int soup(SplittableRandom random, List<byte[]> pieces) {
    int size = 0;
    for (int count = random.nextInt(16); count > 0; count--) {
      byte[] piece = pieces.get(random.nextInt(pieces.size()));
      System.arraycopy(piece, 0, input, size, piece.length);
      size += piece.length;
    }
    return size;
  }

  private int mutation(SplittableRandom random, byte[] good) {
    System.arraycopy(good, 0, input, 0, good.length);
    for (int count = random.nextInt(3); count > 0; count--) {
      int at = random.nextInt(good.length);
      input[at] =
          random.nextBoolean() ? (byte) random.nextInt() : good[random.nextInt(good.length)];
    }
    return good.length;
  }
}
