package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.Response;
import dev.loomsocket.net.Transport;
import dev.loomsocket.server.Router.Route;
import dev.loomsocket.session.OpeningRequest;
import dev.loomsocket.session.OpeningTarget;
import dev.loomsocket.session.WebSocketService;
import dev.loomsocket.wire.DeflateNegotiation;
import dev.loomsocket.wire.OpeningHandshake;
import dev.loomsocket.wire.OpeningHandshake.Answer;
import dev.loomsocket.wire.SubprotocolOffer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns a request for a WebSocket into one, or refuses it (RFC 6455 §4.2). */
final class WebSocketUpgrade {
  private static final Logger LOG = System.getLogger("dev.loomsocket.server");

  private final Site site;
  private final Pages pages;
  private final boolean local;
  private final Transport transport;
  private final ResponseWriter out;

  /**
   * An upgrade on a connection.
   *
   * @param local true if only programs of this machine can reach the server
   */
  WebSocketUpgrade(Site site, Pages pages, boolean local, Transport transport, ResponseWriter out) {
    this.site = site;
    this.pages = pages;
    this.local = local;
    this.transport = transport;
    this.out = out;
  }

  /**
   * The endpoints at the path of a client that wants a WebSocket. Where there are none, Upgrade may
   * be ignored (RFC 9110 §7.8).
   */
  static Optional<WebSocketPath> target(Pages pages, RequestHead head) {
    return head.headers().hasToken("upgrade", "websocket")
        ? pages.router().endpoint(head.rawPath()).map(Route::target)
        : Optional.empty();
  }

  /** Answers with 101 and returns the WebSocket, or answers with what is wrong. */
  Optional<WebSocketService.Opening> answer(RequestHead head, WebSocketPath target)
      throws IOException {
    List<String> offered =
        SubprotocolOffer.of(head.headers().all("sec-websocket-protocol")).names();
    Route<WebSocketService> route = target.choose(head.rawPath(), offered);
    WebSocketService service = route.target();
    if (!head.bodyLength().isNone()) {
      throw new HttpException(
          400, "an opening handshake has no body"); // it would be read as frames
    }
    OpeningHandshake.Offer offer =
        new OpeningHandshake.Offer(head.method(), head.minorVersion(), head.headers()::all, local);
    Answer answer =
        OpeningHandshake.answer(offer, service.subprotocols(), service.allowedOrigins());
    return switch (answer) {
      case Answer.Refused refused -> {
        refuse(head, refused);
        yield Optional.empty();
      }
      case Answer.Accepted accepted -> accept(head, route, offered, accepted);
    };
  }

  private void refuse(RequestHead head, Answer.Refused refused) throws IOException {
    LOG.log(Level.DEBUG, () -> transport.remoteAddress() + ": " + refused);
    Response response = Response.text(refused.reason() + "\n").withStatus(refused.status());
    for (Map.Entry<String, String> header : refused.headers().entrySet()) {
      response = response.header(header.getKey(), header.getValue());
    }
    write(response, head);
  }

  private void write(Response response, RequestHead head) throws IOException {
    out.write(response, head, head.keepsAlive(), e -> ResponseEncoder.internalError());
  }

  private Optional<WebSocketService.Opening> accept(
      RequestHead head,
      Route<WebSocketService> route,
      List<String> offered,
      Answer.Accepted accepted)
      throws IOException {
    ServerRequest asked =
        new ServerRequest(
            head,
            null,
            route.pathParams(),
            transport.remoteAddress(),
            site.jsonReader(),
            site.cookies());
    Optional<Response> turnedAway = pages.turnAway(asked);
    if (turnedAway.isPresent()) {
      Response answer = asked.withSession(turnedAway.get());
      out.write(answer, head, head.keepsAlive(), e -> pages.failed(asked, answer, e));
      return Optional.empty();
    }
    WebSocketService.Opening opening;
    String step = "the constructor of ";
    try {
      OpeningRequest handshake = handshake(asked, head, route, offered);
      opening = route.target().open(handshake.target());
      step = "@OnHandshake of ";
      opening.handshake(handshake);
    } catch (Throwable e) {
      write(pages.failed(step + route.target().name() + " for ", asked, e), head);
      return Optional.empty();
    }
    Optional<DeflateNegotiation.Agreement> deflate =
        DeflateNegotiation.negotiate(
            head.headers().all("sec-websocket-extensions"), route.target().compression());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Upgrade", "websocket");
    headers.put("Sec-WebSocket-Accept", accepted.accept());
    accepted.subprotocol().ifPresent(name -> headers.put("Sec-WebSocket-Protocol", name));
    deflate.ifPresent(agreed -> headers.put("Sec-WebSocket-Extensions", agreed.answer()));
    out.writeSwitchingProtocols(headers);
    opening.accepted(accepted.subprotocol(), deflate.map(DeflateNegotiation.Agreement::parameters));
    return Optional.of(opening);
  }

  private static OpeningRequest handshake(
      ServerRequest request,
      RequestHead head,
      Route<WebSocketService> route,
      List<String> offered) {
    return new OpeningRequest(
        new OpeningTarget(
            route.target().shared(head.rawPath()),
            route.pathParams(),
            query(head),
            request.remoteAddress()),
        request.path(),
        request::headers,
        request::cookie,
        offered,
        request.bearerToken(),
        request.user(),
        request.sessionValues());
  }

  /** Holds on to the query alone, and not to the request. */
  private static Supplier<Map<String, List<String>>> query(RequestHead head) {
    String query = head.query();
    return query == null ? Map::of : () -> QueryString.parse(query);
  }
}
