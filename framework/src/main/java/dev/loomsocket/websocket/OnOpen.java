package dev.loomsocket.websocket;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that is called once, first, when a connection is open.
 *
 * <p>Parameters, in any order, all optional: {@link Session}, {@link Handshake}, {@link PathParam},
 * {@link QueryParam}, {@link java.security.Principal}, services. What it returns is sent to this
 * client.
 *
 * <p>A method of the endpoint that takes a Principal makes it one for users: where nobody knows who
 * the client is, the handshake is answered with 401. An {@code Optional<Principal>} takes
 * everybody.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnOpen {}
