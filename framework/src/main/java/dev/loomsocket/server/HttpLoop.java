package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.HttpHandler;
import dev.loomsocket.http.Response;
import dev.loomsocket.http.Response.Body;
import dev.loomsocket.net.ReadBuffer;
import dev.loomsocket.net.Transport;
import dev.loomsocket.net.WriteBuffer;
import dev.loomsocket.server.Router.Route;
import dev.loomsocket.session.WebSocketService;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Function;

/**
 * The HTTP side of one connection, in its thread: requests out of the read buffer, responses into
 * the write buffer, until the connection ends or becomes a WebSocket. Responses are flushed when no
 * complete request is left in the input.
 *
 * <pre>{@code
 * while (http.advance()) {
 *   http.endWait(in.fill(http.beginWait()));
 * }
 * }</pre>
 */
final class HttpLoop {
  private static final Logger LOG = System.getLogger("dev.loomsocket.server");

  private final Server server;
  private final ServerSettings settings;
  private final Transport transport;
  private final ReadBuffer in;
  private final ResponseWriter out;
  private final HttpLimits limits;
  private final RequestParser parser;

  private long deadline; // of the head that has begun; 0: none has
  private boolean over; // HTTP on this connection
  private Optional<WebSocketService.Opening> opening = Optional.empty();

  HttpLoop(Server server, Transport transport, ReadBuffer in) {
    this.server = server;
    this.settings = server.settings();
    this.transport = transport;
    this.in = in;
    WriteBuffer buffer =
        new WriteBuffer(transport, server.pool(), settings.sendTimeout().toNanos());
    this.out = new ResponseWriter(buffer, server.site().encoder());
    this.limits = HttpLimits.DEFAULT.withBody(settings.maxBodySize());
    this.parser = new RequestParser(limits);
  }

  /**
   * Answers the requests that have come, as far as they are complete.
   *
   * @return true if more is to be waited for; else the connection is to be closed, or has become
   *     what {@link #opening} says
   */
  boolean advance() throws IOException {
    try {
      int size;
      while (!over && (size = parser.parse(in.array(), in.pos(), in.limit())) > 0) {
        in.consume(size);
        deadline = 0;
        answer(parser.head());
      }
    } catch (HttpException e) { // the bytes are no request; where the next one begins is unknown
      refuse(e);
    }
    out.flush();
    return !over && !server.isStopping();
  }

  private void answer(RequestHead head) throws IOException {
    Pages pages = server.site().pages(head);
    Optional<WebSocketPath> target = WebSocketUpgrade.target(pages, head);
    if (target.isPresent()) {
      opening =
          new WebSocketUpgrade(server.site(), pages, server.isLocal(), transport, out)
              .answer(head, target.get());
      over = opening.isPresent() || !head.keepsAlive() || server.isStopping();
    } else {
      over = !exchange(head, pages);
    }
  }

  private void refuse(HttpException e) throws IOException {
    LOG.log(
        Level.DEBUG, () -> transport.remoteAddress() + ": " + e.status() + " " + e.getMessage());
    out.writeError(e);
    over = true;
  }

  /** The WebSocket that the connection has become, if it has. */
  Optional<WebSocketService.Opening> opening() {
    return opening;
  }

  /** The nanoseconds that input may take to come: for a next request, or for the rest of a head. */
  long beginWait() {
    if (in.available() == 0) {
      return settings.keepAlive().toNanos();
    }
    if (deadline == 0) { // it began behind the last request
      deadline = transport.now() + settings.headTimeout().toNanos();
    }
    return Math.max(0, deadline - transport.now());
  }

  /**
   * The wait is over.
   *
   * @param bytes how many have come, −1 at the end of the stream
   */
  void endWait(int bytes) throws IOException {
    if (bytes > 0) {
      if (deadline == 0) {
        deadline = transport.now() + settings.headTimeout().toNanos();
      }
    } else if (in.available() == 0) {
      over = true;
    } else if (bytes < 0) {
      throw new EOFException("the client left within a request's head");
    } else if (!server.isStopping()) {
      refuse(new HttpException(408, "the request's head took too long"));
      out.flush();
    }
  }

  /** Answers one request; true if another may follow. */
  private boolean exchange(RequestHead head, Pages pages) throws IOException {
    Route<HttpHandler> route = pages.router().handler(head.method(), head.rawPath());
    BodyInput body =
        head.bodyLength().isNone()
            ? null
            : new BodyInput(head, limits, settings, transport, in, out, server.incoming());
    ServerRequest request =
        new ServerRequest(
            head,
            body,
            route.pathParams(),
            transport.remoteAddress(),
            server.site().jsonReader(),
            server.site().cookies());
    out.flush(); // what was answered before does not wait for a handler that takes its time
    try {
      Response response = request.withSession(pages.answer(route.target(), request));
      boolean keepAlive = head.keepsAlive() && !server.isStopping();
      if (response.entity() instanceof Body.Events events && isSent(response, head)) {
        stream(events, response, head);
        return false;
      }
      Function<Throwable, Response> failed = e -> pages.failed(request, response, e);
      if (body == null) {
        return out.write(response, head, keepAlive, failed);
      }
      body.checkClient();
      boolean reads = response.entity() instanceof Body.Stream;
      return out.write(response, head, body.beginAnswer(reads) && keepAlive, failed)
          && body.drain();
    } finally {
      request.release();
    }
  }

  private static boolean isSent(Response response, RequestHead head) {
    return response.status() != 204 && response.status() != 304 && !head.method().equals("HEAD");
  }

  /** The connection ends with the stream: nobody knows when that will be. */
  private void stream(Body.Events events, Response response, RequestHead head) throws IOException {
    StreamedOutput body = out.begin(response, head);
    String lastSeen = head.headers().first("last-event-id").orElse("");
    new EventStream(transport, in, body, lastSeen, server)
        .run(events.writer(), head.method() + " " + head.rawPath());
  }
}
