package dev.loomsocket.websocket;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How an endpoint compresses its messages (permessage-deflate, RFC 7692): a part of {@link
 * WebSocketEndpoint}. A client that does not offer the extension gets and sends every message as it
 * is.
 *
 * <pre>{@code
 * @WebSocketEndpoint(value = "/prices", compression = @Compression(contextTakeover = true))
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({})
public @interface Compression {
  /** Whether the extension is agreed to when a client offers it (RFC 7692 §5.1). */
  boolean enabled() default true;

  /**
   * Whether a message may refer back to those before it, in both directions (RFC 7692 §7.1.1). Many
   * small messages that are alike become much smaller. The price is memory that each connection
   * holds as long as it is open: about 256 KiB to compress and 40 KiB to decompress. Without it no
   * connection holds any between two messages. A client may rule it out in its offer.
   */
  boolean contextTakeover() default false;

  /**
   * How hard the compressor tries (RFC 7692 §7.2.1): 1 is the fastest, 9 gives the smallest.
   * Another number is told at start-up.
   */
  int level() default 6;

  /**
   * The size, in bytes before compression, from which on a message is compressed; a smaller one is
   * sent as it is, which RFC 7692 §6 leaves to the sender. 0: every message is compressed. One that
   * is sent while it is written or read, as by {@link Session#sendText()}, is always compressed:
   * its size is not known when it begins.
   */
  int threshold() default 1024;
}
