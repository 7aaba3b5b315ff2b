package dev.loomsocket.websocket;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class whose methods serve the WebSocket connections of one path.
 *
 * <p>Each connection gets an instance of its own, so fields are that connection's state and need
 * neither locks nor {@code volatile}. An instance handed over with {@code app.add(object)} is
 * shared by all connections instead.
 *
 * <p>One virtual thread at a time calls the methods, in the order of what happens. A connection
 * that is silent for half a second has none until the next thing happens, which gets a new one:
 * what a {@code ThreadLocal} held is gone then.
 *
 * <pre>{@code
 * @WebSocketEndpoint("/echo")
 * class Echo {
 *   @OnMessage String echo(String text) { return text; }
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface WebSocketEndpoint {
  /**
   * The path pattern: literal segments, <code>{name}</code> for one segment, <code>{name*}</code>
   * for the rest. A literal segment wins over a variable one.
   */
  String value();

  /**
   * Subprotocols that this endpoint speaks (RFC 6455 §1.9). The first one of the client's list that
   * is named here is chosen; none of them: the connection opens without a subprotocol, which a
   * browser that offered some takes for a failure. Only {@code bearer} with a token behind it needs
   * no name here, see {@link Handshake#bearerToken()}.
   *
   * <p>Several endpoints on one path may name different ones, and one of them none. The first of
   * the client's list that any of them names chooses. Where nothing chooses, the one without
   * subprotocols is taken; if all have some, the first of them.
   */
  String[] subprotocols() default {};

  /**
   * Origins, besides the server's own, whose pages may connect, for example {@code
   * "https://app.example.com"}; {@code "*"} allows every page. The server's own are http and https
   * with the host and port that the request names; a server that listens on a loopback address has
   * only names of its machine, so behind a proxy its site stands here, or for all endpoints in the
   * setting {@code allowed-origins}. A request without an Origin header does not come from a page
   * and is always allowed.
   */
  String[] allowedOrigins() default {};

  /**
   * The largest message accepted, in bytes after decompression; a larger one closes the connection
   * with 1009. 0: the server's default. A method that takes a {@link java.io.Reader} or an {@link
   * java.io.InputStream} has {@link #maxStreamSize()} instead.
   */
  int maxMessageSize() default 0;

  /**
   * The largest message, in bytes after decompression, that a method with a {@link java.io.Reader}
   * or an {@link java.io.InputStream} receives; a larger one closes the connection with 1009 as
   * soon as so much of it has come. 0: no limit, for such a message is never in memory as a whole.
   */
  long maxStreamSize() default 0;

  /**
   * How many bytes may wait for a slow client, at most. A {@code session.send} that finds the queue
   * full waits, for a room's message {@link #overflow()} decides. 0: the server's default.
   */
  int maxQueueSize() default 0;

  /**
   * What becomes of a room's message when this endpoint's client is too slow for it, unless the
   * room itself says: {@link Room#overflow}.
   */
  Overflow overflow() default Overflow.CLOSE;

  /**
   * Seconds without a message from the client after which the connection is closed with 1001. They
   * begin when the handler of the last one has ended: a session whose handler is busy is not idle.
   * 0: the server's default, which is the setting {@code idle-timeout}: never, unless it says
   * otherwise.
   */
  int idleTimeoutSeconds() default 0;

  /** Whether and how messages are compressed (permessage-deflate, RFC 7692). */
  Compression compression() default @Compression;

  /**
   * Whether each frame of each connection is written to the log, until {@link Session#logTraffic}
   * says otherwise: one line a frame (RFC 6455 §5.2), to the {@link System.Logger} {@code
   * dev.loomsocket.traffic}, at level INFO.
   *
   * <pre>{@code
   * 1a sent text fin rsv1=deflate 62→39 B "[{"symbol":"ACME","price":1.25},{"symbol":"ACMF","price":1.5}]"
   * }</pre>
   *
   * <p>These are the session's {@link Session#id()}, the direction, the opcode, the bits, the size
   * before and after it was inflated or compressed, and the beginning of what the frame says: text
   * in quotation marks, anything else in hexadecimal, a continuation of text too. Of a message that
   * its method reads as a stream no content is shown. <b>The lines quote what people write</b>;
   * {@code app.redactTraffic} decides how much of that.
   */
  boolean logTraffic() default false;
}
