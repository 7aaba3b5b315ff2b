package dev.loomsocket.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The answer to a request: a status, headers and a body. Immutable: each method that sets something
 * returns another response.
 *
 * <pre>{@code
 * return Response.json(order).withStatus(201).header("Location", "/orders/" + order.id());
 * }</pre>
 *
 * <p>Content-Length, Date, Connection and {@code X-Content-Type-Options: nosniff} are added by the
 * server.
 */
public final class Response {
  /**
   * How the message ends and what becomes of the connection is decided by the server, in one place.
   */
  private static final Set<String> OF_THE_SERVER =
      Set.of("connection", "content-length", "date", "keep-alive", "transfer-encoding");

  private static final Comparator<Field> BY_NAME =
      Comparator.comparing(Field::name, String.CASE_INSENSITIVE_ORDER);

  private final int status;
  private final List<Field> fields; // in the order of their names, whatever their case
  private final Body entity;

  private Response(int status, List<Field> fields, Body entity) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("a response has a status of 200 to 599, not " + status);
    }
    this.status = status;
    this.fields = fields;
    this.entity = entity;
  }

  /**
   * One header line.
   *
   * @param name as it was written when it was set
   */
  public record Field(String name, String value) {

    /** A line that may be set. */
    static Field of(String name, String value) {
      if (OF_THE_SERVER.contains(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(name + " is set by the server");
      }
      return new Field(FieldText.checkName(name), FieldText.checkValue(name, value));
    }
  }

  /** What a response carries. */
  public sealed interface Body {

    /** Nothing. */
    record Empty() implements Body {}

    /**
     * Bytes in memory, which nobody may change any more.
     *
     * @param shared true if they are held anyway, whether or not they are sent
     */
    record Bytes(byte[] bytes, boolean shared) implements Body {}

    /** A value that the server encodes as JSON. */
    record Json(Object value) implements Body {}

    /** A template and what it shows, which the server renders. */
    record View(String name, Object model) implements Body {}

    /**
     * Some bytes of a file, streamed by the server.
     *
     * @param from the first one
     * @param size how many, as they were when the response was made
     */
    record FileRange(Path path, long from, long size) implements Body {}

    /**
     * What somebody writes while it is sent.
     *
     * @param length in bytes; −1 if nobody knows
     */
    record Stream(BodyWriter writer, long length) implements Body {}

    /** Server-sent events, until somebody has enough. */
    record Events(EventsWriter writer) implements Body {}
  }

  /** 200 with plain text. */
  public static Response text(String text) {
    return bytes("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** 200 with a page. The caller has escaped what is not its own. */
  public static Response html(String html) {
    return bytes("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * 200 with a page made of a template; it is rendered when the response is sent. What fails there
   * is logged, and answered with 500.
   *
   * <pre>{@code
   * app.get("/chat", request -> Response.view("chat", new ChatPage(title, lines)));
   *
   * <h1>{{title}}</h1>                                       in /templates/chat.mustache
   * {{#lines}}<p><b>{{user}}</b> {{text}}</p>{{/lines}}
   * }</pre>
   *
   * @param name of the template, as {@link Templates} takes it
   * @param model what it shows
   */
  public static Response view(String name, Object model) {
    return with("text/html; charset=utf-8", new Body.View(name, model));
  }

  /** 200 with a value as JSON; it is encoded when the response is sent. */
  public static Response json(Object value) {
    return with("application/json", new Body.Json(value));
  }

  /** 200 with bytes; the array must not be changed afterwards. */
  public static Response bytes(String contentType, byte[] bytes) {
    return with(contentType, new Body.Bytes(bytes, false));
  }

  /**
   * 200 with a body that is written while it is sent, in constant memory, for example
   *
   * <pre>{@code
   * return Response.stream("text/csv", out -> {
   *   for (Row row : rows) {
   *     out.write(row.toCsv().getBytes(UTF_8));
   *   }
   * });
   * }</pre>
   *
   * <p>It goes out in chunks (RFC 9112 §7.1); to a client of HTTP/1.0, until the connection ends.
   */
  public static Response stream(String contentType, BodyWriter writer) {
    return with(contentType, new Body.Stream(writer, -1));
  }

  /**
   * 200 with a body of a known length that is written while it is sent, in constant memory.
   *
   * @param length in bytes; to write more, or less, is an error
   */
  public static Response stream(String contentType, long length, BodyWriter writer) {
    if (length < 0) {
      throw new IllegalArgumentException("a body has no length of " + length);
    }
    return with(contentType, new Body.Stream(writer, length));
  }

  /**
   * 200 with a stream of server-sent events, for the {@code EventSource} of a browser (WHATWG HTML
   * §9.2):
   *
   * <pre>{@code
   * app.get("/prices", request -> Response.events(events -> {
   *   while (true) {
   *     events.send("price", market.awaitNextPrice());
   *   }
   * }));
   * app.get("/news", request -> Response.events(events -> {
   *   try (var following = app.room("news").follow(events::offer)) {  // a room's messages
   *     following.await();
   *   }
   * }));
   * }</pre>
   *
   * <p>The stream ends with the client, with the server, and when the writer returns; browsers come
   * back by themselves then, until they get a 204.
   */
  public static Response events(EventsWriter writer) {
    return with("text/event-stream", new Body.Events(writer))
        .header("Cache-Control", "no-store")
        .header("X-Accel-Buffering", "no"); // nginx passes events on as they come
  }

  /**
   * A file as {@link StaticFiles} answers it: with validators, in parts, compressed, or 304 for who
   * has it; {@code no-cache} unless another Cache-Control is set.
   *
   * <pre>{@code
   * app.get("/reports/{id}", request -> Response.file(request, reports.path(mine(request))));
   * }</pre>
   *
   * @throws HttpException 404 if there is no such regular, readable file
   */
  public static Response file(Request request, Path file) {
    return StaticFiles.answer(request, file).orElseThrow(() -> new HttpException(404, "not found"));
  }

  /**
   * 200 with a whole file, whose content type comes from its name, whatever the request asks for.
   *
   * @throws HttpException 404 if there is no such regular, readable file
   */
  public static Response file(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.isReadable(file)) {
        return with(
            ContentTypes.of(String.valueOf(file.getFileName())),
            new Body.FileRange(file, 0, Files.size(file)));
      }
    } catch (IOException goneMeanwhile) {
      // the same as never there
    }
    throw new HttpException(404, "not found");
  }

  /**
   * 303: the browser gets this URL next, whatever the method was. Spaces and characters beyond
   * ASCII are escaped; parts that come from a user want {@link PercentEncoding#encode}.
   */
  public static Response redirect(String location) {
    StringBuilder escaped = new StringBuilder();
    location
        .codePoints()
        .forEach(c -> {
          String character = Character.toString(c);
          escaped.append(c == ' ' || c > 0x7f ? PercentEncoding.encode(character) : character);
        });
    return status(303).header("Location", escaped.toString());
  }

  /** An answer without a body, 200 to 599. */
  public static Response status(int status) {
    return new Response(status, List.of(), new Body.Empty());
  }

  /** 200 with a body of whatever kind. */
  static Response of(String contentType, Body body) {
    return with(contentType, body);
  }

  private static Response with(String contentType, Body body) {
    String value = FieldText.checkValue("Content-Type", contentType);
    return new Response(200, List.of(new Field("Content-Type", value)), body);
  }

  /** The same with another status, 200 to 599; 204 and 304 are sent without the body. */
  public Response withStatus(int status) {
    return new Response(status, fields, entity);
  }

  /**
   * The same with this header in place of one of that name.
   *
   * @throws IllegalArgumentException if a character cannot be in a header, or the server sets this
   *     header itself
   */
  public Response header(String name, String value) {
    Field field = Field.of(name, value);
    List<Field> changed = new ArrayList<>(fields);
    changed.removeIf(each -> each.name.equalsIgnoreCase(name));
    return with(changed, field);
  }

  /** The same with one more cookie. */
  public Response cookie(Cookie cookie) {
    return with(new ArrayList<>(fields), new Field("Set-Cookie", cookie.toString()));
  }

  private Response with(List<Field> changed, Field field) {
    changed.add(field);
    changed.sort(BY_NAME); // stable: cookies stay in their order
    return new Response(status, List.copyOf(changed), entity);
  }

  /** The status, 200 to 599. */
  public int status() {
    return status;
  }

  /** The headers that were set, a line each, in the order of their names. */
  public List<Field> fields() {
    return fields;
  }

  /** The same by name; upper and lower case are the same in the keys. */
  public Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Field field : fields) {
      headers.computeIfAbsent(field.name, each -> new ArrayList<>(1)).add(field.value);
    }
    headers.replaceAll((name, values) -> List.copyOf(values));
    return Collections.unmodifiableMap(headers);
  }

  /** The body. */
  public Body entity() {
    return entity;
  }
}
