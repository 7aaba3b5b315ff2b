package dev.loomsocket.server;

import dev.loomsocket.http.HttpException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of one request, checked.
 *
 * @param method one of {@link RequestLine#METHODS}
 * @param target as it came
 * @param rawPath percent-encoded; starts with a slash, or is {@code *}
 * @param query as it came, without its question mark
 * @param minorVersion 0 or 1
 */
record RequestHead(
    String method,
    String target,
    String rawPath,
    @Nullable String query,
    int minorVersion,
    Headers headers,
    BodyLength bodyLength) {

  /**
   * Puts a head together from its line and headers.
   *
   * @throws HttpException 400, 413, 417 or 501 if the headers do not make a request together
   */
  static RequestHead of(RequestLine line, Headers headers) {
    Target target = line.target();
    checkHost(headers, line.minorVersion(), target.authority());
    BodyLength bodyLength = BodyLength.of(headers, line.minorVersion());
    for (String expectation : headers.all("expect")) {
      if (!expectation.equalsIgnoreCase("100-continue")) {
        throw new HttpException(417, "only 100-continue can be expected"); // RFC 9110 §10.1.1
      }
    }
    return new RequestHead(
        line.method(),
        target.text(),
        target.rawPath(),
        target.query(),
        line.minorVersion(),
        headers,
        bodyLength);
  }

  /**
   * RFC 9112 §3.2: exactly one, which a target that names a host itself has to agree with; HTTP/1.0
   * did not know it.
   */
  private static void checkHost(Headers headers, int minorVersion, @Nullable String authority) {
    List<String> hosts = headers.all("host");
    if (hosts.size() > 1 || hosts.isEmpty() && minorVersion == 1) {
      throw new HttpException(400, hosts.isEmpty() ? "no Host" : "more than one Host");
    }
    for (String host : hosts) {
      if (!Target.isAuthority(host)) {
        throw new HttpException(400, "the Host is not well-formed");
      }
      if (authority != null && !authority.equalsIgnoreCase(host)) {
        throw new HttpException(400, "target and Host name different hosts");
      }
    }
  }

  /** True if the client can send another request after this one (RFC 9112 §9.3). */
  boolean keepsAlive() {
    return !headers.hasToken("connection", "close")
        && (minorVersion == 1 || headers.hasToken("connection", "keep-alive"));
  }

  /**
   * True if the client waits for {@code 100 Continue} before it sends the body (RFC 9110 §10.1.1).
   */
  boolean expectsContinue() {
    return minorVersion == 1 && !bodyLength.isNone() && headers.has("expect");
  }
}
