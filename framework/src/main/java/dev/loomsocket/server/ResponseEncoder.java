package dev.loomsocket.server;

import dev.loomsocket.http.HttpDate;
import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.Response;
import dev.loomsocket.http.Response.Body;
import dev.loomsocket.http.Templates;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;

/** Makes bytes of responses (RFC 9112 §4, §6). One encoder serves all connections. */
final class ResponseEncoder {
  private static final byte[] NOTHING = {};

  private final Function<Object, byte[]> json;
  private final Templates templates;
  private final InstantSource clock;

  /** The text of the last second; threads that race write the same. */
  private volatile Date date = new Date(Long.MIN_VALUE, "");

  /**
   * An encoder that tells the time of this clock.
   *
   * @param json encodes the values of JSON responses
   */
  ResponseEncoder(Function<Object, byte[]> json, InstantSource clock) {
    this(json, (name, model) -> "", clock);
  }

  /**
   * An encoder that tells the time of this clock.
   *
   * @param json encodes the values of JSON responses
   * @param templates render views
   */
  ResponseEncoder(Function<Object, byte[]> json, Templates templates, InstantSource clock) {
    this.json = json;
    this.templates = templates;
    this.clock = clock;
  }

  /** The JSON of a value. */
  byte[] json(Object value) {
    return json.apply(value);
  }

  /** A Date header's text for one second since the epoch. */
  private record Date(long second, String text) {}

  /** The answer to {@code Expect: 100-continue} (RFC 9110 §15.2.1). */
  static byte[] continueBytes() {
    return new ResponseHead(100).bytes();
  }

  /**
   * The answer that ends HTTP on this connection (RFC 9110 §15.2.2); the headers name the new
   * protocol.
   */
  static byte[] switchingProtocols(Map<String, String> headers) {
    ResponseHead head = new ResponseHead(101);
    headers.forEach(head::field);
    return head.field("Connection", "Upgrade").bytes();
  }

  /** What an error says to the client: the status and one line of plain text. */
  static Response error(HttpException e) {
    return Response.text(e.getMessage() + "\n").withStatus(e.status());
  }

  /** What the client is told of failures that are none of its business. */
  static Response internalError() {
    return error(new HttpException(500, "internal server error"));
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
   * @throws RuntimeException what the JSON encoder or a template throws; nothing has been sent then
   */
  EncodedResponse encode(Response response, String method, int minorVersion, boolean keepAlive) {
    boolean mayHaveBody = response.status() != 204 && response.status() != 304;
    boolean sendsBody = mayHaveBody && !method.equals("HEAD");
    Body entity = response.entity();
    byte[] content =
        switch (entity) {
          case Body.Bytes inMemory -> inMemory.bytes();
          case Body.Json value -> mayHaveBody ? json.apply(value.value()) : NOTHING;
          case Body.View view -> mayHaveBody ? render(view) : NOTHING;
          case Body.Empty empty -> NOTHING;
          case Body.FileRange file -> NOTHING;
          case Body.Stream stream -> NOTHING;
          case Body.Events events -> NOTHING;
        };

    ResponseHead head = new ResponseHead(response.status()).field("Date", date());
    connection(head, has(response, "Upgrade"), minorVersion, keepAlive);
    for (Response.Field field : response.fields()) {
      head.field(field.name(), field.value());
    }
    if (!has(response, "X-Content-Type-Options")) {
      head.field("X-Content-Type-Options", "nosniff");
    }
    if (mayHaveBody) {
      end(head, entity, content, sendsBody ? minorVersion : 0);
    }
    return new EncodedResponse(
        head.bytes(),
        sendsBody ? content : NOTHING,
        sendsBody && isStreamed(entity) ? entity : EncodedResponse.NOTHING);
  }

  private byte[] render(Body.View view) {
    try {
      return templates.render(view.name(), view.model()).getBytes(StandardCharsets.UTF_8);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the view " + view.name() + " cannot be rendered", e);
    }
  }

  private static boolean isStreamed(Body entity) {
    return entity instanceof Body.FileRange
        || entity instanceof Body.Stream
        || entity instanceof Body.Events;
  }

  /**
   * Tells where the body ends (RFC 9112 §6): HEAD is told the length that GET has (RFC 9110 §8.6),
   * if it is known.
   */
  private static void end(ResponseHead head, Body entity, byte[] content, int minorVersion) {
    long length =
        switch (entity) {
          case Body.FileRange file -> file.size();
          case Body.Stream stream -> stream.length();
          case Body.Events events -> -1;
          default -> content.length;
        };
    if (length >= 0) {
      head.field("Content-Length", Long.toString(length));
    } else if (minorVersion > 0) {
      head.field("Transfer-Encoding", "chunked");
    }
  }

  private static boolean has(Response response, String name) {
    for (Response.Field field : response.fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** RFC 9112 §9.3, and RFC 9110 §7.8: who sends Upgrade says so here. */
  private static void connection(
      ResponseHead head, boolean upgrade, int minorVersion, boolean keepAlive) {
    if (!keepAlive) {
      head.field("Connection", upgrade ? "close, Upgrade" : "close");
    } else if (upgrade) {
      head.field("Connection", minorVersion == 0 ? "keep-alive, Upgrade" : "Upgrade");
    } else if (minorVersion == 0) {
      head.field("Connection", "keep-alive");
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
}
