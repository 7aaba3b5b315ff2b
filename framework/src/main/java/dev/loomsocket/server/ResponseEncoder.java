package dev.loomsocket.server;

import dev.loomsocket.http.HttpDate;
import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.Response;
import dev.loomsocket.http.Response.Body;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes bytes of responses (RFC 9112 §4, §6). One encoder serves all connections. */
final class ResponseEncoder {
  private static final byte[] NOTHING = {};

  private final Function<Object, byte[]> json;
  private final InstantSource clock;

  /** The text of the last second; threads that race write the same. */
  private volatile Date date = new Date(Long.MIN_VALUE, "");

  /**
   * An encoder that tells the time of this clock.
   *
   * @param json encodes the values of JSON responses
   */
  ResponseEncoder(Function<Object, byte[]> json, InstantSource clock) {
    this.json = json;
    this.clock = clock;
  }

  /** A Date header's text for one second since the epoch. */
  private record Date(long second, String text) {}

  /** The answer to {@code Expect: 100-continue} (RFC 9110 §15.2.1). */
  static byte[] continueBytes() {
    return ascii(statusLine(100).append("\r\n"));
  }

  /**
   * The answer that ends HTTP on this connection (RFC 9110 §15.2.2); the headers name the new
   * protocol.
   */
  static byte[] switchingProtocols(Map<String, String> headers) {
    StringBuilder head = statusLine(101);
    headers.forEach((name, value) -> field(head, name, value));
    return ascii(field(head, "Connection", "Upgrade").append("\r\n"));
  }

  /** What an error says to the client: the status and one line of plain text. */
  static Response error(HttpException e) {
    return Response.text(e.getMessage() + "\n").withStatus(e.status());
  }

  /**
   * Encodes the answer to something that is not even a request; the connection has to be closed
   * behind it.
   */
  EncodedResponse encodeError(HttpException e) {
    return encode(error(e), "GET", 1, false);
  }

  /**
   * Encodes the answer to a request of that method and version.
   *
   * @param keepAlive false if the connection will be closed behind the response
   * @throws RuntimeException what the JSON encoder throws; nothing has been sent then
   */
  EncodedResponse encode(Response response, String method, int minorVersion, boolean keepAlive) {
    boolean mayHaveBody = response.status() != 204 && response.status() != 304;
    byte[] content =
        switch (response.entity()) {
          case Body.Empty empty -> NOTHING;
          case Body.Bytes inMemory -> inMemory.bytes();
          case Body.Json value -> mayHaveBody ? json.apply(value.value()) : NOTHING;
          case Body.FileRange file -> NOTHING;
        };
    Optional<Body.FileRange> file =
        response.entity() instanceof Body.FileRange range ? Optional.of(range) : Optional.empty();

    StringBuilder head = statusLine(response.status());
    field(head, "Date", date());
    connection(head, response, minorVersion, keepAlive);
    for (Map.Entry<String, List<String>> header : response.headers().entrySet()) {
      for (String value : header.getValue()) {
        field(head, header.getKey(), value);
      }
    }
    if (!response.headers().containsKey("X-Content-Type-Options")) {
      field(head, "X-Content-Type-Options", "nosniff");
    }
    if (mayHaveBody) { // RFC 9110 §8.6: for HEAD the length that GET has
      field(
          head,
          "Content-Length",
          Long.toString(file.map(Body.FileRange::size).orElse((long) content.length)));
    }
    boolean sendsBody = mayHaveBody && !method.equals("HEAD");
    return new EncodedResponse(
        ascii(head.append("\r\n")),
        sendsBody ? content : NOTHING,
        sendsBody ? file : Optional.empty());
  }

  /** RFC 9112 §9.3, and RFC 9110 §7.8: who sends Upgrade says so here. */
  private static void connection(
      StringBuilder head, Response response, int minorVersion, boolean keepAlive) {
    boolean upgrade = response.headers().containsKey("Upgrade");
    if (!keepAlive) {
      field(head, "Connection", upgrade ? "close, Upgrade" : "close");
    } else if (upgrade) {
      field(head, "Connection", minorVersion == 0 ? "keep-alive, Upgrade" : "Upgrade");
    } else if (minorVersion == 0) {
      field(head, "Connection", "keep-alive");
    }
  }

  private String date() {
    long now = clock.instant().getEpochSecond();
    Date known = date;
    if (known.second != now) {
      known = new Date(now, HttpDate.format(Instant.ofEpochSecond(now)));
      date = known;
    }
    return known.text;
  }

  private static StringBuilder statusLine(int status) {
    return new StringBuilder(256)
        .append("HTTP/1.1 ")
        .append(status)
        .append(' ')
        .append(ReasonPhrase.of(status))
        .append("\r\n");
  }

  private static StringBuilder field(StringBuilder head, String name, String value) {
    return head.append(name).append(": ").append(value).append("\r\n");
  }

  private static byte[] ascii(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
