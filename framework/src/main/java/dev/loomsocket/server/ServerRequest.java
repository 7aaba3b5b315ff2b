package dev.loomsocket.server;

import dev.loomsocket.http.Authenticator;
import dev.loomsocket.http.FormLimits;
import dev.loomsocket.http.HttpException;
import dev.loomsocket.http.HttpSession;
import dev.loomsocket.http.Part;
import dev.loomsocket.http.PercentEncoding;
import dev.loomsocket.http.Request;
import dev.loomsocket.http.Response;
import dev.loomsocket.wire.OpeningHandshake;
import dev.loomsocket.wire.SubprotocolOffer;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The request that handlers see: a head, its body, and where they came from. Decodes when it is
 * asked.
 */
final class ServerRequest implements Request {
  private static final String BEARER = "Bearer ";

  private final RequestHead head;
  private final @Nullable BodyInput body; // null: there is none
  private final Map<String, String> pathParams;
  private final InetSocketAddress remoteAddress;
  private final JsonReader json;
  private final SessionCookies cookies;

  // made when first asked for, by the handler's thread
  private @Nullable Map<String, List<String>> queryParams;
  private @Nullable Map<String, List<String>> headers;
  private @Nullable RequestContent content;
  private @Nullable CookieSession session;
  private boolean answered; // the response is made

  private Optional<Principal> user = Optional.empty(); // once it is known

  ServerRequest(
      RequestHead head,
      @Nullable BodyInput body,
      Map<String, String> pathParams,
      InetSocketAddress remoteAddress,
      JsonReader json,
      SessionCookies cookies) {
    this.head = head;
    this.body = body;
    this.pathParams = pathParams;
    this.remoteAddress = remoteAddress;
    this.json = json;
    this.cookies = cookies;
  }

  @Override
  public String method() {
    return head.method();
  }

  @Override
  public String path() {
    return PercentEncoding.decode(head.rawPath())
        .orElseThrow(() -> new HttpException(400, "the path is not well encoded"));
  }

  @Override
  public String rawPath() {
    return head.rawPath();
  }

  @Override
  public Optional<String> query() {
    return Optional.ofNullable(head.query());
  }

  @Override
  public String pathParam(String name) {
    String value = pathParams.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "the route has no variable " + name + ", only " + pathParams.keySet());
    }
    return value;
  }

  @Override
  public Optional<String> queryParam(String name) {
    return firstOf(queryParams(), name);
  }

  @Override
  public Map<String, List<String>> queryParams() {
    if (queryParams == null) {
      queryParams = query().map(QueryString::parse).orElse(Map.of());
    }
    return queryParams;
  }

  @Override
  public Optional<String> header(String name) {
    return head.headers().first(name);
  }

  @Override
  public List<String> headers(String name) {
    return head.headers().all(name);
  }

  @Override
  public Map<String, List<String>> headers() {
    if (headers == null) {
      headers = head.headers().toMap();
    }
    return headers;
  }

  /**
   * RFC 6265 §5.4: pairs with semicolons between them; of two with one name the first is the more
   * specific.
   */
  @Override
  public Optional<String> cookie(String name) {
    for (String line : head.headers().all("cookie")) {
      for (String pair : line.split(";")) {
        int sign = pair.indexOf('=');
        if (sign > 0 && pair.substring(0, sign).strip().equals(name)) {
          return Optional.of(withoutQuotes(pair.substring(sign + 1).strip()));
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public HttpSession session() {
    if (session == null) {
      CookieSession present = cookies.of(this);
      session = answered ? present.over() : present;
    }
    return session;
  }

  /** What the session holds as this is called, for any thread and any time. */
  Supplier<Map<String, String>> sessionValues() {
    if (session != null) {
      Map<String, String> values = new LinkedHashMap<>(session.values());
      return () -> Collections.unmodifiableMap(values);
    }
    Instant now = cookies.now();
    return () -> cookies.of(this, now).values();
  }

  /** The response with what it has to say of the session, which is over. */
  Response withSession(Response response) {
    answered = true;
    return session == null ? response : session.endWith(response);
  }

  @Override
  public Optional<String> bearerToken() {
    return header("authorization")
        .flatMap(ServerRequest::bearerToken)
        .or(() ->
            OpeningHandshake.isUpgrade(this::headers)
                ? SubprotocolOffer.of(headers("sec-websocket-protocol")).bearerToken()
                : Optional.empty());
  }

  /** RFC 9110 §11.4: the scheme, in small or capital letters, a space, and what it needs. */
  private static Optional<String> bearerToken(String credentials) {
    boolean bearer = credentials.regionMatches(true, 0, BEARER, 0, BEARER.length());
    String token = bearer ? credentials.substring(BEARER.length()).strip() : "";
    return token.isEmpty() ? Optional.empty() : Optional.of(token);
  }

  /** Finds out who sent it. */
  void authenticate(Authenticator authenticator) throws Exception {
    user = authenticator.authenticate(this).map(someone -> someone);
  }

  @Override
  public Optional<Principal> user() {
    return user;
  }

  private static String withoutQuotes(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  @Override
  public Optional<String> form(String name) {
    return firstOf(form(), name);
  }

  @Override
  public Map<String, List<String>> form() {
    return content().form();
  }

  @Override
  public List<Part> parts() {
    return parts(FormLimits.DEFAULT);
  }

  @Override
  public List<Part> parts(FormLimits limits) {
    return content().parts(limits);
  }

  @Override
  public Optional<Part> part(String name) {
    return parts().stream().filter(part -> part.name().equals(name)).findFirst();
  }

  @Override
  public <T> T json(Class<T> type) {
    return content().json(type, json);
  }

  private RequestContent content() {
    if (content == null) {
      content = new RequestContent(body, header("content-type").orElse(""));
    }
    return content;
  }

  /** The request has been answered: what was kept for it is thrown away. */
  void release() {
    if (content != null) {
      content.release();
    }
  }

  private static Optional<String> firstOf(Map<String, List<String>> values, String name) {
    return Optional.ofNullable(values.get(name)).map(List::getFirst);
  }

  @Override
  public byte[] body() {
    return content().bytes();
  }

  @Override
  public InputStream bodyStream() {
    return bodyStream(Long.MAX_VALUE);
  }

  @Override
  public InputStream bodyStream(long most) {
    return content().stream(most);
  }

  @Override
  public String text() {
    return content().text();
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return remoteAddress;
  }

  /**
   * Why a handler has really thrown this: where the body is none, or the client has left, the
   * handler's own exception comes from there.
   */
  Throwable causeOf(Throwable thrown) {
    return body == null || thrown instanceof HttpException ? thrown : body.causeOf(thrown);
  }
}
