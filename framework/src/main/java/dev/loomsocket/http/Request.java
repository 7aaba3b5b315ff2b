package dev.loomsocket.http;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One HTTP request. Its maps and lists cannot be changed. A request belongs to the thread of its
 * handler.
 *
 * <p>Query, form and cookies are decoded when they are first asked for; what cannot be decoded is
 * an {@link HttpException} with status 400.
 *
 * <p>The handler starts when the head is there; the body is read when it is first asked for, either
 * as a whole or as a stream, and a client that waits for {@code 100 Continue} is told so then. To
 * read it blocks, and may throw an {@link HttpException}: 400 for what is no body, 408 if it comes
 * more slowly than 1 KiB a second, 413 if it is too long. A handler lets that pass: the connection
 * is of no use afterwards, but for the answer. If the client leaves, the exception is an {@link
 * java.io.UncheckedIOException}, or the stream's {@link java.io.IOException}.
 */
public interface Request {

  /** The method in capital letters, such as {@code GET}. */
  String method();

  /**
   * The path, decoded. An escaped slash looks like any other here: take it apart with {@link
   * #pathParam} or {@link #rawPath}.
   */
  String path();

  /** The path as it came, percent-encoded. */
  String rawPath();

  /** The query as it came, without its question mark. */
  Optional<String> query();

  /**
   * The decoded value of a variable of the route's pattern.
   *
   * @throws IllegalArgumentException if the pattern has no such variable
   */
  String pathParam(String name);

  /**
   * The same as something else than a text: {@code request.pathParam("id", Long::valueOf)}.
   *
   * @param convert throws an {@code IllegalArgumentException} or a {@code DateTimeException} for
   *     what it does not take
   * @throws HttpException 404 then: there is nothing at such a path
   */
  default <T> T pathParam(String name, Function<? super String, ? extends T> convert) {
    String value = pathParam(name);
    try {
      return convert.apply(value);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new HttpException(404, "not found");
    }
  }

  /** The first value of a parameter of the query, decoded. */
  Optional<String> queryParam(String name);

  /** All parameters of the query, decoded, in the order in which they came. */
  Map<String, List<String>> queryParams();

  /** The first value of a header; upper and lower case are the same in its name. */
  Optional<String> header(String name);

  /**
   * The values of all headers of that name, in their order; upper and lower case are the same in
   * it.
   */
  List<String> headers(String name);

  /** All headers; upper and lower case are the same in the keys. */
  Map<String, List<String>> headers();

  /** The value of a cookie, without quotation marks around it. */
  Optional<String> cookie(String name);

  /**
   * What the server remembers of this browser; see {@link HttpSession}. Who never asks for it pays
   * nothing, and no cookie is set.
   */
  HttpSession session();

  /**
   * The token of {@code Authorization: Bearer <token>} (RFC 6750 §2.1). In a handshake of a
   * WebSocket, as {@code app.authenticate} sees it, also that of {@code Sec-WebSocket-Protocol:
   * bearer, <token>}.
   */
  Optional<String> bearerToken();

  /** Who {@code app.authenticate} said this is; empty while that is being found out. */
  Optional<Principal> user();

  /** The first value of a field of the form in the body, decoded. */
  Optional<String> form(String name);

  /**
   * The fields of the form in the body: those of {@code application/x-www-form-urlencoded}, or
   * those of a multipart form that are no files; empty if there is no body.
   *
   * <p>The body may be as long as {@link #body()} allows. Where a form has large files, ask for
   * {@link #parts()} first: they and their limits then hold for the fields too.
   *
   * @throws HttpException 415 if the body is no form, 413 if it is longer, 400 if it is a broken
   *     one
   */
  Map<String, List<String>> form();

  /**
   * The parts of a multipart form (RFC 7578), fields and files, in their order, within {@link
   * FormLimits#DEFAULT}. All of the body is read; files of more than 64 KiB are on the disk until
   * the request has been answered.
   *
   * <pre>{@code
   * app.post("/pictures", request -> {
   *   Part picture = request.part("picture").orElseThrow(() -> new HttpException(400, "which?"));
   *   picture.saveTo(pictures.resolve(UUID.randomUUID() + ".png"));
   *   return Response.redirect("/pictures");
   * });
   * }</pre>
   *
   * @throws HttpException 415 if the body is no such form, 400 if it is a broken one, 413 or 431
   *     beyond a limit
   */
  List<Part> parts();

  /** The same within other limits; if the parts were asked for before, they are the same. */
  List<Part> parts(FormLimits limits);

  /** The first part of a multipart form that has this name. */
  Optional<Part> part(String name);

  /**
   * The JSON of the body as a value: a record, a class, an array, a {@code JsonNode}. The whole
   * body is read, as {@link #text} does.
   *
   * @throws HttpException 415 if its type is not {@code application/json}, 400 if it is not JSON or
   *     not of this type; the message says where
   */
  <T> T json(Class<T> type);

  /**
   * The whole body; empty if there is none. It has as many bytes as the setting {@code
   * max-body-size} allows, 1 MiB by default: a longer one is 413. The array is the request's own:
   * do not write into it.
   *
   * @throws IllegalStateException if the body is read as a stream
   */
  byte[] body();

  /** The body, as {@link #body} reads it, as UTF-8 text. */
  String text();

  /**
   * The body as a stream without a limit, for what is too large to be held in memory. {@link
   * java.io.InputStream#read(byte[], int, int)} blocks until there is something. It ends with the
   * answer to this request; a {@link Response#stream} may read it while it is written. What has not
   * been read by then is thrown away if it is at most 64 KiB, else the connection is closed.
   *
   * <pre>{@code
   * app.put("/films/{name}", request -> {
   *   Files.copy(request.bodyStream(4L << 30), films.resolve(request.pathParam("name")));
   *   return Response.status(201);
   * });
   * }</pre>
   */
  InputStream bodyStream();

  /**
   * The body as a stream of at most so many bytes: a longer one is 413, at once if its length is
   * known, else as soon as the excess comes. If the stream was asked for before, it is the same one
   * with the same limit.
   */
  InputStream bodyStream(long most);

  /** The client's address as the socket tells it. */
  InetSocketAddress remoteAddress();
}
