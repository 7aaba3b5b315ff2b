package dev.loomsocket.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The server's half of the opening handshake: the request's checks and the answer (RFC 6455 §4.2).
 */
public final class OpeningHandshake {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // §1.3
  private static final String VERSION = "13";
  private static final int KEY_BYTES = 16;
  private static final int KEY_CHARACTERS = 24; // base64 of 16 bytes, with its padding
  private static final String ANY_ORIGIN = "*";

  /**
   * Never used itself: a clone costs no search, and leaves no thread-local behind in its thread.
   */
  private static final MessageDigest SHA_1 = sha1();

  private OpeningHandshake() {}

  /**
   * What a request says that matters here.
   *
   * @param method as sent, for example {@code GET}
   * @param minorVersion the 1 of HTTP/1.1
   * @param headers from a name in lower case to the values of all fields of that name, in order,
   *     without the white space around them; none: an empty list
   * @param local true if only programs of this machine can reach the server
   */
  public record Offer(
      String method, int minorVersion, Function<String, List<String>> headers, boolean local) {}

  /** What is to be answered. */
  public sealed interface Answer {
    /**
     * 101: the connection becomes a WebSocket.
     *
     * @param accept the value of Sec-WebSocket-Accept
     * @param subprotocol the value of Sec-WebSocket-Protocol, if that field is to be there
     */
    record Accepted(String accept, Optional<String> subprotocol) implements Answer {}

    /**
     * Another status: the request stays plain HTTP.
     *
     * @param status 400, 403, 405 or 426
     * @param reason a sentence for whoever wrote the client
     * @param headers to be sent with it
     */
    record Refused(int status, String reason, Map<String, String> headers) implements Answer {}
  }

  /** The Sec-WebSocket-Accept that proves that Sec-WebSocket-Key was read (§4.2.2, item 5.4). */
  public static String accept(String key) {
    try {
      MessageDigest sha1 = (MessageDigest) SHA_1.clone();
      byte[] digest = sha1.digest((key + GUID).getBytes(US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's SHA-1 can be cloned", e);
    }
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /**
   * True if the request asks for a WebSocket, be it a good request or not: its Upgrade field names
   * it.
   */
  public static boolean isUpgrade(Function<String, List<String>> headers) {
    return names(headers.apply("upgrade"), "websocket");
  }

  /**
   * Checks a request (§4.2.1) and says what to answer (§4.2.2).
   *
   * @param subprotocols that the endpoint speaks; the first of the client's that is among them is
   *     chosen, see {@link SubprotocolOffer}
   * @param allowedOrigins whose pages may connect besides the server's own; {@code "*"} stands for
   *     all
   */
  public static Answer answer(Offer offer, List<String> subprotocols, Set<String> allowedOrigins) {
    Function<String, List<String>> headers = offer.headers();
    List<String> keys = headers.apply("sec-websocket-key");
    List<String> wanted = headers.apply("sec-websocket-protocol");
    Optional<Answer> refusal =
        checkRequest(offer)
            .or(() -> checkVersion(headers.apply("sec-websocket-version")))
            .or(() -> checkKey(keys))
            .or(() -> checkOrigin(offer, allowedOrigins))
            .or(() -> checkSubprotocols(wanted))
            .or(() -> checkExtensions(headers.apply("sec-websocket-extensions")));
    return refusal.orElseGet(() -> {
      String accept = accept(keys.getFirst());
      return new Answer.Accepted(accept, SubprotocolOffer.of(wanted).choose(subprotocols));
    });
  }

  private static Optional<Answer> checkRequest(Offer offer) {
    if (!offer.method().equals("GET")) {
      return refused(405, "a WebSocket opens with GET", Map.of("Allow", "GET"));
    }
    if (offer.minorVersion() < 1) {
      return refused("a WebSocket needs HTTP/1.1");
    }
    if (offer.headers().apply("host").size() != 1) {
      return refused("exactly one Host is needed");
    }
    if (!isUpgrade(offer.headers())) {
      return refused("this is a WebSocket: it needs the field Upgrade: websocket");
    }
    if (!names(offer.headers().apply("connection"), "upgrade")) {
      return refused("a WebSocket needs the field Connection: Upgrade");
    }
    return Optional.empty();
  }

  private static Optional<Answer> checkVersion(List<String> versions) {
    if (versions.size() != 1 || !versions.getFirst().equals(VERSION)) {
      String reason = "this server speaks version 13 of the WebSocket protocol";
      Map<String, String> offered =
          Map.of("Sec-WebSocket-Version", VERSION, "Upgrade", "websocket");
      return refused(426, reason, offered); // §4.4
    }
    return Optional.empty();
  }

  private static Optional<Answer> checkKey(List<String> keys) {
    if (keys.size() != 1 || !isKey(keys.getFirst())) {
      return refused("exactly one Sec-WebSocket-Key is needed, 16 bytes in base64");
    }
    return Optional.empty();
  }

  private static Optional<Answer> refused(String reason) {
    return refused(400, reason, Map.of());
  }

  private static Optional<Answer> refused(int status, String reason, Map<String, String> headers) {
    return Optional.of(new Answer.Refused(status, reason, headers));
  }

  private static boolean isKey(String value) {
    try {
      return value.length() == KEY_CHARACTERS
          && Base64.getDecoder().decode(value).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * §10.2: a page of another site must not act with the cookies of a user whose browser it borrows.
   */
  private static Optional<Answer> checkOrigin(Offer offer, Set<String> allowed) {
    List<String> origins = offer.headers().apply("origin");
    if (origins.isEmpty()) {
      return Optional.empty(); // not a browser's page
    }
    if (origins.size() > 1) {
      return refused("more than one Origin");
    }
    String origin = normal(origins.getFirst());
    String host = offer.headers().apply("host").getFirst();
    boolean own = isOwn(origin, host) && (!offer.local() || isThisMachine(host));
    if (own || allowed.contains(ANY_ORIGIN) || isAmong(allowed, origin)) {
      return Optional.empty();
    }
    return refused(
        403,
        "pages of this origin may not connect: the endpoint's allowedOrigins names those that may",
        Map.of());
  }

  private static boolean isAmong(Set<String> allowed, String origin) {
    for (String one : allowed) {
      if (normal(one).equals(origin)) {
        return true;
      }
    }
    return false;
  }

  /**
   * True if a page of that origin came from that Host. Only the proxy in front knows whether it
   * came over TLS, so either scheme is good, with its default port where none is said.
   */
  private static boolean isOwn(String origin, String host) {
    return origin.equals(normal("http://" + host)) || origin.equals(normal("https://" + host));
  }

  /**
   * True if a Host field names this machine for itself. A server that only this machine can reach
   * has no other name of its own: where a page's origin has one, that name was made to lead here
   * (DNS rebinding).
   */
  private static boolean isThisMachine(String host) {
    int colon = host.endsWith("]") ? -1 : host.lastIndexOf(':');
    String name = (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.matches("127(\\.\\d{1,3}){3}")
        || name.equals("[::1]");
  }

  /** An origin in lower case and without its scheme's default port (RFC 6454 §4). */
  private static String normal(String origin) {
    String lower = origin.strip().toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://")) {
      return without(":80", lower);
    }
    return lower.startsWith("https://") ? without(":443", lower) : lower;
  }

  private static String without(String end, String text) {
    return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
  }

  /** §4.1, item 10: where the field stands, it lists at least one token and none twice. */
  private static Optional<Answer> checkSubprotocols(List<String> fieldValues) {
    if (fieldValues.isEmpty() || areDifferentTokens(elements(fieldValues))) {
      return Optional.empty();
    }
    return refused("Sec-WebSocket-Protocol is a list of different tokens");
  }

  private static boolean areDifferentTokens(List<String> wanted) {
    for (String name : wanted) {
      if (!Token.isToken(name)) {
        return false;
      }
    }
    return !wanted.isEmpty() && new HashSet<>(wanted).size() == wanted.size();
  }

  /**
   * §9.1: fields that break the syntax fail the connection. An extension that is unknown or cannot
   * be agreed on does not.
   */
  private static Optional<Answer> checkExtensions(List<String> fieldValues) {
    return ExtensionOffer.all(fieldValues).isPresent()
        ? Optional.empty()
        : refused("Sec-WebSocket-Extensions is not a list of extensions with parameters");
  }

  private static boolean names(List<String> fieldValues, String token) {
    for (String element : elements(fieldValues)) {
      if (element.equalsIgnoreCase(token)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The elements of a list that may be spread over several fields; empty ones do not count (RFC
   * 9110 §5.6.1).
   */
  static List<String> elements(List<String> fieldValues) {
    List<String> elements = new ArrayList<>();
    for (String value : fieldValues) {
      for (String part : value.split(",")) {
        String element = part.strip();
        if (!element.isEmpty()) {
          elements.add(element);
        }
      }
    }
    return elements;
  }
}
