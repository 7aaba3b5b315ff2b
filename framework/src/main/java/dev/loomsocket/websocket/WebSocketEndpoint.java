package dev.loomsocket.websocket;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class whose methods serve the WebSocket connections of one path.
 *
 * <p>Each connection gets an instance of its own, so fields are that connection's state and need neither locks nor
 * {@code volatile}. An instance handed over with {@code app.add(object)} is shared by all connections instead.
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
   * The path pattern: literal segments, <code>{name}</code> for one segment, <code>{name*}</code> for the rest. A
   * literal segment wins over a variable one.
   */
  String value();

  /**
   * Subprotocols that this endpoint speaks (RFC 6455 §1.9). The first one of the client's list that is named here is
   * chosen; none of them: the connection opens without a subprotocol.
   */
  String[] subprotocols() default {};

  /**
   * Origins, besides the server's own, whose pages may connect, for example {@code "https://app.example.com"};
   * {@code "*"} allows every page. A request without an Origin header does not come from a page and is always allowed.
   */
  String[] allowedOrigins() default {};

  /** The largest message accepted, in bytes; a larger one closes the connection with 1009. 0: the server's default. */
  int maxMessageSize() default 0;

  /**
   * How many bytes may wait for a slow client, at most. A {@code session.send} that finds the queue full waits, a
   * room's message closes that client's connection with 1013. 0: the server's default.
   */
  int maxQueueSize() default 0;

  /** Seconds without a message from the client after which the connection is closed with 1001. 0: never. */
  int idleTimeoutSeconds() default 0;
}
