package dev.loomsocket.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.loomsocket.fuzz.Allocation;
import dev.loomsocket.fuzz.Input;
import dev.loomsocket.http.HttpException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Fuzzes a connection's requests with their bodies, one behind the other: the same requests, or the
 * same refusal, however they are cut.
 */
public final class RequestsFuzz {
  private static final HttpLimits[] LIMITS = {
    new HttpLimits(64, 128, 5, 64), new HttpLimits(256, 512, 2, 1024), HttpLimits.DEFAULT
  };
  private static final Set<Integer> REFUSALS = Set.of(400, 413, 414, 417, 431, 501, 505);

  private RequestsFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    Input input = new Input(bytes);
    HttpLimits limits = LIMITS[input.choose(LIMITS.length)];
    int cut = input.choose(256);
    byte[] requests = input.rest();
    List<String> events = read(limits, requests, requests.length);
    assertEquals(events, read(limits, requests, 1), "in single bytes");
    assertEquals(events, read(limits, requests, 1 + cut), "in pieces");
    long bound = 100L * requests.length + (1 << 20); // what Jazzer adds to the code allocates, too
    Allocation.atMost(bound, () -> readSilently(limits, requests));
  }

  private static void readSilently(HttpLimits limits, byte[] bytes) {
    Reader reader = new Reader(limits, bytes);
    reader.tells = false;
    try {
      reader.readTo(bytes.length);
    } catch (HttpException e) {
      // what it says was looked at before
    }
  }

  private static List<String> read(HttpLimits limits, byte[] bytes, int pieceSize) {
    Reader reader = new Reader(limits, bytes);
    try {
      for (int limit = 0; limit < bytes.length; ) {
        limit = Math.min(bytes.length, limit + pieceSize);
        reader.readTo(limit);
      }
    } catch (HttpException e) {
      assertTrue(REFUSALS.contains(e.status()), e::toString);
      reader.events.add("refused " + e.status());
    }
    return reader.events;
  }

  /** What a connection does with the bytes that it has read. */
  private static final class Reader {
    private final HttpLimits limits;
    private final byte[] bytes;
    private final RequestParser parser;
    private final List<String> events = new ArrayList<>();
    private boolean tells = true;
    private int pos;
    private CollectedBody body; // null: a head is due

    Reader(HttpLimits limits, byte[] bytes) {
      this.limits = limits;
      this.bytes = bytes;
      this.parser = new RequestParser(limits);
    }

    void readTo(int limit) {
      while (body == null ? head(limit) : body(limit)) {
        assertTrue(pos <= limit, "read what is not there");
      }
    }

    private boolean head(int limit) {
      int size = parser.parse(bytes, pos, limit);
      if (size == 0) {
        assertTrue(limit - pos < limits.head(), "no end of the head is wanted");
        return false;
      }
      assertTrue(size <= limits.head());
      pos += size;
      if (tells) {
        events.add(describe(parser.head()));
      }
      body = new CollectedBody(RequestBody.of(parser.head().bodyLength(), limits));
      return true;
    }

    private boolean body(int limit) {
      pos += body.take(bytes, pos, limit);
      if (!body.isComplete()) {
        return false;
      }
      assertEquals(0, body.take(bytes, pos, limit), "took what is behind its end");
      byte[] bytesOfBody = body.bytes();
      assertTrue(bytesOfBody.length <= limits.body());
      if (tells) {
        events.add(Arrays.toString(bytesOfBody));
      }
      body = null;
      return true;
    }
  }

  private static String describe(RequestHead head) {
    String path = head.rawPath();
    assertTrue(path.startsWith("/") || path.equals("*"), path);
    head.headers()
        .toMap()
        .forEach((name, values) -> {
          assertTrue(Chars.isToken(name), name);
          assertTrue(
              values.stream().noneMatch(value -> value.matches("(?s).*[\\r\\n\\x00].*")), name);
        });
    return String.join(
        " ",
        head.method(),
        head.target(),
        path,
        query(head),
        "HTTP/1." + head.minorVersion(),
        head.headers().toMap().toString(),
        head.bodyLength().toString(),
        head.keepsAlive() ? "keeps" : "closes",
        head.expectsContinue() ? "waits" : "goes on");
  }

  private static String query(RequestHead head) {
    if (head.query() == null) {
      return "none";
    }
    try {
      return QueryString.parse(head.query()).toString();
    } catch (HttpException e) {
      assertEquals(400, e.status());
      return "bad";
    }
  }
}
